/**
 * When a source takes contacts, by the schedule in its rule. While it is closed its contacts wait and their clock stands still: what a rule lets happen after
 * some time counts only the time in which the source was open. Pure; runs anywhere.
 */
import type { Rule } from './distribution/rule.ts';
import { type Hours, type Piece, type Presence, piecesBetween, presenceAt, type Schedule } from './schedule.ts';
import { DAY_MS } from './time.ts';
import { dayOf } from './zone.ts';

interface Schedules {
  readonly schedules: Readonly<Record<number, Schedule>>;
}

/** The hours of a source with this rule; null: it is always open. */
function hoursBy({ schedules }: Schedules, rule: Pick<Rule, 'schedule_id'> | undefined): Hours | null {
  const schedule = rule && rule.schedule_id !== null ? schedules[rule.schedule_id] : undefined;
  return schedule ? ofSchedule(schedule).hours : null;
}

/** Whether the source is closed at a moment, and when it opens, in epoch milliseconds; `opens_at` null: not within a year. Null: it is open. */
export function closedAt(around: Schedules, rule: Pick<Rule, 'schedule_id'> | undefined, now: number): { readonly opens_at: number | null } | null {
  const hours = hoursBy(around, rule);
  if (!hours) return null;
  let { phase, until } = presence(hours, now);
  if (phase === 'work') return null;
  for (let look = 0; phase !== 'work' && until !== null && look < 3; look++) {
    const next = presence(hours, until); // lunch may be followed by the end
    if (next.phase === 'work') break;
    ({ phase, until } = next);
  }
  return { opens_at: until };
}

/** For how long of the time from `from` to `now` the source was open, in milliseconds. */
function openFor(hours: Hours, from: number, now: number): number {
  let open = 0;
  for (const piece of worked(hours, from, now)) open += Math.max(0, Math.min(piece.to, now) - Math.max(piece.from, from));
  return open;
}

/** The moment at which a contact would have come that waited as long with the source always open. It moves only while the source is closed. */
export function countedFrom(around: Schedules, rule: Pick<Rule, 'schedule_id'> | undefined, created_at: number, now: number): number {
  const hours = hoursBy(around, rule);
  return hours && created_at < now ? now - openFor(hours, created_at, now) : created_at;
}

/** How far it is looked ahead for when a contact has waited long enough. */
const AHEAD_MS = 62 * DAY_MS;

/** When a contact has waited for so long while the source was open; if the source is hardly ever open, as if it always were. */
export function hasWaitedAt(around: Schedules, rule: Pick<Rule, 'schedule_id'> | undefined, created_at: number, ms: number): number {
  const hours = hoursBy(around, rule);
  let left = ms;
  if (hours)
    for (const piece of worked(hours, created_at, created_at + ms + AHEAD_MS)) {
      const from = Math.max(piece.from, created_at);
      if (piece.to - from >= left) return from + left;
      left -= Math.max(0, piece.to - from);
    }
  return created_at + ms;
}

interface Known {
  readonly hours: Hours;
  presence: (Presence & { readonly at: number }) | null;
  /** the work that begins from one day to another */
  work: { readonly first: number; readonly last: number; readonly pieces: readonly Piece[] } | null;
}

/** What was computed of a schedule. A schedule that is changed is another object. */
const known = new WeakMap<Schedule, Known>();

function ofSchedule(schedule: Schedule): Known {
  const its = known.get(schedule) ?? { hours: { schedule }, presence: null, work: null };
  known.set(schedule, its);
  return its;
}

function presence(hours: Hours, at: number): Presence {
  const its = ofSchedule(hours.schedule);
  const last = its.presence;
  if (last && last.at <= at && last.until !== null && at < last.until) return last;
  its.presence = { ...presenceAt(hours, at), at };
  return its.presence;
}

/** The pieces of work that may overlap a time. */
function* worked(hours: Hours, from: number, to: number): Iterable<Piece> {
  const its = ofSchedule(hours.schedule);
  const [first, last] = [dayOf(from) - 4, dayOf(to) + 2];
  if (!its.work || its.work.first > first || its.work.last < last) {
    const days = { first: Math.min(first, its.work?.first ?? first), last: Math.max(last, its.work?.last ?? last) };
    its.work = { ...days, pieces: piecesBetween(hours, days.first, days.last).filter(({ kind }) => kind === 'work') };
  }
  for (const piece of its.work.pieces) if (piece.to > from && piece.from < to) yield piece;
}
