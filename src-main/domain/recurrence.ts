/** When something is due that happens every day or every week at a time of the clock. */
import { DAY_MS } from '#shared/time.ts';
import { dayOf, localClock, mondayOf, textOfDay, weekdayOf, type Zone, zoneBetween } from './zone.ts';

const MINUTE_MS = 60_000;

export interface Recurrence {
  readonly every: 'day' | 'week';
  /** 1 Monday … 7 Sunday; of a weekly one */
  readonly weekday: number;
  /** minutes since midnight on the clock */
  readonly minute: number;
}

/** The first moment after `after` at which it is due; where the clock leaps over the time, the moment of the leap. */
export function dueAfter({ every, weekday, minute }: Recurrence, timeZone: string, after: number): number {
  const zone = zoneBetween(timeZone, after - 2 * DAY_MS, after + 10 * DAY_MS);
  for (let day = dayOf(localClock(zone)(after)); ; day++) {
    if (every === 'week' && weekdayOf(day) !== weekday) continue;
    const due = momentOf(zone, day * DAY_MS + minute * MINUTE_MS);
    if (due > after) return due;
  }
}

/** When the clock shows it for the first time, or has leapt over it. */
function momentOf({ starts, offsets }: Zone, local: number): number {
  for (let i = 0; i < starts.length; i++) {
    const [start, end] = [starts[i] as number, starts[i + 1] ?? Number.POSITIVE_INFINITY];
    const moment = Math.max(local - (offsets[i] as number), start);
    if (moment < end) return moment;
  }
  return Number.POSITIVE_INFINITY; // the last one never ends
}

/** The whole days that one due at a moment tells of: the day before, or the last week from Monday to Sunday. */
export function periodBefore({ every }: Recurrence, timeZone: string, due: number): { from: string; to: string } {
  const day = dayOf(localClock(zoneBetween(timeZone, due - DAY_MS, due + DAY_MS))(due));
  if (every === 'day') return { from: textOfDay(day - 1), to: textOfDay(day - 1) };
  const monday = mondayOf(day);
  return { from: textOfDay(monday - 7), to: textOfDay(monday - 1) };
}
