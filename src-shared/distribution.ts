/**
 * The rules that host and console must agree upon to the letter: who may take a contact, and which operator a draw means.
 * Pure; runs anywhere. The host decides with them, the console shows probabilities and replays draws with them.
 */

export const MAX_WEIGHT = 1000;

/** Why an operator with a competence for the source could not take a contact. */
export type PassedOver = 'inactive' | 'full' | 'zero_weight';

/** Why a contact waits: nobody of its source could take it. */
export type WaitingReason = 'all_full' | 'nobody_active' | 'no_positive_weight';

/** What the rules look at in one operator with a competence for the source. */
export interface Candidate {
  readonly operator_id: number;
  /** whole number, 0 … MAX_WEIGHT */
  readonly weight: number;
  /** contacts with status `assigned` that the operator holds */
  readonly load: number;
  readonly max_load: number;
  readonly is_active: boolean;
}

/** Null when the operator is eligible. The reasons are checked in this order: weight, activity, capacity. */
export function passedOver(candidate: Candidate): PassedOver | null {
  if (candidate.weight <= 0) return 'zero_weight';
  if (!candidate.is_active) return 'inactive';
  if (candidate.load >= candidate.max_load) return 'full';
  return null;
}

/** Sum of the weights of those who are eligible: the number of faces of the die. */
export function eligibleSum(table: readonly Candidate[]): number {
  let sum = 0;
  for (const candidate of table) if (passedOver(candidate) === null) sum += candidate.weight;
  return sum;
}

/**
 * The operator whose stretch of the eligible weights, laid end to end in the order of the table, contains `r`.
 * Each eligible operator is the answer for exactly `weight` values of `r`, so with `r` uniform in [0, eligibleSum)
 * the probability of each is weight / eligibleSum. `table` is ordered by operator id.
 * @throws RangeError when `r` is not a whole number in [0, eligibleSum(table))
 */
export function choose(table: readonly Candidate[], r: number): number {
  if (!Number.isInteger(r) || r < 0) throw new RangeError(`r = ${r} is not a whole number from 0`);
  let rest = r;
  for (const candidate of table) {
    if (passedOver(candidate) !== null) continue;
    if (rest < candidate.weight) return candidate.operator_id;
    rest -= candidate.weight;
  }
  throw new RangeError(`r = ${r} is beyond the sum of the eligible weights`);
}

/** Why nobody of this table can take a contact; null when somebody can. */
export function waitingReason(table: readonly Candidate[]): WaitingReason | null {
  let reason: WaitingReason = 'no_positive_weight';
  for (const candidate of table) {
    const why = passedOver(candidate);
    if (why === null) return null;
    if (why === 'full') reason = 'all_full';
    else if (why === 'inactive' && reason === 'no_positive_weight') reason = 'nobody_active';
  }
  return reason;
}
