/**
 * Slows guessing without locking anybody out: the scheme of OWASP's "Slow Down Online Guessing Attacks with Device Cookies". Failures are counted for the name tried
 * and for the address it was tried from; a browser in which the person has signed in before is counted apart, so that guesses made elsewhere do not
 * slow it down.
 */

/** Failures that cost nothing: people mistype. */
const FREE = 5;
const FIRST_WAIT_MS = 1000;
const LONGEST_WAIT_MS = 60_000;
const FORGOTTEN_AFTER_MS = 60 * 60_000;
const MOST_COUNTED = 10_000;

interface Failures {
  readonly count: number;
  readonly last_at: number;
}

export class Guesses {
  readonly #now: () => number;
  /** by what is counted, the longest unchanged first */
  readonly #failures = new Map<string, Failures>();

  constructor(now: () => number) {
    this.#now = now;
  }

  /** Milliseconds until the next attempt that is counted under these. */
  waitMs(counted: readonly string[]): number {
    return Math.max(0, ...counted.map((key) => this.#wait(key)));
  }

  failed(counted: readonly string[]): void {
    for (const key of counted) {
      const count = (this.#present(key)?.count ?? 0) + 1;
      this.#failures.delete(key);
      this.#failures.set(key, { count, last_at: this.#now() });
      const [oldest] = this.#failures.keys();
      if (this.#failures.size > MOST_COUNTED && oldest !== undefined) this.#failures.delete(oldest);
    }
  }

  /** The person has signed in: earlier failures were no guesses. Those of the address stay, else who has one password could guess others between sign-ins. */
  succeeded(key: string): void {
    this.#failures.delete(key);
  }

  #present(key: string): Failures | undefined {
    const found = this.#failures.get(key);
    return found && Math.abs(this.#now() - found.last_at) < FORGOTTEN_AFTER_MS ? found : undefined;
  }

  #wait(key: string): number {
    const found = this.#present(key);
    if (!found || found.count < FREE) return 0;
    const wait = Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** (found.count - FREE));
    return Math.min(wait, found.last_at + wait - this.#now()); // a clock that was set back makes nobody wait longer
  }
}
