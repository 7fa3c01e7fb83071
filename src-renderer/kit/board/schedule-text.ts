/** Schedules in words. */
import type { TFunction } from 'i18next';
import type { OwnShift } from '#shared/operator-hours.ts';
import type { Interval, Schedule } from '#shared/schedule.ts';

/** Days of a pattern that are told one by one; of a longer one the others are counted. */
const DAYS_TOLD = 14;

/** `20:00–08:00` for a shift that ends on the next day. */
const hoursText = ({ from, to }: Interval): string => `${onItsDay(from)}–${to === '24:00' ? to : onItsDay(to)}`;

/** Hours from 24 on are of the next day: `32:00` is `08:00`. */
const onItsDay = (time: string): string => `${String(Number(time.slice(0, 2)) % 24).padStart(2, '0')}${time.slice(2)}`;

/** `09:00–18:00, lunch 13:00–14:00`; '' on a day off. */
const dayText = (intervals: readonly Interval[], t: TFunction): string =>
  intervals.map((interval) => (interval.kind === 'lunch' ? `${t('inactive.lunch')} ${hoursText(interval)}` : hoursText(interval))).join(', ');

/** `2 × 09:00–21:00; 2 × free`: the days of the pattern in their order. */
export function patternText(days: Schedule['days'], t: TFunction): string {
  const runs: { text: string; count: number }[] = [];
  for (const day of days) {
    const text = dayText(day, t) || t('schedules.free');
    const last = runs.at(-1);
    if (last?.text === text) last.count += 1;
    else runs.push({ text, count: 1 });
  }
  const told = runs.slice(0, DAYS_TOLD).map(({ text, count }) => (count === 1 ? text : `${count} × ${text}`));
  return told.join('; ') + (runs.length > DAYS_TOLD ? '; …' : '');
}

/** What somebody does on a date. */
export function shiftText({ kind, intervals, note }: OwnShift, t: TFunction): string {
  const what = kind === 'work' ? dayText(intervals, t) || t('schedules.free') : [t(`schedules.kinds.${kind}`), dayText(intervals, t)].filter(Boolean).join(' ');
  return note ? `${what} (${note})` : what;
}
