/**
 * Measured times and sizes. They can be printed anywhere, but only the long forms compare them with a limit, because inside `npm test` they reflect how busy
 * the machine is. Tests and experiments read clocks and memory only here: the linter rejects it anywhere else (`.oxlintrc.json`).
 */
import { readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';

const isShortForm = process.env.VITEST !== undefined || process.env.TEST_WORKER_INDEX !== undefined;

/** Long enough for anything that ends at all, even on a busy machine. */
export const PATIENCE_MS = 60_000;

/** A figure that can be printed, but exposes no value that a test could assert. */
export class Measured {
  readonly #value: number;
  readonly #unit: 'ms' | 'MiB';

  constructor(value: number, unit: 'ms' | 'MiB') {
    this.#value = value;
    this.#unit = unit;
  }

  /**
   * Compares the figure with a limit in its unit; for long forms only.
   * @throws inside `npm test`
   */
  exceeds(limit: number): boolean {
    if (isShortForm) throw new Error(`${this} was compared with a limit: a test must pass on a machine of any speed`);
    return this.#value > limit;
  }

  /** This figure minus an earlier one of the same unit. */
  beyond(earlier: Measured): Measured {
    return new Measured(this.#value - earlier.#value, this.#unit);
  }

  toString(): string {
    return `${this.#value.toFixed(this.#unit === 'MiB' ? 1 : 0)} ${this.#unit}`;
  }

  /** The smallest figure that is at least as large as this share (0 to 1) of them; 0 ms if there are none. */
  static quantile(figures: readonly Measured[], share: number): Measured {
    const sorted = figures.toSorted((a, b) => a.#value - b.#value);
    return sorted[Math.max(0, Math.ceil(sorted.length * share) - 1)] ?? new Measured(0, 'ms');
  }

  static most(a: Measured, b: Measured): Measured {
    return a.#value > b.#value ? a : b;
  }
}

/** Starts a stopwatch; each call returns the time elapsed. */
export function stopwatch(): () => Measured {
  const started = performance.now();
  return () => new Measured(performance.now() - started, 'ms');
}

/** Resident memory of a process. Linux only. */
export function residentMemory(pid: number): Measured {
  return new Measured(readResident(pid), 'MiB');
}

const readResident = (pid: number) => (Number(readFileSync(`/proc/${pid}/statm`, 'utf8').split(' ')[1]) * 4096) / 1024 ** 2;

/** Resident memory of a process over time: whether it keeps growing when it should be stable. */
export class MemorySeries {
  readonly #pid: number;
  readonly #ends: number;
  readonly #values: number[] = [];
  #next = performance.now();

  constructor(pid: number, forMs: number) {
    this.#pid = pid;
    this.#ends = this.#next + forMs;
  }

  /** False when the time is over. */
  get isGoingOn(): boolean {
    return performance.now() < this.#ends;
  }

  /** Samples at most ten times a second, however often it is called. */
  sample(): void {
    if (performance.now() < this.#next) return;
    this.#next += 100;
    this.#values.push(readResident(this.#pid));
  }

  get peak(): Measured {
    return new Measured(Math.max(...this.#values), 'MiB');
  }

  /**
   * Whether the slope from the second to the last third exceeds three times its error and would double the memory within an hour.
   * @throws inside `npm test`
   */
  grows(): boolean {
    const { slope, error, level } = this.#slope();
    return new Measured(slope - 3 * error, 'MiB').exceeds(0) && slope * 60 > level;
  }

  toString(): string {
    const { slope, error } = this.#slope();
    return `${slope.toFixed(1)} ± ${error.toFixed(1)} MiB a minute from the second to the last third`;
  }

  /** Slope from the means of the thirds; error from the means of five parts of each, because consecutive samples are correlated (batch means). */
  #slope(): { slope: number; error: number; level: number } {
    const third = Math.floor(this.#values.length / 3);
    const parts = (from: number) => Array.from({ length: 5 }, (_, i) => mean(this.#values.slice(from + (i * third) / 5, from + ((i + 1) * third) / 5)));
    const [second, last] = [parts(third), parts(2 * third)];
    const minutes = third / 600;
    const error = Math.sqrt((variance(second) + variance(last)) / 5) / minutes;
    return { slope: (mean(last) - mean(second)) / minutes, error, level: mean(second) };
  }
}

const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
const variance = (values: readonly number[]) => values.reduce((sum, value) => sum + (value - mean(values)) ** 2, 0) / (values.length - 1);

/** Polls until a condition holds. False: it did not hold within the time, which is generous and not a promise of the product. */
export async function until(holds: () => boolean | Promise<boolean>, patienceMs = PATIENCE_MS, everyMs = 50): Promise<boolean> {
  const deadline = performance.now() + patienceMs;
  for (;;) {
    if (await holds()) return true;
    if (performance.now() >= deadline) return false;
    await sleep(everyMs);
  }
}
