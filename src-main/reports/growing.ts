/** Growing lists of numbers in typed arrays. */

const FIRST = 1024;
const GROWTH = 1.25;

interface Numbers {
  [index: number]: number;
  readonly length: number;
  set(from: ArrayLike<number>): void;
}

/** The columns of one table: equal in length, growing together. */
export abstract class Columns<C extends Record<string, Numbers>> {
  /** valid up to `size`; replaced when the columns grow */
  column: C;
  size = 0;
  #places: number;
  readonly #make: (places: number) => C;

  constructor(make: (places: number) => C) {
    this.#make = make;
    this.#places = FIRST;
    this.column = make(FIRST);
  }

  /** Ensures capacity for this total number of rows. */
  reserve(rows: number): void {
    if (rows <= this.#places) return;
    this.#places = rows;
    const grown = this.#make(rows);
    for (const key in grown) (grown[key] as Numbers).set(this.column[key] as Numbers); // the same keys
    this.column = grown;
  }

  /** Adds a row and returns its index. */
  protected add(): number {
    if (this.size === this.#places) this.reserve(Math.ceil(this.#places * GROWTH));
    return this.size++;
  }
}
