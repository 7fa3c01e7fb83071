/** Cheap local times for many moments: the offsets of a time zone over a span are looked up once. */
import { DAY_MS } from './time.ts';

const HOUR_MS = 3_600_000;

/** The offsets of a time zone: from `starts[i]` (epoch milliseconds) on, its clocks are `offsets[i]` milliseconds ahead of UTC. `starts[0]` is -∞. */
export interface Zone {
  readonly starts: readonly number[];
  readonly offsets: readonly number[];
}

/**
 * The zone's offsets from `from` to `until` (epoch milliseconds). Outside that span the nearest offset is assumed.
 * Two changes within a day that cancel each other out would be missed; no zone has had such a day.
 * @param timeZone IANA name
 */
export function zoneBetween(timeZone: string, from: number, until: number): Zone {
  const offsetAt = offsetsOf(timeZone);
  const starts = [Number.NEGATIVE_INFINITY];
  let offset = offsetAt(from);
  const offsets = [offset];
  for (let at = from; at < until; at += DAY_MS) {
    const end = Math.min(at + DAY_MS, until);
    const next = offsetAt(end);
    if (next === offset) continue;
    let [before, after] = [at, end];
    while (after - before > 1) {
      const middle = Math.floor((before + after) / 2);
      if (offsetAt(middle) === offset) before = middle;
      else after = middle;
    }
    starts.push(after);
    offsets.push(next);
    offset = next;
  }
  return { starts, offsets };
}

/** Per zone: the span looked up so far, which grows. */
const known = new Map<string, { readonly from: number; readonly until: number; readonly zone: Zone }>();

/** As `zoneBetween`, looked up once per process for most moments that anybody asks about. */
export function zoneAround(timeZone: string, from: number, until: number): Zone {
  const its = known.get(timeZone);
  if (its && its.from <= from && until <= its.until) return its.zone;
  const [first, last] = [Math.min(from, its?.from ?? from) - 40 * DAY_MS, Math.max(until, its?.until ?? until) + 400 * DAY_MS];
  const zone = zoneBetween(timeZone, first, last);
  known.set(timeZone, { from: first, until: last, zone });
  return zone;
}

/** How far the zone's clocks are ahead of UTC at a moment, in milliseconds. */
function offsetsOf(timeZone: string): (at: number) => number {
  const format = new Intl.DateTimeFormat('en', {
    timeZone,
    calendar: 'gregory',
    numberingSystem: 'latn',
    hourCycle: 'h23',
    era: 'short',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  });
  return (at) => {
    const whole = Math.floor(at / 1000) * 1000;
    const part: Record<string, string> = {};
    for (const { type, value } of format.formatToParts(whole)) part[type] = value;
    const { year, month, day, hour, minute, second } = part;
    return Date.UTC(Number(year), Number(month) - 1, Number(day), Number(hour), Number(minute), Number(second)) - whole;
  };
}

/** Converts epoch milliseconds to local time, expressed as the UTC milliseconds at which a UTC clock shows the same. Fastest for moments in ascending order. */
export function localClock({ starts, offsets }: Zone): (at: number) => number {
  let i = 0;
  return (at) => {
    while (at < (starts[i] as number)) i--; // starts[0] is -∞
    while (i + 1 < starts.length && at >= (starts[i + 1] as number)) i++;
    return at + (offsets[i] as number);
  };
}

/** The first moment (epoch milliseconds) at which the clock shows `local` (as of `localClock`) or has skipped it. */
export function momentOf({ starts, offsets }: Zone, local: number): number {
  for (let i = 0; i < starts.length; i++) {
    const [start, end] = [starts[i] as number, starts[i + 1] ?? Number.POSITIVE_INFINITY];
    const moment = Math.max(local - (offsets[i] as number), start);
    if (moment < end) return moment;
  }
  return Number.POSITIVE_INFINITY; // the last one never ends
}

/** Day number of a local time: days since 1970-01-01. */
export const dayOf = (local: number): number => Math.floor(local / DAY_MS);
/** Hour of a local time, 0 … 23. */
export const hourOf = (local: number): number => Math.floor(local / HOUR_MS) % 24;
/** ISO 8601 weekday of a day number: 1 Monday … 7 Sunday. */
export const weekdayOf = (day: number): number => ((((day + 3) % 7) + 7) % 7) + 1;
/** Hour of the week of a local time: 0 the first hour of Monday … 167. */
export const hourOfWeek = (local: number): number => 24 * (weekdayOf(dayOf(local)) - 1) + hourOf(local);
/** Day number of the Monday of a day's week. */
export const mondayOf = (day: number): number => day - weekdayOf(day) + 1;
/** ISO date (`2026-11-22`) → day number. */
export const dayOfText = (text: string): number => Date.parse(`${text}T00:00:00Z`) / DAY_MS;
/** Day number → ISO date (`2026-11-22`). */
export const textOfDay = (day: number): string => new Date(day * DAY_MS).toISOString().slice(0, 10);

/** A span of time cut at local hours and offset changes: between two bounds neither the local hour nor the offset changes. */
export interface Hours {
  /** epoch milliseconds, ascending; the hour `i` lies between `bounds[i]` and `bounds[i + 1]` */
  readonly bounds: Float64Array;
  /** local time at the start of each hour, see `localClock` */
  readonly locals: Float64Array;
  /** index of the hour that contains a moment, clamped to the first and last */
  indexOf(at: number): number;
}

/** The local hours from the one that contains `from` to the last one before `until` (epoch milliseconds). */
export function hoursBetween(zone: Zone, from: number, until: number): Hours {
  const bounds: number[] = [];
  const locals: number[] = [];
  const segments: { start: number; offset: number; firstHour: number; firstIndex: number }[] = [];
  for (let i = 0; i < zone.starts.length; i++) {
    const offset = zone.offsets[i] as number; // as many as starts
    const start = Math.max(zone.starts[i] as number, Math.floor((from + offset) / HOUR_MS) * HOUR_MS - offset);
    const end = Math.min(zone.starts[i + 1] ?? Number.POSITIVE_INFINITY, until);
    if (start >= end) continue;
    segments.push({ start, offset, firstHour: Math.floor((start + offset) / HOUR_MS), firstIndex: bounds.length });
    for (let at = start; at < end; at = (Math.floor((at + offset) / HOUR_MS) + 1) * HOUR_MS - offset) {
      bounds.push(at);
      locals.push(at + offset);
    }
  }
  const last = bounds.length - 1;
  let near = 0;
  return {
    bounds: Float64Array.from([...bounds, Math.max(until, bounds[last] ?? until)]),
    locals: Float64Array.from(locals),
    indexOf: (at) => {
      while (near > 0 && at < (segments[near] as (typeof segments)[number]).start) near--;
      while (near + 1 < segments.length && at >= (segments[near + 1] as (typeof segments)[number]).start) near++;
      const segment = segments[near];
      if (!segment) return 0;
      const index = segment.firstIndex + Math.floor((at + segment.offset) / HOUR_MS) - segment.firstHour;
      return Math.min(Math.max(index, 0), last);
    },
  };
}
