/** Ids as small whole numbers: 0 is for nobody, the others are numbered as they are met. */
export class Numbering {
  readonly #numbers = new Map<number, number>();
  /** `ids[n]` is the id numbered `n`; `ids[0]` stands for none */
  readonly ids: number[] = [0];

  of(id: number | null): number {
    if (id === null || id === 0) return 0;
    let number = this.#numbers.get(id);
    if (number === undefined) {
      number = this.ids.length;
      this.#numbers.set(id, number);
      this.ids.push(id);
    }
    return number;
  }

  get count(): number {
    return this.ids.length;
  }
}
