import { type Candidate, choose, eligibleSum } from '#shared/distribution.ts';

/** A whole number r, 0 ≤ r < sum, every one as likely as any other. */
export type Dice = (sum: number) => number;

export interface Drawn {
  readonly sum: number;
  readonly r: number;
  readonly chosen: Candidate;
}

/** Chooses among the eligible with probability weight / sum; null when nobody is eligible. The table is ordered by operator id. */
export function draw(table: readonly Candidate[], dice: Dice): Drawn | null {
  const sum = eligibleSum(table);
  if (sum === 0) return null;
  const r = dice(sum);
  const operator_id = choose(table, r);
  const chosen = table.find((candidate) => candidate.operator_id === operator_id);
  if (!chosen) throw new Error(`operator ${operator_id} was drawn from a table without it`);
  return { sum, r, chosen };
}
