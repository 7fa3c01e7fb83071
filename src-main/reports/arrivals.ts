/** What sources got so far: the beginning of the figures that the host then keeps by counting. */
import { startOfDay } from '#domain/calendar.ts';
import { type Usual, usualOf } from '#domain/silence.ts';
import { DAY_MS } from '#shared/time.ts';
import { hourOfWeek, hoursBetween, zoneBetween } from '#shared/zone.ts';
import { latestRevision } from '#store/journal/journal.ts';
import { closings, latestOfSources, arrivals as readArrivals } from '#store/tables/arrivals.ts';
import { contactsBetween } from '#store/tables/periods.ts';
import type { Steps } from './protocol.ts';
import type { Sources } from './sources.ts';

const HOUR_MS = 3_600_000;
/** How far back it is learned what is usual: enough for each hour of the week to be seen a few times, and little enough to forget the last season. */
const WEEKS = 8;
/** At most so many contacts are read, the latest. */
const MOST = 2_000_000;
const BATCH = 5_000;

export interface ArrivalsInput {
  /** epoch milliseconds */
  readonly now: number;
  /** the present day there, `2026-11-22` */
  readonly day: string;
  readonly time_zone: string;
}

export interface SourceArrivals {
  readonly source_id: number;
  /** epoch milliseconds */
  readonly last_at: number;
  /** how many came on the present day */
  readonly today: number;
  /** what it usually gets; null: not learned yet */
  readonly usual: Usual | null;
}

export interface Arrivals {
  /** the figures are complete up to this revision */
  readonly revision: number;
  /** sources that ever got a contact */
  readonly sources: readonly SourceArrivals[];
  /** arrivals of the last hour */
  readonly came: readonly { readonly source_id: number; readonly at: number }[];
  /** when contacts were closed in the last hour, epoch milliseconds */
  readonly closed: readonly number[];
}

/** The hours of the last weeks, cut at local hours. */
function lastHours(now: number, time_zone: string) {
  const from = now - WEEKS * 7 * DAY_MS;
  const hours = hoursBetween(zoneBetween(time_zone, from, now), from, now);
  const of_week = Array.from(hours.locals, hourOfWeek);
  return { from, hours, of_week };
}

/** What each source got, by hour for the last weeks and one by one for the last hour. */
export function* arrivals({ database }: Sources, { now, day, time_zone }: ArrivalsInput): Steps<Arrivals> {
  const { from, hours, of_week } = lastHours(now, time_zone);
  const midnight = startOfDay(day, time_zone);
  const { revision, ranges, latest, closed } = database.snapshot((db) => ({
    revision: latestRevision(db),
    ranges: contactsBetween(db, from, Number.MAX_SAFE_INTEGER), // what came after the question, too: the revision includes it
    latest: latestOfSources(db),
    closed: closings(db, now - HOUR_MS),
  }));
  const counts = new Map<number, Uint32Array>();
  const firsts = new Map<number, number>();
  const today = new Map<number, number>();
  const came: { source_id: number; at: number }[] = [];
  const floor = Math.max(0, (ranges.at(-1)?.last ?? 0) - MOST);
  for (const range of ranges)
    for (let first = Math.max(range.first, floor); first <= range.last; first += BATCH) {
      for (const { source_id, created_at } of readArrivals(database.reading, first, Math.min(range.last, first + BATCH - 1))) {
        let its = counts.get(source_id);
        if (!its) {
          its = new Uint32Array(of_week.length);
          counts.set(source_id, its);
        }
        const hour = hours.indexOf(created_at);
        its[hour] = (its[hour] ?? 0) + 1;
        firsts.set(source_id, Math.min(firsts.get(source_id) ?? hour, hour));
        if (created_at >= midnight) today.set(source_id, (today.get(source_id) ?? 0) + 1);
        if (created_at > now - HOUR_MS) came.push({ source_id, at: created_at });
      }
      yield;
    }
  const sources = latest.map(({ source_id, created_at }) => ({
    source_id,
    last_at: created_at,
    today: today.get(source_id) ?? 0,
    usual: usualIn(counts.get(source_id), firsts.get(source_id) ?? 0, of_week),
  }));
  return { revision, sources, came, closed };
}

/** What is usual by whole hours: those after its first contact, without the present one. */
function usualIn(counts: Uint32Array | undefined, first: number, of_week: readonly number[]): Usual | null {
  if (!counts) return null;
  return usualOf(of_week.slice(first + 1, -1).map((hour, i) => ({ of_week: hour, count: counts[first + 1 + i] ?? 0 })));
}
