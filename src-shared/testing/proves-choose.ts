import type { Candidate } from '../distribution/table.ts';

export type Choose = (table: readonly Candidate[], r: number) => number | null;

/** A second, independent form of the rule: every eligible operator occupies as many positions on a wheel as its weight. */
function wheelOf(table: readonly Candidate[]): number[] {
  return table.flatMap(({ operator_id, weight, is_active, load, max_load }) =>
    is_active && load < max_load ? Array.from({ length: weight }, () => operator_id) : [],
  );
}

function refuses(choose: Choose, table: readonly Candidate[], r: number): boolean {
  try {
    choose(table, r);
    return false;
  } catch (error) {
    return error instanceof RangeError;
  }
}

/**
 * Tries every r of every table: each eligible operator must be the result for exactly its interval of `weight` values, nobody else
 * for any, and an r beyond them must be refused. Returns null if all hold, otherwise the first violation.
 */
export function refutesChoose(choose: Choose, tables: readonly (readonly Candidate[])[]): string | null {
  for (const table of tables) {
    const wheel = wheelOf(table);
    for (const [r, expected] of wheel.entries()) {
      let actual: number | string | null;
      try {
        actual = choose(table, r);
      } catch (error) {
        actual = String(error);
      }
      if (actual !== expected) return `r = ${r} of ${JSON.stringify(table)} is ${actual} instead of ${expected}`;
    }
    for (const r of [-1, -0.5, 0.5, wheel.length, wheel.length + 1, Number.NaN, Number.POSITIVE_INFINITY])
      if (!refuses(choose, table, r)) return `r = ${r} of ${JSON.stringify(table)} is not refused`;
  }
  return null;
}

export const provesChoose = (choose: Choose, tables: readonly (readonly Candidate[])[]): boolean => refutesChoose(choose, tables) === null;
