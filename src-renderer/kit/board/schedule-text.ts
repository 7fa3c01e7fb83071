/** Schedules in words. */
import type { TFunction } from 'i18next';
import type { OwnShift } from '#shared/operator-hours.ts';
import type { Interval, Schedule } from '#shared/schedule.ts';

/** Days of a pattern that are told one by one; of a longer one the others are counted. */
const DAYS_TOLD = 14;

/** `09:00–13:00, 14:00–18:00`: the work of a day, without what is eaten up by lunch; '' on a day off. */
function dayText(intervals: readonly Interval[], t: TFunction): string {
  return intervals.map(({ from, to, kind }) => (kind === 'lunch' ? `${t('inactive.lunch')} ${from}–${to}` : `${from}–${to}`)).join(', ');
}

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
