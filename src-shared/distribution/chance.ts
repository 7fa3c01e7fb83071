/** The probability of drawing a candidate with this weight from candidates whose weights add up to `sum`. */
export function chance(weight: number, sum: number): number {
  return sum > 0 ? weight / sum : 0;
}

/** The probability of a decision's operator, from the fields on the board; null if there was no draw. */
export function chanceOfDrawn({ weight, sum }: { readonly weight: number | null; readonly sum: number | null }): number | null {
  return weight === null || !sum ? null : chance(weight, sum);
}
