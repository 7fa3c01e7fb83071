/** The draft of a source's rule: its sentence while the holes are filled in. Pure. */
import { DAY_SECONDS, LONGEST_SECONDS } from '#shared/contract/entities.ts';
import { ACCEPT_SECONDS_MIN, CLOSE_DAYS_MAX, CLOSE_SECONDS_MIN, COST_MAX, REPEAT_DAYS_MAX, type RulePatch, rulePatch } from '#shared/contract/rules.ts';
import { noOwner, noRepeat, type OwnerRule, type Rule } from '#shared/distribution/rule.ts';
import type { StrategyName } from '#shared/distribution/strategies.ts';
import { MAX_LINE } from '#shared/distribution/table.ts';

/** Parts of a rule that a draft has only after they were added to it. Numbers are texts, as typed. */
export interface Added {
  readonly owner?: { readonly mode: Exclude<OwnerRule['mode'], 'off'>; readonly days: string; readonly wait: string };
  readonly target?: { readonly seconds: string; readonly accepts: boolean };
  readonly urgency?: string;
  readonly cost?: string;
  /** names of attributes, separated by commas; `seconds` blank: for ever */
  readonly needs?: { readonly attributes: string; readonly seconds: string };
  /** further messages join the open contact; blank: of any age */
  readonly repeat?: { readonly minutes: string };
  /** seconds */
  readonly accept?: string;
  /** hours */
  readonly close?: string;
  /** id of the schedule by which the source is open; blank: not chosen yet */
  readonly hours?: string;
}

export const parts = ['owner', 'target', 'urgency', 'needs', 'repeat', 'cost', 'accept', 'close', 'hours'] as const satisfies readonly (keyof Added)[];
export type Part = (typeof parts)[number];

export interface RuleDraft extends Added {
  readonly strategy: StrategyName;
  /** as typed: seconds until line 2, 3 … opens */
  readonly lines: readonly string[];
  readonly open_early: boolean;
}

/** Suggested delay of an added line after the one before it. */
const USUAL_SECONDS = 60;

/** What a part says when it has just been added. */
export const fresh: Required<Added> = {
  owner: { mode: 'days', days: String(noOwner.days), wait: '120' },
  target: { seconds: '300', accepts: false },
  urgency: '2',
  cost: '2',
  needs: { attributes: 'language', seconds: '' },
  repeat: { minutes: '60' },
  accept: '120',
  close: '24',
  hours: '',
};

type Edited = Omit<Rule, 'line_of'>;

const [MINUTE, HOUR] = [60, 3600];

/** Minutes or hours, with so many decimals that the seconds can be told from them. @param unit in seconds */
const unitsOf = (seconds: number, unit: number): string => String(Math.round((10_000 * seconds) / unit) / 10_000);

/** The seconds in a text of minutes or hours; null: less or more than the field of the rule can be. */
function secondsOf(text: string, unit: number, least: number, most: number): number | null {
  const seconds = /^\d{1,6}([.,]\d{1,4})?$/.test(text.trim()) ? Math.round(unit * Number(text.trim().replace(',', '.'))) : 0;
  return seconds >= least && seconds <= most ? seconds : null;
}

const secondsOfRepeat = (text: string): number | null => secondsOf(text, MINUTE, 1, REPEAT_DAYS_MAX * DAY_SECONDS);
const secondsOfClose = (text: string): number | null => secondsOf(text, HOUR, CLOSE_SECONDS_MIN, CLOSE_DAYS_MAX * DAY_SECONDS);

export const draftOf = ({
  strategy,
  lines,
  open_early,
  owner,
  target_seconds,
  accepts_target,
  urgency,
  needs,
  needs_seconds,
  repeat,
  cost,
  accept_seconds,
  close_after_seconds,
  schedule_id,
}: Edited): RuleDraft => ({
  strategy,
  lines: lines.map(String),
  open_early,
  ...(owner.mode !== 'off' && { owner: { mode: owner.mode, days: String(owner.days), wait: String(owner.wait_seconds) } }),
  ...((target_seconds !== null || accepts_target) && { target: { seconds: target_seconds === null ? '' : String(target_seconds), accepts: accepts_target } }),
  ...(urgency !== 1 && { urgency: String(urgency) }),
  ...(cost !== 1 && { cost: String(cost) }),
  ...(accept_seconds !== null && { accept: String(accept_seconds) }),
  ...(close_after_seconds !== null && { close: unitsOf(close_after_seconds, HOUR) }),
  ...(schedule_id !== null && { hours: String(schedule_id) }),
  ...(repeat.mode === 'join' && { repeat: { minutes: repeat.within_seconds === null ? '' : unitsOf(repeat.within_seconds, MINUTE) } }),
  ...(needs.length > 0 && { needs: { attributes: needs.join(', '), seconds: needs_seconds === null ? '' : String(needs_seconds) } }),
});

const wholeIn = (text: string, from: number, to: number): number | null =>
  /^\d{1,5}$/.test(text.trim()) && Number(text) >= from && Number(text) <= to ? Number(text) : null;
const secondsIn = (text: string): number | null => wholeIn(text, 0, LONGEST_SECONDS);

export type LineProblem = 'no_seconds' | 'earlier';

/** The error of each line; null: none. */
export const lineProblems = ({ lines }: RuleDraft): (LineProblem | null)[] =>
  lines.map((text, i) => {
    const [seconds, before] = [secondsIn(text), secondsIn(lines[i - 1] ?? '0')];
    if (seconds === null) return 'no_seconds';
    return before !== null && seconds < before ? 'earlier' : null;
  });

/** A hole of the sentence, outside the lines, that is not filled in as it must be. */
export type Hole = 'days' | 'wait' | 'target' | 'urgency' | 'cost' | 'attributes' | 'needs_for' | 'within' | 'accept' | 'close' | 'hours';

const attributesIn = (text: string): string[] => [...new Set(text.split(',').flatMap((one) => one.trim() || []))];

/** The holes of the added parts that are not valid. */
export function badHoles({ owner, target, urgency, needs, repeat, cost, accept, close, hours }: RuleDraft): Hole[] {
  const bad: Hole[] = [];
  if (owner?.mode === 'days' && wholeIn(owner.days, 1, 3650) === null) bad.push('days');
  if (owner && secondsIn(owner.wait) === null) bad.push('wait');
  if (target && wholeIn(target.seconds, 1, LONGEST_SECONDS) === null && !(target.accepts && target.seconds.trim() === '')) bad.push('target');
  if (urgency !== undefined && wholeIn(urgency, 1, 100) === null) bad.push('urgency');
  if (cost !== undefined && wholeIn(cost, 1, COST_MAX) === null) bad.push('cost');
  if (accept !== undefined && wholeIn(accept, ACCEPT_SECONDS_MIN, LONGEST_SECONDS) === null) bad.push('accept');
  if (repeat && repeat.minutes.trim() !== '' && secondsOfRepeat(repeat.minutes) === null) bad.push('within');
  if (close !== undefined && secondsOfClose(close) === null) bad.push('close');
  if (hours === '') bad.push('hours');
  if (needs) {
    const attributes = attributesIn(needs.attributes);
    if (attributes.length === 0 || !rulePatch.safeParse({ needs: attributes }).success) bad.push('attributes');
    if (needs.seconds.trim() !== '' && secondsIn(needs.seconds) === null) bad.push('needs_for');
  }
  return bad;
}

/** The draft with one more line; the same draft if there can be none. */
export function withLine(draft: RuleDraft): RuleDraft {
  if (draft.lines.length >= MAX_LINE - 1) return draft;
  const seconds = Math.min(LONGEST_SECONDS, (secondsIn(draft.lines.at(-1) ?? '0') ?? 0) + USUAL_SECONDS);
  return { ...draft, lines: [...draft.lines, String(seconds)] };
}

export function withoutPart(draft: RuleDraft, part: Part): RuleDraft {
  const { [part]: _, ...others } = draft;
  return others;
}

/** The rule that a valid draft says. */
function ruleIn({ strategy, lines, open_early, owner, target, urgency, needs, repeat, cost, accept, close, hours }: RuleDraft, rule: Edited): Edited {
  const wholeOrNull = (text: string | undefined) => (text === undefined || text.trim() === '' ? null : Number(text));
  return {
    strategy,
    lines: lines.map(Number),
    open_early,
    owner: owner ? { mode: owner.mode, days: owner.mode === 'days' ? Number(owner.days) : rule.owner.days, wait_seconds: Number(owner.wait) } : noOwner,
    target_seconds: wholeOrNull(target?.seconds),
    accepts_target: target?.accepts ?? false,
    urgency: wholeOrNull(urgency) ?? 1,
    cost: wholeOrNull(cost) ?? 1,
    needs: needs ? attributesIn(needs.attributes) : [],
    needs_seconds: wholeOrNull(needs?.seconds),
    accept_seconds: wholeOrNull(accept),
    close_after_seconds: close === undefined ? null : secondsOfClose(close),
    schedule_id: wholeOrNull(hours),
    repeat: repeat ? { mode: 'join', within_seconds: secondsOfRepeat(repeat.minutes) } : noRepeat,
  };
}

/** The fields in which the draft differs from the rule; null: some field is not valid. */
export function patchOf(rule: Edited, draft: RuleDraft): RulePatch | null {
  if (lineProblems(draft).some((problem) => problem !== null) || badHoles(draft).length > 0) return null;
  const next = ruleIn(draft, rule);
  const isChanged = (key: keyof Edited) =>
    JSON.stringify(next[key]) !== JSON.stringify(rule[key]) &&
    !(key === 'owner' && next.owner.mode === rule.owner.mode && next.owner.mode === 'off') &&
    !(key === 'repeat' && next.repeat.mode === rule.repeat.mode && next.repeat.mode === 'new');
  return Object.fromEntries((Object.keys(next) as (keyof Edited)[]).filter(isChanged).map((key) => [key, next[key]])) as RulePatch; // Object.keys forgets the key type
}

/** How many of these operators are on each line, from line 1 to the last one that has somebody or that the draft opens. */
export function peopleOnLines(operator_ids: readonly number[], line_of: Rule['line_of'], { lines }: RuleDraft): number[] {
  const counts: number[] = Array.from({ length: lines.length + 1 }, () => 0);
  for (const id of operator_ids) {
    const line = line_of[id] ?? 1;
    while (counts.length < line) counts.push(0);
    counts[line - 1] = (counts[line - 1] ?? 0) + 1;
  }
  return counts;
}

/** The attributes of the draft for which none of these operators has a tag. */
export function neededByNobody({ needs }: RuleDraft, tags: readonly string[]): string[] {
  return attributesIn(needs?.attributes ?? '').filter((attribute) => !tags.some((tag) => tag.toLowerCase().startsWith(`${attribute.toLowerCase()}:`)));
}

/** The operators of a source with a weight whose limit is below the cost of the draft: they could never take a contact. */
export function tooSmallFor({ cost }: RuleDraft, operators: readonly { readonly id: number; readonly max_load: number }[]): number[] {
  const slots = wholeIn(cost ?? '1', 1, COST_MAX) ?? 1;
  return slots === 1 ? [] : operators.filter(({ max_load }) => max_load < slots).map(({ id }) => id);
}
