/** Lists of numbers that take as many bytes as the numbers do. */

const FIRST = 1024;
const GROWTH = 1.25;

interface Numbers {
  [index: number]: number;
  readonly length: number;
  set(from: ArrayLike<number>): void;
}

/** Columns of one table: they have as many places each, and grow together. */
export abstract class Columns<C extends Record<string, Numbers>> {
  /** valid up to `size`; anew after `grow` */
  column: C;
  size = 0;
  #places: number;
  readonly #make: (places: number) => C;

  constructor(make: (places: number) => C) {
    this.#make = make;
    this.#places = FIRST;
    this.column = make(FIRST);
  }

  /** Makes room for so many rows in all. */
  reserve(rows: number): void {
    if (rows <= this.#places) return;
    this.#places = rows;
    const grown = this.#make(rows);
    for (const key in grown) (grown[key] as Numbers).set(this.column[key] as Numbers); // the same keys
    this.column = grown;
  }

  /** The index of a new row. */
  protected add(): number {
    if (this.size === this.#places) this.reserve(Math.ceil(this.#places * GROWTH));
    return this.size++;
  }
}
