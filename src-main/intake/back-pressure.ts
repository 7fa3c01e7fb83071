/**
 * How many contacts may wait for their commit; beyond it a bot is better served by a quick no. As many as there may be connections: bots that
 * send one after the other are never refused, and what is taken in waits some tenths of a second at the most.
 */
export const MOST_WAITING = 512;

export class BackPressure {
  #waiting = 0;

  /** Null when too many wait: nothing was tried. */
  async unlessFull<T>(take: () => Promise<T>): Promise<T | null> {
    if (this.#waiting >= MOST_WAITING) return null;
    this.#waiting += 1;
    try {
      return await take();
    } finally {
      this.#waiting -= 1;
    }
  }
}
