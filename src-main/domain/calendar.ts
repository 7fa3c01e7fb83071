import { DAY_MS } from '#shared/time.ts';

const SLOT_MS = 15 * 60_000; // every time zone's offset from UTC is a multiple of a quarter of an hour

/** One formatter per time zone: creating one costs more than thousands of uses. */
const formats = new Map<string, Intl.DateTimeFormat>();

function formatOf(timeZone: string): Intl.DateTimeFormat {
  let format = formats.get(timeZone);
  if (!format) {
    format = new Intl.DateTimeFormat('en-CA', { timeZone, year: 'numeric', month: '2-digit', day: '2-digit' });
    formats.set(timeZone, format);
  }
  return format;
}

/** Returns a function that maps epoch milliseconds to the local date (`2026-11-22`) in `timeZone`. Repeated calls within the same quarter of an hour are cheap. */
export function calendar(timeZone: string): (at: number) => string {
  const format = formatOf(timeZone);
  let slot = Number.NaN;
  let day = '';
  return (at) => {
    const its = Math.floor(at / SLOT_MS);
    if (its !== slot) {
      slot = its;
      day = format.format(at);
    }
    return day;
  };
}

/** The first moment (epoch milliseconds) of a day (`2026-11-22`) in `timeZone`, also when its clocks changed that night. */
export function startOfDay(day: string, timeZone: string): number {
  const dayOf = calendar(timeZone);
  const midnight = Date.parse(`${day}T00:00:00Z`);
  let [before, at] = [Math.floor((midnight - DAY_MS) / SLOT_MS), Math.ceil((midnight + DAY_MS) / SLOT_MS)];
  while (at - before > 1) {
    const middle = Math.floor((before + at) / 2);
    if (dayOf(middle * SLOT_MS) < day) before = middle;
    else at = middle;
  }
  return at * SLOT_MS;
}

/** The day after `day`; both are ISO dates (`2026-11-22`). */
export const dayAfter = (day: string): string => new Date(Date.parse(`${day}T00:00:00Z`) + DAY_MS).toISOString().slice(0, 10);
