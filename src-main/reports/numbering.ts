/** Maps ids to small integers in the order of first use; 0 means none. */
export class Numbering {
  readonly #numbers = new Map<number, number>();
  /** `ids[n]` is the id numbered `n`; `ids[0]` means none */
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
