/** The scope of a query, prepared for a pass over a million rows. */

import type { ReportQuery } from '#shared/contract/reports.ts';
import { DAY_MS } from '#shared/time.ts';
import { dayOfText, type Hours, hoursBetween, localClock, weekdayOf, type Zone, zoneBetween } from '#shared/zone.ts';
import type { History } from './history.ts';
import type { Numbering } from './numbering.ts';

const HOUR_MS = 3_600_000;
/** No time zone is further from UTC. */
const MARGIN_DAYS = 2;

export interface Scope {
  readonly query: ReportQuery;
  /** epoch milliseconds */
  readonly now: number;
  readonly service_ms: number;
  /** when the desk's history begins, epoch milliseconds: averages over time are over the time since */
  readonly begin: number;
  /** day numbers of the period's first and last day */
  readonly firstDay: number;
  readonly lastDay: number;
  readonly zone: Zone;
  /** hour of the period that contains a moment, in local time: 0 is the first hour of the first day; -1: out of scope */
  readonly slotOf: (at: number) => number;
  /** by hour of the period: 1 when in scope */
  readonly isAsked: Uint8Array;
  /** by source number: 1 when in scope */
  readonly sources: Uint8Array;
  readonly operators: Uint8Array;
  /** whether the query names operators */
  readonly namesOperators: boolean;
}

export interface Asked {
  readonly query: ReportQuery;
  readonly now: number;
  readonly time_zone: string;
  readonly service_seconds: number;
}

/** A query's filters as tests on rows of the history, in the workspace's time zone. */
export function scopeOf(history: History, { query, now, time_zone, service_seconds }: Asked): Scope {
  const [firstDay, lastDay] = [dayOfText(query.from), dayOfText(query.to)];
  const zone = zoneBetween(time_zone, (firstDay - MARGIN_DAYS) * DAY_MS, (lastDay + 1 + MARGIN_DAYS) * DAY_MS);
  const hours = query.hours && new Set(query.hours);
  const weekdays = query.weekdays && new Set(query.weekdays);
  const isAsked = new Uint8Array((lastDay - firstDay + 1) * 24).map((_, slot) => {
    const isIn = (!hours || hours.has(slot % 24)) && (!weekdays || weekdays.has(weekdayOf(firstDay + Math.floor(slot / 24))));
    return Number(isIn);
  });
  const clock = localClock(zone);
  const firstHour = firstDay * 24;
  const since = query.since === undefined ? Number.NEGATIVE_INFINITY : Date.parse(query.since);
  const until = query.until === undefined ? Number.POSITIVE_INFINITY : Date.parse(query.until);
  const slotOf = (at: number): number => {
    if (at < since || at >= until) return -1;
    const slot = Math.floor(clock(at) / HOUR_MS) - firstHour;
    return isAsked[slot] === 1 ? slot : -1;
  };
  return {
    query,
    now,
    service_ms: service_seconds * 1000,
    begin: Math.min(history.begin, now),
    firstDay,
    lastDay,
    zone,
    slotOf,
    isAsked,
    sources: chosen(history.sources, query.source_ids),
    operators: chosen(history.operators, query.operator_ids),
    namesOperators: query.operator_ids !== undefined,
  };
}

/** Marks the numbers of these ids; all when `ids` is undefined. */
function chosen(numbering: Numbering, ids: readonly number[] | undefined): Uint8Array {
  const wanted = ids && new Set(ids);
  return Uint8Array.from(numbering.ids, (id) => Number(!wanted || wanted.has(id)));
}

/** The hours of the period from the beginning of the history up to now; each is in scope as a whole or not at all. */
export interface Period {
  readonly hours: Hours;
  /** epoch milliseconds: hours before it have no length */
  readonly begin: number;
  /** by hour: its hour of the period, see `Scope.slotOf`; -1: out of scope */
  readonly slots: Int32Array;
  /** milliseconds in scope before each hour; the last entry is the total */
  readonly askedBefore: Float64Array;
  /** milliseconds in scope before a moment; the difference of two values is the time in scope between them */
  askedUntil(at: number): number;
}

/** The hours of the scope's days up to now, and a margin around them that is out of scope. Those before the history began have no length. */
export function periodOf({ zone, firstDay, lastDay, now, begin, slotOf }: Scope): Period {
  const from = (firstDay - MARGIN_DAYS) * DAY_MS;
  const until = Math.max(from + 1, Math.min(now, (lastDay + 1 + MARGIN_DAYS) * DAY_MS));
  const hours = hoursBetween(zone, from, until);
  const slots = Int32Array.from(hours.locals, (_, i) => slotOf(hours.bounds[i] as number));
  const askedBefore = new Float64Array(hours.locals.length + 1);
  for (let i = 0; i < hours.locals.length; i++)
    askedBefore[i + 1] = (askedBefore[i] as number) + ((slots[i] as number) >= 0 ? lengthOf({ hours, begin }, i) : 0);
  const start = Math.max(hours.bounds[0] as number, begin);
  const end = hours.bounds[hours.locals.length] as number;
  return {
    hours,
    begin,
    slots,
    askedBefore,
    askedUntil: (at) => {
      const moment = Math.max(Math.min(at, end), start);
      const i = hours.indexOf(moment);
      return (askedBefore[i] as number) + ((slots[i] as number) >= 0 ? moment - Math.max(hours.bounds[i] as number, begin) : 0);
    },
  };
}

/** Milliseconds of an hour since the beginning of the history. */
export const lengthOf = ({ hours: { bounds }, begin }: Pick<Period, 'hours' | 'begin'>, i: number): number =>
  Math.max(0, (bounds[i + 1] as number) - Math.max(bounds[i] as number, begin));
