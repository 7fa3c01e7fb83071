/** The probability of somebody with this weight, where all who are drawn from have `sum` together. */
export function chance(weight: number, sum: number): number {
  return sum > 0 ? weight / sum : 0;
}

/** The probability that the operator of a decision had, from what boards know of it; null when it was not drawn. */
export function chanceOfDrawn({ weight, sum }: { readonly weight: number | null; readonly sum: number | null }): number | null {
  return weight === null || !sum ? null : chance(weight, sum);
}
