/**
 * Measured times and sizes. A report prints them everywhere; only the long forms compare them with a limit, because inside `npm test` they say how busy
 * the machine is. Tests and experiments read clocks and memory here alone: the linter refuses it anywhere else (`.oxlintrc.json`).
 */
import { readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';

const isShortForm = process.env.VITEST !== undefined || process.env.TEST_WORKER_INDEX !== undefined;

/** Long enough for whatever ends at all, on a machine with other work. */
const PATIENCE_MS = 60_000;

/** A figure that can be printed. It has no value that a test could assert. */
export class Measured {
  readonly #value: number;
  readonly #unit: 'ms' | 'MiB';

  constructor(value: number, unit: 'ms' | 'MiB') {
    this.#value = value;
    this.#unit = unit;
  }

  /**
   * Compares with a limit in the figure's unit; for long forms.
   * @throws inside `npm test`
   */
  exceeds(limit: number): boolean {
    if (isShortForm) throw new Error(`${this} was compared with a limit: a test must pass on a machine of any speed`);
    return this.#value > limit;
  }

  /** What this figure is beyond an earlier one of the same unit. */
  beyond(earlier: Measured): Measured {
    return new Measured(this.#value - earlier.#value, this.#unit);
  }

  toString(): string {
    return `${this.#value.toFixed(this.#unit === 'MiB' ? 1 : 0)} ${this.#unit}`;
  }

  /** The smallest figure that is at least as large as this share (0 to 1) of them; 0 ms of none. */
  static quantile(figures: readonly Measured[], share: number): Measured {
    const sorted = figures.toSorted((a, b) => a.#value - b.#value);
    return sorted[Math.max(0, Math.ceil(sorted.length * share) - 1)] ?? new Measured(0, 'ms');
  }

  static most(a: Measured, b: Measured): Measured {
    return a.#value > b.#value ? a : b;
  }
}

/** Starts a stopwatch; each call of it says how long it has been running. */
export function stopwatch(): () => Measured {
  const started = performance.now();
  return () => new Measured(performance.now() - started, 'ms');
}

/** Resident memory of a process. Linux only. */
export function residentMemory(pid: number): Measured {
  return new Measured(readResident(pid), 'MiB');
}

const readResident = (pid: number) => (Number(readFileSync(`/proc/${pid}/statm`, 'utf8').split(' ')[1]) * 4096) / 1024 ** 2;

/** Resident memory of a process over some time: whether it keeps growing when it should have come to rest. */
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

  /** Looks at most ten times a second, however often it is called. */
  sample(): void {
    if (performance.now() < this.#next) return;
    this.#next += 100;
    this.#values.push(readResident(this.#pid));
  }

  get peak(): Measured {
    return new Measured(Math.max(...this.#values), 'MiB');
  }

  /**
   * Whether the slope from the second to the last third is beyond three times its error, and would double the memory within an hour.
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

  /** By the means of the thirds; the error by those of five parts of each, since one sample is like the next (batch means). */
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

/** Asks again and again until something holds. False: it did not within the time, which is generous and no promise of the product. */
export async function until(holds: () => boolean | Promise<boolean>, patienceMs = PATIENCE_MS, everyMs = 50): Promise<boolean> {
  const deadline = performance.now() + patienceMs;
  for (;;) {
    if (await holds()) return true;
    if (performance.now() >= deadline) return false;
    await sleep(everyMs);
  }
}
