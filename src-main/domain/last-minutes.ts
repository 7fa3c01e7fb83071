const MINUTE_MS = 60_000;
/** How many minutes are counted. */
export const MINUTES = 60;

/** Counts of the last hour by minute. Adding is constant work and allocates nothing. */
export class LastMinutes {
  readonly #counts = new Uint32Array(MINUTES);
  /** number of the latest minute since 1970 */
  #latest = Number.NEGATIVE_INFINITY;

  /** Counts something that happened at `at`, epoch milliseconds. */
  add(at: number): void {
    const minute = Math.floor(at / MINUTE_MS);
    this.#advance(minute);
    if (minute <= this.#latest - MINUTES) return;
    const place = minute % MINUTES;
    this.#counts[place] = (this.#counts[place] ?? 0) + 1;
  }

  /** The counts, oldest first; the last is that of the minute of `now`, which has not ended. */
  until(now: number): number[] {
    const minute = Math.floor(now / MINUTE_MS);
    this.#advance(minute);
    return Array.from({ length: MINUTES }, (_, i) => (minute < this.#latest ? 0 : (this.#counts[(minute + 1 + i) % MINUTES] ?? 0)));
  }

  #advance(minute: number): void {
    if (minute <= this.#latest) return;
    const passed = Math.min(MINUTES, minute - this.#latest);
    for (let i = 0; i < passed; i++) this.#counts[(minute - i) % MINUTES] = 0;
    this.#latest = minute;
  }
}
