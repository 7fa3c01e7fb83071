import { type Dice, pick } from '../distribution/choose.ts';
import { candidate } from './tables.ts';

/** Upper critical values of chi-square for α = 1e-6, by degrees of freedom: a fair draw exceeds one of them once in a million runs. */
const CRITICAL = { 3: 30.66, 7: 40.52, 9: 44.81, 19: 63.68, 63: 131.37 } as const;

/** Σ (observed − expected)² / expected. `observed` and `shares` have the same order; the shares add up to `sum`. */
function chiSquare(observed: readonly number[], shares: readonly number[]): number {
  const count = observed.reduce((sum, n) => sum + n, 0);
  const sum = shares.reduce((all, share) => all + share, 0);
  return shares.reduce((total, share, i) => {
    const expected = (count * share) / sum;
    return total + ((observed[i] ?? 0) - expected) ** 2 / expected;
  }, 0);
}

/** Whether these counts are consistent with draws by these weights, at α = 1e-6. */
export function fits(observed: readonly number[], weights: readonly number[]): boolean {
  const critical = CRITICAL[(weights.length - 1) as keyof typeof CRITICAL];
  if (critical === undefined) throw new Error(`no critical value for ${weights.length - 1} degrees of freedom`);
  return chiSquare(observed, weights) < critical;
}

const DRAWS = 200_000;
const WEIGHTS: readonly (readonly number[])[] = [
  [1, 2, 3, 4],
  [1, 2, 3, 4, 5, 6, 7, 8],
  [1000, 1000, 1000, 1000, 1000, 1000, 1000, 1000],
  Array.from({ length: 10 }, () => 1),
  Array.from({ length: 20 }, (_, i) => i + 1),
];

/**
 * Makes 200,000 draws from each of five tables (which also contain an inactive operator, a full one and one with weight 0). The counts
 * must fit the weights, and for eight equal operators all 64 pairs of consecutive picks must be equally frequent.
 */
export function chiSquareAccepts(dice: Dice): boolean {
  try {
    return WEIGHTS.every((weights) => fits(count(weights, dice), weights)) && independent(dice);
  } catch (error) {
    if (error instanceof RangeError) return false; // an r outside the range
    throw error;
  }
}

function count(weights: readonly number[], dice: Dice): number[] {
  const passedOver = [candidate(101, { weight: 0 }), candidate(102, { is_active: false, weight: 5 }), candidate(103, { load: 10, weight: 5 })];
  const table = [...weights.map((weight, i) => candidate(i, { weight })), ...passedOver];
  const counts = weights.map(() => 0);
  for (let i = 0; i < DRAWS; i++) {
    const chosen = pick(table, dice).chosen?.operator_id ?? -1;
    if (!(chosen in counts)) throw new Error(`operator ${chosen} was drawn, who is not eligible`);
    counts[chosen] = (counts[chosen] ?? 0) + 1;
  }
  return counts;
}

function independent(dice: Dice): boolean {
  const table = Array.from({ length: 8 }, (_, i) => candidate(i));
  const pairs = Array.from({ length: 64 }, () => 0);
  const next = () => pick(table, dice).chosen?.operator_id ?? 0;
  for (let i = 0; i < DRAWS; i++) {
    const pair = next() * 8 + next();
    pairs[pair] = (pairs[pair] ?? 0) + 1;
  }
  return fits(
    pairs,
    pairs.map(() => 1),
  );
}
