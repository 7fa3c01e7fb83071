/** The days of a pattern as text, one line each: `9-18, lunch 13-14`. Pure. */
import type { Interval, Schedule } from '#shared/schedule.ts';

const RANGE = /^(обед|lunch)?\s*(\d{1,2})(?::(\d{2}))?\s*[-–—]\s*(\d{1,2})(?::(\d{2}))?$/i;
/** A line that says nothing else is a day off. */
const FREE = /^(|[-–—]|в|вых|выходной|off|free)$/i;
const DAY = 24 * 60;

const timeOf = (minutes: number): string => `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`;
const minutesOf = (time: string): number => 60 * Number(time.slice(0, 2)) + Number(time.slice(3));

interface Range {
  readonly kind: Interval['kind'];
  readonly from: number;
  readonly to: number;
}

/** An end that is not after the beginning is of the next day. */
function rangeIn(text: string): Range | null {
  const [, lunch, from = '', from_minutes = '0', to = '', to_minutes = '0'] = RANGE.exec(text.trim()) ?? [];
  if (from === '' || Number(from_minutes) > 59 || Number(to_minutes) > 59) return null;
  const [begin, end] = [60 * Number(from) + Number(from_minutes), 60 * Number(to) + Number(to_minutes)];
  const range = { kind: lunch ? 'lunch' : 'work', from: begin, to: end > begin ? end : end + DAY } as const;
  return range.from < DAY && range.to <= 2 * DAY ? range : null;
}

/** The intervals that a line says; null: it cannot be read. Lunch before the work of its day is of the night after it. */
export function dayIn(line: string): Interval[] | null {
  if (FREE.test(line.trim())) return [];
  const ranges = line.split(',').map(rangeIn);
  if (!ranges.every((one) => one !== null)) return null;
  const begin = Math.min(...ranges.flatMap((one) => (one.kind === 'work' ? [one.from] : [])));
  return ranges.map(({ kind, from, to }) => {
    const later = kind === 'lunch' && to <= begin && begin < DAY ? DAY : 0;
    return { from: timeOf(from + later), to: timeOf(to + later), kind };
  });
}

/** As `dayIn` reads it. */
export const dayLine = (day: readonly Interval[], { lunch, free }: { readonly lunch: string; readonly free: string }): string =>
  day
    .map(({ kind, ...its }) => {
      const [from, to] = [minutesOf(its.from), minutesOf(its.to)];
      const begin = from % DAY;
      const end = to - from > DAY || to <= DAY ? to : to - DAY;
      return `${kind === 'lunch' ? `${lunch} ` : ''}${timeOf(begin)}–${timeOf(end)}`;
    })
    .join(', ') || free;

/** The days of the lines; blank lines at the end are none. */
export function daysIn(text: string): { readonly days: Schedule['days']; readonly wrong: number | null } {
  const read = text.trimEnd().split('\n').map(dayIn);
  const wrong = read.indexOf(null);
  return { days: read.map((one) => one ?? []), wrong: wrong < 0 ? null : wrong + 1 };
}
