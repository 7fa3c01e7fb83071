import type { Candidate } from './table.ts';

/** A whole number r, 0 ≤ r < sum, every one as likely as any other. */
export type Dice = (sum: number) => number;

/** What a decision keeps beside its table, so that it can be replayed. */
export interface Evidence {
  /** of the weights of those who were drawn from: the number of faces of the die; 0: nobody could take the contact */
  readonly sum: number;
  /** how the die fell; null: it was not thrown */
  readonly r: number | null;
}

export interface Picked {
  /** null: nobody can take the contact */
  readonly chosen: Candidate | null;
  readonly evidence: Evidence;
}

/** The values of r that mean one candidate: from … to, both included. */
export interface Stretch<Row extends Candidate> {
  readonly candidate: Row;
  readonly from: number;
  readonly to: number;
  /** of all values of r, 0 … 1 */
  readonly share: number;
}

/** How one of those who can take a contact is found. It sees no clock and no database, and the dice are thrown by its caller. */
export interface Strategy {
  /** Throws the dice once when somebody can take the contact. @throws RangeError when they show a face that the die does not have */
  pick(table: readonly Candidate[], dice: Dice): Picked;
  /**
   * The probability of each candidate to be picked, in the order of the table; 0 for those who are passed over.
   * @param into filled and returned, where many tables are counted
   */
  chances(table: readonly Candidate[], into?: number[]): number[];
  /** Whose stretch of the weights is whose, in the order in which they are laid end to end. */
  stretches<Row extends Candidate>(table: readonly Row[]): Stretch<Row>[];
  /** What a decision keeps that a person made over this table: nothing was drawn. */
  byHand(table: readonly Candidate[]): Evidence;
  /** The operator whom the same draw means again; null: there was none. @throws RangeError when it cannot have been made from this table */
  replay(table: readonly Candidate[], evidence: Evidence): number | null;
}
