/** Due times of a daily or weekly schedule at a local time of day. */
import { DAY_MS } from '#shared/time.ts';
import { dayOf, localClock, momentOf, mondayOf, textOfDay, weekdayOf, zoneBetween } from '#shared/zone.ts';

const MINUTE_MS = 60_000;

export interface Recurrence {
  readonly every: 'day' | 'week';
  /** 1 Monday … 7 Sunday; only for weekly schedules */
  readonly weekday: number;
  /** minutes since local midnight */
  readonly minute: number;
}

/** The first due time after `after` (epoch milliseconds). If the clock skips the local time, the moment of the clock change. */
export function dueAfter({ every, weekday, minute }: Recurrence, timeZone: string, after: number): number {
  const zone = zoneBetween(timeZone, after - 2 * DAY_MS, after + 10 * DAY_MS);
  for (let day = dayOf(localClock(zone)(after)); ; day++) {
    if (every === 'week' && weekdayOf(day) !== weekday) continue;
    const due = momentOf(zone, day * DAY_MS + minute * MINUTE_MS);
    if (due > after) return due;
  }
}

/** Reporting period of a run due at `due`, in whole days: the day before, or the last week from Monday to Sunday. */
export function periodBefore({ every }: Recurrence, timeZone: string, due: number): { from: string; to: string } {
  const day = dayOf(localClock(zoneBetween(timeZone, due - DAY_MS, due + DAY_MS))(due));
  if (every === 'day') return { from: textOfDay(day - 1), to: textOfDay(day - 1) };
  const monday = mondayOf(day);
  return { from: textOfDay(monday - 7), to: textOfDay(monday - 1) };
}
