/** A schedule of items: a binary heap by time. Items with equal times keep their order of insertion. */
export class Agenda<T> {
  readonly #heap: { readonly at: number; readonly nth: number; readonly item: T }[] = [];
  #added = 0;

  get size(): number {
    return this.#heap.length;
  }

  /** When the next item is due, in epoch milliseconds; undefined when there is none. */
  get nextAt(): number | undefined {
    return this.#heap[0]?.at;
  }

  add(at: number, item: T): void {
    this.#heap.push({ at, nth: this.#added++, item });
    let i = this.#heap.length - 1;
    while (i > 0) {
      const parent = (i - 1) >> 1;
      if (!this.#before(i, parent)) return;
      this.#swap(i, parent);
      i = parent;
    }
  }

  /** Removes and returns the item that is due first. */
  take(): T | undefined {
    const first = this.#heap[0];
    const last = this.#heap.pop();
    if (!first || !last || first === last) return first?.item;
    this.#heap[0] = last;
    let i = 0;
    for (;;) {
      const left = 2 * i + 1;
      const right = left + 1;
      const least = this.#before(right, left) ? right : left;
      if (!this.#before(least, i)) return first.item;
      this.#swap(i, least);
      i = least;
    }
  }

  #before(a: number, b: number): boolean {
    const [one, other] = [this.#heap[a], this.#heap[b]];
    if (!one || !other) return false;
    return one.at < other.at || (one.at === other.at && one.nth < other.nth);
  }

  #swap(a: number, b: number): void {
    const [one, other] = [this.#heap[a], this.#heap[b]];
    if (!one || !other) return;
    this.#heap[a] = other;
    this.#heap[b] = one;
  }
}
