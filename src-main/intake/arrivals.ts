/**
 * Node accepts one connection per listening address in each turn of the event loop. A turn that serves a full group of requests takes a tenth of
 * a second, so behind 256 new connections a newcomer would wait for half a minute. Therefore no other work is begun while connections arrive: turns stay short
 * and the whole backlog is accepted at once. After `MOST_TURNS` turns, work continues for one turn, even if more connections arrive.
 */

/** Maximum number of turns that work waits for connections to be accepted. */
export const MOST_TURNS = 64;

/** Counts turns of the event loop in which connections arrive, and holds other work back during them. */
export class Arrivals {
  /** number of turns that work has been held back; 0: not held back */
  #turns = 0;
  #hasOneCome = false;
  readonly #listeners: (() => void)[] = [];

  /** True while no work may begin. */
  get holdWork(): boolean {
    return this.#turns > 0;
  }

  /** Calls `begin` each time held-back work may continue. Callbacks run in order of registration. */
  onGoOn(begin: () => void): void {
    this.#listeners.push(begin);
  }

  /** Records an accepted connection: there may be more. */
  add(): void {
    this.#hasOneCome = true;
    if (this.#turns === 0) this.#wait();
  }

  #wait(): void {
    this.#turns += 1;
    setImmediate(() => {
      const goesOn = this.#hasOneCome && this.#turns < MOST_TURNS;
      this.#hasOneCome = false; // the next connection is accepted before this is called again
      if (goesOn) return this.#wait();
      this.#turns = 0;
      for (const begin of this.#listeners) begin();
    });
  }
}
