/**
 * Node accepts one connection of each address in a turn of the event loop, and a turn in which a full group of requests is served takes a tenth of
 * a second: behind 256 new connections a newcomer would wait for half a minute. So while connections come, no other work is begun: turns are short
 * and the whole backlog is let in at once. After `MOST_TURNS` turns work goes on for one turn, whoever else still comes.
 */

/** How many turns others may wait for connections to be accepted. */
export const MOST_TURNS = 64;

export class Arrivals {
  /** how long work has been held back; 0: it is not */
  #turns = 0;
  #hasOneCome = false;
  readonly #listeners: (() => void)[] = [];

  /** True while nothing is to be begun. */
  get holdWork(): boolean {
    return this.#turns > 0;
  }

  /** Calls `begin` each time that held-back work may go on, in the order of these calls. */
  onGoOn(begin: () => void): void {
    this.#listeners.push(begin);
  }

  /** A connection was accepted: there may be more. */
  add(): void {
    this.#hasOneCome = true;
    if (this.#turns === 0) this.#wait();
  }

  #wait(): void {
    this.#turns += 1;
    setImmediate(() => {
      const goesOn = this.#hasOneCome && this.#turns < MOST_TURNS;
      this.#hasOneCome = false; // the next one is accepted before this is called again
      if (goesOn) return this.#wait();
      this.#turns = 0;
      for (const begin of this.#listeners) begin();
    });
  }
}
