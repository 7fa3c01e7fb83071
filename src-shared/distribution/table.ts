/**
 * The table from which a contact's operator is chosen: every operator with a competence for the source, and why some are passed over.
 * Host and console must agree on it exactly: the host decides with it, the console shows probabilities and replays draws with it.
 */

export const MAX_WEIGHT = 1000;
/** The highest line that a competence can be on; 1 is the first line. */
export const MAX_LINE = 5;

/** Reasons that follow from the contact and from the rule of its source, not from the operator alone; see arrange.ts. */
export const bars = ['closed_hours', 'let_go', 'lacks_tag', 'owner_busy', 'line_closed', 'saved'] as const;
export type Bar = (typeof bars)[number];

/** From the one that stops a candidate first to the one that stops it last: of several reasons the first is given. */
export const passedOverReasons = ['zero_weight', 'inactive', 'full', ...bars] as const;
/** Why an operator with a competence for the source could not take a contact. */
export type PassedOver = (typeof passedOverReasons)[number];

export const waitingReasons = [
  'all_full',
  'nobody_active',
  'no_positive_weight',
  'closed_hours',
  'let_go',
  'nobody_fits',
  'owner_busy',
  'line_closed',
  'saved',
] as const;
/** Why a contact waits: no operator of its source could take it. */
export type WaitingReason = (typeof waitingReasons)[number];

/** What the rules need to know of an operator with a competence for the source. Tables are ordered by operator id. */
export interface Candidate {
  readonly operator_id: number;
  /** whole number, 0 … MAX_WEIGHT */
  readonly weight: number;
  /** sum of the costs of the contacts with status `assigned` that the operator holds */
  readonly load: number;
  readonly max_load: number;
  readonly is_active: boolean;
  /** how much of the limit the contact takes, 1 … 100; the same in the whole table; absent: 1 */
  readonly cost?: number;
  /** 1 … MAX_LINE; absent: 1. Of the eligible candidates only those on the lowest line are considered */
  readonly line?: number;
  /** why the operator is passed over for this contact; absent: it is not */
  readonly barred?: Bar;
  /** epoch milliseconds when the bar ends by itself; absent: it does not */
  readonly until?: number;
  /** whole number, given by the strategy: the smallest is chosen; absent: 0, under `weighted` */
  readonly key?: number;
}

/** Whether the contact fits under the operator's limit. */
export const hasRoom = ({ load, max_load, cost = 1 }: Pick<Candidate, 'load' | 'max_load' | 'cost'>): boolean => load + cost <= max_load;

/** Null if the operator is eligible. The reasons are checked in the order of `passedOverReasons`. */
export function passedOver(candidate: Candidate): PassedOver | null {
  if (candidate.weight <= 0) return 'zero_weight';
  if (!candidate.is_active) return 'inactive';
  if (!hasRoom(candidate)) return 'full';
  return candidate.barred ?? null;
}

/** Whether anybody in this table can take a contact. */
export function canBeTaken(table: readonly Candidate[]): boolean {
  for (const candidate of table) if (passedOver(candidate) === null) return true;
  return false;
}

const reasonBy: Readonly<Record<PassedOver, WaitingReason>> = {
  zero_weight: 'no_positive_weight',
  inactive: 'nobody_active',
  full: 'all_full',
  closed_hours: 'closed_hours',
  let_go: 'let_go',
  lacks_tag: 'nobody_fits',
  owner_busy: 'owner_busy',
  line_closed: 'line_closed',
  saved: 'saved',
};

/** Whether the operator is at work for the source, with a free slot or without. */
export const isOnLine = ({ weight, is_active }: Candidate): boolean => weight > 0 && is_active;

/**
 * Why nobody of this table can take a contact. Null if somebody can. While the source is closed, that is why. A contact that waits for its own operator waits for nothing else; one for which
 * nobody on line has the tags waits for those; otherwise it is the reason of the candidate who came furthest among those who have the tags.
 */
export function waitingReason(table: readonly Candidate[]): WaitingReason | null {
  let furthest: PassedOver = 'zero_weight';
  let [ownerIsBusy, fits, misfits] = [false, false, false];
  for (const candidate of table) {
    const why = passedOver(candidate);
    if (why === null) return null;
    if (candidate.barred === 'closed_hours') return 'closed_hours';
    ownerIsBusy ||= candidate.barred === 'owner_busy';
    if (candidate.barred === 'lacks_tag') {
      misfits ||= isOnLine(candidate);
      continue;
    }
    fits ||= isOnLine(candidate);
    if (passedOverReasons.indexOf(why) > passedOverReasons.indexOf(furthest)) furthest = why;
  }
  if (ownerIsBusy) return 'owner_busy';
  return misfits && !fits ? 'nobody_fits' : reasonBy[furthest];
}

/** When a contact that nobody in this table can take may become assignable by itself, in epoch milliseconds; null: never. */
export function nextMoment(table: readonly Candidate[]): number | null {
  let next: number | null = null;
  for (const { weight, is_active, barred, until } of table)
    if (((weight > 0 && is_active) || barred === 'closed_hours') && until !== undefined && (next === null || until < next)) next = until;
  return next;
}
