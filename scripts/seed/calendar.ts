/** When people write: mostly around noon and in the evening, less at weekends, little at night, more towards the end of the year. */
import type { Random } from '#demo/random.ts';

const HOUR_MS = 3600_000;

/** Share of a day's contacts by hour in the workspace's time zone. */
const HOURS = [1, 0.5, 0.3, 0.2, 0.2, 0.4, 1, 2, 4, 7, 9, 9, 8, 7, 8, 8, 7, 7, 8, 8, 7, 5, 3, 2];
/** From Sunday. */
const WEEKDAYS = [0.5, 1.15, 1.1, 1.05, 1.05, 1, 0.65];
const HOURS_SUM = HOURS.reduce((sum, share) => sum + share, 0);

/** Share of an average day's contacts in the busiest hour. */
export const BUSIEST_HOUR = (Math.max(...HOURS) / HOURS_SUM) * Math.max(...WEEKDAYS) * 1.2;

export interface Span {
  /** epoch milliseconds */
  readonly from: number;
  readonly until: number;
}

/** The given number of times within the span, in order. */
export function arrivals(random: Random, { from, until }: Span, count: number, timeZone: string): Float64Array {
  const hours = Math.ceil((until - from) / HOUR_MS);
  const sums = new Float64Array(hours + 1);
  const local = new Intl.DateTimeFormat('en', { timeZone, hour: 'numeric', hourCycle: 'h23', weekday: 'short' });
  for (let i = 0; i < hours; i++) {
    const { hour, weekday } = clockOf(local, from + i * HOUR_MS);
    const growth = 0.8 + (0.4 * i) / hours;
    sums[i + 1] = (sums[i] ?? 0) + (HOURS[hour] ?? 0) * (WEEKDAYS[weekday] ?? 0) * growth;
  }
  const all = sums[hours] ?? 0;
  const moments = new Float64Array(count);
  for (let n = 0; n < count; n++) {
    const x = random() * all;
    const i = hourOf(sums, x);
    const share = (x - (sums[i] ?? 0)) / ((sums[i + 1] ?? 0) - (sums[i] ?? 0));
    moments[n] = Math.min(until - 1, Math.floor(from + (i + share) * HOUR_MS));
  }
  return moments.sort();
}

/** The last i with sums[i] ≤ x. */
function hourOf(sums: Float64Array, x: number): number {
  let [low, high] = [0, sums.length - 1];
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if ((sums[middle] ?? 0) <= x) low = middle;
    else high = middle;
  }
  return low;
}

const DAYS = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'];

function clockOf(format: Intl.DateTimeFormat, at: number): { hour: number; weekday: number } {
  const parts = format.formatToParts(at);
  const part = (type: string) => parts.find((one) => one.type === type)?.value ?? '';
  return { hour: Number(part('hour')), weekday: DAYS.indexOf(part('weekday')) };
}
