/**
 * When somebody is at work: a pattern of days that repeats, with exceptions. A pattern says local times; what they are as moments depends on the zone's
 * clock: a time is reached when the clock first shows it, or leaps over it. Host and console ask the same functions. Pure; runs anywhere.
 */
import { DAY_MS } from './time.ts';
import { dayOf, dayOfText, localClock, momentOf, textOfDay, zoneAround } from './zone.ts';

export interface Interval {
  /** local time `08:00`; hours beyond 24 are of the next day: `32:00` is 8 in the morning */
  readonly from: string;
  readonly to: string;
  readonly kind: 'work' | 'lunch';
}

/** Other hours on one date than the pattern has. */
export interface ScheduleException {
  readonly date: string;
  readonly intervals: readonly Interval[];
  readonly note: string | null;
}

export interface Schedule {
  readonly name: string;
  /** IANA name */
  readonly time_zone: string;
  /** a date on which the pattern begins with `days[0]` */
  readonly anchor_date: string;
  /** the intervals that begin on each day of the pattern */
  readonly days: readonly (readonly Interval[])[];
  readonly exceptions: readonly ScheduleException[];
}

/** The schedule as one person or source keeps it. */
export interface Hours {
  readonly schedule: Schedule;
  /** days by which the pattern begins later */
  readonly shift_offset?: number;
  /** absent: that of the schedule */
  readonly time_zone?: string | null;
  /** own exceptions by date; they go before those of the schedule */
  readonly exceptions?: Readonly<Record<string, { readonly intervals: readonly Interval[] }>>;
  /** before the end of a shift nothing new is taken for so long */
  readonly closing_seconds?: number;
}

/** A part of a shift, in epoch milliseconds. Pieces do not overlap. */
export interface Piece {
  readonly from: number;
  readonly to: number;
  readonly kind: Interval['kind'];
  /** number of the day that the shift begins on, see zone.ts */
  readonly day: number;
}

export type Phase = 'off' | 'work' | 'lunch' | 'closing';

export interface Boundary {
  readonly at: number;
  /** what begins */
  readonly phase: Phase;
}

/** What the schedule says of one moment. */
export interface Presence {
  readonly phase: Phase;
  /** when it changes; null: not within a year */
  readonly until: number | null;
  /** the shift of the moment, lunch included, with its end if that is within a year; null: there is none */
  readonly shift: { readonly from: number; readonly to: number | null } | null;
}

const MINUTE_MS = 60_000;
/** How many days are looked back and ahead at first, and when that was not enough. */
const LOOKS = [
  { back: 3, ahead: 2 },
  { back: 9, ahead: 9 },
  { back: 64, ahead: 64 },
  { back: 366, ahead: 366 },
];

/** `08:30` → minutes since midnight. */
const minutesOf = (time: string): number => 60 * Number(time.slice(0, 2)) + Number(time.slice(3));

const exceptionsOf = memo(({ exceptions }: Schedule) => new Map(exceptions.map((one) => [one.date, one.intervals])));

/** The intervals that begin on a day, by whatever goes first. */
function intervalsOn({ schedule, shift_offset = 0, exceptions }: Hours, day: number): readonly Interval[] {
  const date = textOfDay(day);
  const { days, anchor_date } = schedule;
  const place = (day - dayOfText(anchor_date) - shift_offset) % days.length;
  return exceptions?.[date]?.intervals ?? exceptionsOf(schedule).get(date) ?? days[place < 0 ? place + days.length : place] ?? [];
}

const zoneOf = ({ schedule, time_zone }: Hours, first: number, last: number) =>
  zoneAround(time_zone ?? schedule.time_zone, (first - 3) * DAY_MS, (last + 5) * DAY_MS);

/** The pieces of the shifts that begin on these days, in order. Of intervals that overlap, the later one begins where the earlier one ends. */
export function piecesBetween(hours: Hours, first: number, last: number): Piece[] {
  const zone = zoneOf(hours, first, last);
  const [work, lunch]: [Piece[], Piece[]] = [[], []];
  for (let day = first - 2; day <= last; day++)
    for (const { kind, ...its } of intervalsOn(hours, day)) {
      const [from, to] = [its.from, its.to].map((time) => momentOf(zone, day * DAY_MS + minutesOf(time) * MINUTE_MS)) as [number, number];
      if (from < to) (kind === 'work' ? work : lunch).push({ from, to, kind, day });
    }
  const pieces: Piece[] = [];
  let next = 0;
  const lunches = disjoint(lunch);
  for (const one of disjoint(work)) {
    let { from } = one;
    while ((lunches[next]?.to ?? Number.POSITIVE_INFINITY) <= from) next++;
    for (let i = next; ; i++) {
      const meal = lunches[i];
      if (!meal || meal.from >= one.to) break;
      if (from < meal.from) pieces.push({ ...one, from, to: meal.from });
      pieces.push({ ...one, from: Math.max(from, meal.from), to: Math.min(meal.to, one.to), kind: 'lunch' });
      from = meal.to;
    }
    if (from < one.to) pieces.push({ ...one, from });
  }
  return pieces.filter(({ day }) => day >= first);
}

function disjoint(pieces: Piece[]): Piece[] {
  let end = Number.NEGATIVE_INFINITY;
  return pieces
    .sort((a, b) => a.from - b.from)
    .flatMap((one) => {
      const from = Math.max(one.from, end);
      end = Math.max(end, one.to);
      return from < one.to ? [{ ...one, from }] : [];
    });
}

interface Span extends Boundary {
  readonly shift: { readonly from: number } | null;
}

/** The boundaries of shifts that begin on these days, as far as they are certain: what reaches the end of the last day may go on with the next one. */
function spansOf(hours: Hours, first: number, last: number): Span[] {
  const closing = 1000 * (hours.closing_seconds ?? 0);
  let certain = momentOf(zoneOf(hours, first, last), (last + 1) * DAY_MS);
  const spans: Span[] = [];
  const pieces = piecesBetween(hours, first, last);
  for (let i = 0; i < pieces.length; ) {
    const begin = i;
    const { from } = pieces[i] as Piece; // the loop's condition
    let to = from;
    for (; pieces[i]?.from === to; i++) to = (pieces[i] as Piece).to;
    if (to >= certain) certain = Math.min(certain, to - closing);
    const closes = to - closing;
    const shift = { from };
    let phase: Phase = 'off';
    for (const { from: at, kind } of pieces.slice(begin, i)) {
      if (at < closes && kind !== phase) spans.push({ at, phase: kind, shift });
      phase = kind;
    }
    if (closes < to) spans.push({ at: Math.max(closes, from), phase: 'closing', shift });
    spans.push({ at: to, phase: 'off', shift: null });
  }
  return spans.filter(({ at }) => at < certain);
}

/** What the schedule says of a moment. */
export function presenceAt(hours: Hours, at: number): Presence {
  const day = dayOf(localClock(zoneOf(hours, dayOf(at), dayOf(at)))(at));
  for (const [i, { back, ahead }] of LOOKS.entries()) {
    const first = day - back;
    const spans = spansOf(hours, first, day + ahead);
    const now = spans.findLast((one) => one.at <= at);
    const next = spans.find((one) => one.at > at);
    const end = now?.shift ? spans.find((one) => one.at > at && one.phase === 'off') : undefined;
    const mayBeginBefore = now?.shift && now.shift.from < (first + 1) * DAY_MS;
    const isWhole = next && !mayBeginBefore && (!now?.shift || end);
    if (!isWhole && i + 1 < LOOKS.length) continue;
    const shift = now?.shift ? { from: now.shift.from, to: end?.at ?? null } : null;
    return { phase: now?.phase ?? 'off', until: next?.at ?? null, shift };
  }
  throw new Error('there is a last look');
}

/** The boundaries after one moment until another, in order. */
export function boundariesBetween(hours: Hours, after: number, until: number): Boundary[] {
  if (until <= after) return [];
  const spans = spansOf(hours, dayOf(after) - 4, dayOf(until) + 3);
  return spans.flatMap(({ at, phase }) => (at > after && at <= until ? [{ at, phase }] : []));
}

/** Computes once for each object. */
function memo<K extends object, V>(make: (of: K) => V): (of: K) => V {
  const made = new WeakMap<K, V>();
  return (of) => {
    const known = made.get(of) ?? make(of);
    made.set(of, known);
    return known;
  };
}
