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
  const pages = Number(readFileSync(`/proc/${pid}/statm`, 'utf8').split(' ')[1]);
  return new Measured((pages * 4096) / 1024 ** 2, 'MiB');
}

/** Asks again and again until something holds. False: it did not within the time, which is generous and no promise of the product. */
export async function until(holds: () => boolean | Promise<boolean>, patienceMs = PATIENCE_MS, everyMs = 50): Promise<boolean> {
  const deadline = performance.now() + patienceMs;
  for (;;) {
    if (await holds()) return true;
    if (performance.now() >= deadline) return false;
    await sleep(everyMs);
  }
}
