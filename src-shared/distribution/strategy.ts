import type { Candidate } from './table.ts';

/** Returns a uniformly distributed whole number r, 0 ≤ r < sum. */
export type Dice = (sum: number) => number;

/** What a decision stores beside its table so that it can be replayed. */
export interface Evidence {
  /** sum of the weights of all candidates in the draw, so the number of possible values of r; 0: nobody could take the contact */
  readonly sum: number;
  /** the r that was drawn; null: no draw */
  readonly r: number | null;
}

export interface Picked {
  /** null: nobody can take the contact */
  readonly chosen: Candidate | null;
  readonly evidence: Evidence;
}

/** The values of r that select one candidate: from … to, both included. */
export interface Stretch<Row extends Candidate> {
  readonly candidate: Row;
  readonly from: number;
  readonly to: number;
  /** share of all values of r, 0 … 1 */
  readonly share: number;
}

/** Picks one of the candidates who can take a contact. A strategy has no access to clock or database; the caller supplies the random numbers. */
export interface Strategy {
  /** Calls the random source once if somebody can take the contact. @throws RangeError if it returns a number outside [0, sum) */
  pick(table: readonly Candidate[], dice: Dice): Picked;
  /**
   * The probability of each candidate being picked, in the order of the table; 0 for those who are passed over.
   * @param into filled and returned, to avoid allocation when many tables are counted
   */
  chances(table: readonly Candidate[], into?: number[]): number[];
  /** The interval of r for each candidate, in ascending order. */
  stretches<Row extends Candidate>(table: readonly Row[]): Stretch<Row>[];
  /** What a manual decision over this table stores: nothing was drawn. */
  byHand(table: readonly Candidate[]): Evidence;
  /** The operator that the recorded draw selects; null: there was none. @throws RangeError if the draw cannot have been made from this table */
  replay(table: readonly Candidate[], evidence: Evidence): number | null;
}
