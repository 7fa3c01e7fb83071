/** Preset periods, in days of the workspace's calendar. Pure. */
import { DAY_MS } from '#shared/time.ts';

/** `days_7` and `days_30` end today; `week`, `month` and `year` are calendar periods up to today. */
export type UsualPeriod = 'today' | 'yesterday' | 'days_7' | 'days_30' | 'week' | 'last_week' | 'month' | 'last_month' | 'year';

/** Days as `2026-11-22`, both included. */
export interface Days {
  readonly from: string;
  readonly to: string;
}

/** A preset period moves with the date; a custom one stays. */
export type Period = UsualPeriod | Days;

const text = (ms: number): string => new Date(ms).toISOString().slice(0, 10);
const before = (day: string, days: number): string => text(Date.parse(day) - days * DAY_MS);
/** 0 Monday … 6 Sunday */
const weekdayOf = (day: string): number => (new Date(Date.parse(day)).getUTCDay() + 6) % 7;
const firstOfMonth = (day: string): string => `${day.slice(0, 7)}-01`;

/** @param today `2026-11-22` */
export function daysOf(period: Period, today: string): Days {
  const monday = before(today, weekdayOf(today));
  switch (period) {
    case 'today':
      return { from: today, to: today };
    case 'yesterday':
      return { from: before(today, 1), to: before(today, 1) };
    case 'week':
      return { from: monday, to: today };
    case 'last_week':
      return { from: before(monday, 7), to: before(monday, 1) };
    case 'days_7':
      return { from: before(today, 6), to: today };
    case 'days_30':
      return { from: before(today, 29), to: today };
    case 'month':
      return { from: firstOfMonth(today), to: today };
    case 'last_month': {
      const last = before(firstOfMonth(today), 1);
      return { from: firstOfMonth(last), to: last };
    }
    case 'year':
      return { from: `${today.slice(0, 4)}-01-01`, to: today };
    default:
      return period;
  }
}
