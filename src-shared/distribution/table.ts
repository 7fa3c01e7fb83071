/**
 * The table from which a contact's operator is chosen: every operator with a competence for the source, and why some are passed over.
 * Host and console must agree on it exactly: the host decides with it, the console shows probabilities and replays draws with it.
 */

export const MAX_WEIGHT = 1000;

export const passedOverReasons = ['inactive', 'full', 'zero_weight'] as const;
/** Why an operator with a competence for the source could not take a contact. */
export type PassedOver = (typeof passedOverReasons)[number];

export const waitingReasons = ['all_full', 'nobody_active', 'no_positive_weight'] as const;
/** Why a contact waits: no operator of its source could take it. */
export type WaitingReason = (typeof waitingReasons)[number];

/** What the rules need to know of an operator with a competence for the source. Tables are ordered by operator id. */
export interface Candidate {
  readonly operator_id: number;
  /** whole number, 0 … MAX_WEIGHT */
  readonly weight: number;
  /** contacts with status `assigned` that the operator holds */
  readonly load: number;
  readonly max_load: number;
  readonly is_active: boolean;
}

/** Null if the operator is eligible. The reasons are checked in this order: weight, activity, capacity. */
export function passedOver(candidate: Candidate): PassedOver | null {
  if (candidate.weight <= 0) return 'zero_weight';
  if (!candidate.is_active) return 'inactive';
  if (candidate.load >= candidate.max_load) return 'full';
  return null;
}

/** Whether anybody of this table can take a contact. */
export function canBeTaken(table: readonly Candidate[]): boolean {
  for (const candidate of table) if (passedOver(candidate) === null) return true;
  return false;
}

/** Why nobody of this table can take a contact; null if somebody can. */
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
