import { chance } from './chance.ts';
import type { Picked, Strategy, Stretch } from './strategy.ts';
import { type Candidate, passedOver } from './table.ts';

const NOBODY: Picked = { chosen: null, evidence: { sum: 0, r: null } };

/**
 * Makes a strategy that picks a candidate with the smallest key and draws by weight among several with that key.
 *
 * G is the set of eligible candidates with the smallest key, Σ the sum of their weights. Their weights form consecutive intervals in the order of the
 * table; r, uniform in [0, Σ), falls into one of them. Exactly `weight` values of r select a candidate, so its probability is weight / Σ.
 * @param key a whole number, computed from the candidate alone
 */
export function byKey(key: (candidate: Candidate) => number): Strategy {
  /** The key of G, and Σ; Σ is 0 if nobody is eligible. */
  const leading = (table: readonly Candidate[]): { readonly smallest: number; readonly sum: number } => {
    let [smallest, sum] = [Number.POSITIVE_INFINITY, 0];
    for (const candidate of table) {
      if (passedOver(candidate) !== null) continue;
      const its = key(candidate);
      if (its > smallest) continue;
      if (its < smallest) [smallest, sum] = [its, 0];
      sum += candidate.weight;
    }
    return { smallest, sum };
  };
  const isLeading = (candidate: Candidate, smallest: number): boolean => passedOver(candidate) === null && key(candidate) === smallest;

  /** The candidate whose interval contains r. */
  const meantBy = (table: readonly Candidate[], smallest: number, r: number): Candidate => {
    if (!Number.isInteger(r) || r < 0) throw new RangeError(`r = ${r} is not a whole number from 0`);
    let rest = r;
    for (const candidate of table) {
      if (!isLeading(candidate, smallest)) continue;
      if (rest < candidate.weight) return candidate;
      rest -= candidate.weight;
    }
    throw new RangeError(`r = ${r} is beyond the sum of the weights`);
  };

  return {
    pick: (table, dice) => {
      const { smallest, sum } = leading(table);
      if (sum === 0) return NOBODY;
      const r = dice(sum);
      return { chosen: meantBy(table, smallest, r), evidence: { sum, r } };
    },

    chances: (table, into = []) => {
      const { smallest, sum } = leading(table);
      let place = 0;
      for (const candidate of table) into[place++] = isLeading(candidate, smallest) ? chance(candidate.weight, sum) : 0;
      return into;
    },

    stretches: <Row extends Candidate>(table: readonly Row[]) => {
      const { smallest, sum } = leading(table);
      const found: Stretch<Row>[] = [];
      let from = 0;
      for (const candidate of table) {
        if (!isLeading(candidate, smallest)) continue;
        found.push({ candidate, from, to: from + candidate.weight - 1, share: chance(candidate.weight, sum) });
        from += candidate.weight;
      }
      return found;
    },

    byHand: (table) => ({ sum: leading(table).sum, r: null }),

    replay: (table, { r }) => (r === null ? null : meantBy(table, leading(table).smallest, r).operator_id),
  };
}
