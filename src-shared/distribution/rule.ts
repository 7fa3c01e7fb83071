import type { StrategyName } from './strategies.ts';

export const ownerModes = ['off', 'open', 'days'] as const;

/** Whether a lead comes back to its own operator. */
export interface OwnerRule {
  /** `open`: while an earlier contact of the lead is open; `days`: while the latest assignment is younger than `days`; `off`: never */
  readonly mode: (typeof ownerModes)[number];
  readonly days: number;
  /** seconds that a contact waits for an operator who has no free slot, before others may take it */
  readonly wait_seconds: number;
}

export const noOwner: OwnerRule = { mode: 'off', days: 30, wait_seconds: 0 };

export const repeatModes = ['new', 'join'] as const;

/** What a further message is of a lead that has an open contact from the source. */
export interface RepeatRule {
  /** `new`: another contact; `join`: it is added to the newest open one */
  readonly mode: (typeof repeatModes)[number];
  /** only to a contact created at most so many seconds ago; null: of any age */
  readonly within_seconds: number | null;
}

export const noRepeat: RepeatRule = { mode: 'new', within_seconds: null };

/** How the contacts of a source are distributed. */
export interface Rule {
  readonly strategy: StrategyName;
  /** how much of an operator's limit a contact of the source takes, 1 … 100 */
  readonly cost: number;
  /** seconds of waiting after which line 2, 3, 4, 5 opens, never falling; a line without a number of its own opens with the one before it */
  readonly lines: readonly number[];
  /** whether a line opens at once while nobody of the earlier lines is active */
  readonly open_early: boolean;
  /** the line of a competence by operator id; absent: 1 */
  readonly line_of: Readonly<Record<number, number>>;
  /** attributes of a contact that ask for an operator with the tag `attribute:value` */
  readonly needs: readonly string[];
  /** seconds of waiting after which tags are no longer asked for; null: they always are */
  readonly needs_seconds: number | null;
  readonly owner: OwnerRule;
  /** within how many seconds a contact is to be assigned; null: as the settings say for all sources */
  readonly target_seconds: number | null;
  /** whether the source's callers may give a contact a target of its own */
  readonly accepts_target: boolean;
  /** multiplies the share of the target that a contact has waited, see turn.ts; 1: as it is */
  readonly urgency: number;
  readonly repeat: RepeatRule;
  /** within how many seconds an operator must accept a contact, before it is returned to the queue; null: need not */
  readonly accept_seconds: number | null;
  /** after how many seconds without a sign of life an assigned contact is closed: it is assigned, accepted, or gets a further message; null: never */
  readonly close_after_seconds: number | null;
  /** the schedule by which the source is open; null: it always is, see source-hours.ts */
  readonly schedule_id: number | null;
}

export const defaultRule: Rule = {
  strategy: 'weighted',
  cost: 1,
  lines: [],
  open_early: true,
  line_of: {},
  needs: [],
  needs_seconds: null,
  owner: noOwner,
  target_seconds: null,
  accepts_target: false,
  urgency: 1,
  repeat: noRepeat,
  accept_seconds: null,
  close_after_seconds: null,
  schedule_id: null,
};

/** Seconds of waiting after which a line opens. */
export function opensAfter({ lines }: Pick<Rule, 'lines'>, line: number): number {
  return line === 1 ? 0 : (lines[Math.min(line - 2, lines.length - 1)] ?? 0);
}

/** Whether something that the rule says ends or begins by itself while a contact waits. */
export const changesWithTime = ({ lines, needs, needs_seconds, owner, accept_seconds }: Rule): boolean =>
  accept_seconds !== null || lines.length > 0 || (needs.length > 0 && needs_seconds !== null) || (owner.mode !== 'off' && owner.wait_seconds > 0);

/** When tags are no longer asked for, for a contact created at `created_at`, in epoch milliseconds; undefined: never. */
export const tagsEndAt = ({ needs_seconds }: Pick<Rule, 'needs_seconds'>, created_at: number): number | undefined =>
  needs_seconds === null ? undefined : created_at + 1000 * needs_seconds;

/** Until when who let a contact go last gets it only if somebody else was not on line instead, in epoch milliseconds. @param at when it was let go */
export const restsUntil = ({ accept_seconds }: Pick<Rule, 'accept_seconds'>, at: number): number => (accept_seconds === null ? at : at + 1000 * accept_seconds);

/** When the rule changes something by itself for a contact created at `created_at`, in epoch milliseconds, in no order. */
export function momentsOf({ lines, needs, needs_seconds, owner }: Rule, created_at: number): number[] {
  const after = [...lines];
  if (needs.length > 0 && needs_seconds !== null) after.push(needs_seconds);
  if (owner.mode !== 'off') after.push(owner.wait_seconds);
  return after.map((seconds) => created_at + 1000 * seconds);
}
