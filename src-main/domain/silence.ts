/**
 * Whether the silence of a source is unusual. From the counts of past hours it is learned how many contacts a source gets in each hour of the week, and how
 * much more these counts vary than chance makes them. A silence is unusual if chance alone would bring one of at least its length less than about once a year.
 */

const HOURS_OF_WEEK = 7 * 24;
const WEEKS_A_YEAR = 52;
/** Nothing is learned from less. */
const LEAST = { hours: HOURS_OF_WEEK, contacts: 30 };

/** An hour, or a part of one. */
export interface Hour {
  /** hour of the week, from 0: the first hour of Monday */
  readonly of_week: number;
}

/** What a source usually gets. */
export interface Usual {
  /** contacts in each hour of the week */
  readonly per_hour: readonly number[];
  /** variance of the counts divided by what it would be if contacts came independently of each other; at least 1 */
  readonly dispersion: number;
}

/** Learns from whole hours with their counts. Null: there are too few to learn from. */
export function usualOf(hours: readonly (Hour & { readonly count: number })[]): Usual | null {
  const total = hours.reduce((sum, { count }) => sum + count, 0);
  if (hours.length < LEAST.hours || total < LEAST.contacts) return null;
  const seen = new Array<number>(HOURS_OF_WEEK).fill(0);
  const sums = new Array<number>(HOURS_OF_WEEK).fill(0);
  for (const { of_week, count } of hours) {
    seen[of_week] = (seen[of_week] ?? 0) + 1;
    sums[of_week] = (sums[of_week] ?? 0) + count;
  }
  const per_hour = sums.map((sum, of_week) => (sum === 0 ? 0 : sum / (seen[of_week] ?? 1)));
  // Pearson's statistic over the hours in which anything is expected, divided by its degrees of freedom
  let [squares, freedom] = [0, 0];
  for (const { of_week, count } of hours) {
    const expected = per_hour[of_week] ?? 0;
    if (expected > 0) squares += (count - expected) ** 2 / expected;
  }
  for (const [of_week, expected] of per_hour.entries()) if (expected > 0) freedom += (seen[of_week] ?? 1) - 1;
  return { per_hour, dispersion: freedom > 0 ? Math.max(1, squares / freedom) : 1 };
}

/** How many contacts would usually have come in these hours. `share`: of the hour, 0 … 1. */
export const expectedIn = ({ per_hour }: Usual, hours: readonly (Hour & { readonly share: number })[]): number =>
  hours.reduce((sum, { of_week, share }) => sum + share * (per_hour[of_week] ?? 0), 0);

/**
 * Whether it is unusual that nothing came while so many contacts were to be expected. Independent contacts leave such a gap with the probability e^-expected, and
 * there is a gap after each contact of a year; contacts that come in bunches leave longer gaps, by the factor of their dispersion.
 */
export function isUnusual({ per_hour, dispersion }: Usual, expected: number): boolean {
  const of_year = WEEKS_A_YEAR * per_hour.reduce((sum, count) => sum + count, 0);
  return expected / dispersion >= Math.log(Math.max(Math.E, of_year));
}
