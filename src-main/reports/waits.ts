/** Distribution of the waiting time until the first assignment. */
import type { Table } from '#shared/contract/reports.ts';
import type { History } from './history.ts';
import type { Scope } from './scope.ts';
import { waitOf } from './summary.ts';
import { ratio, tableOf } from './tables.ts';

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
/** Class bounds in milliseconds; the first class is "at once". */
const BOUNDS = [
  0,
  1,
  5 * SECOND,
  10 * SECOND,
  20 * SECOND,
  30 * SECOND,
  MINUTE,
  2 * MINUTE,
  5 * MINUTE,
  10 * MINUTE,
  20 * MINUTE,
  30 * MINUTE,
  HOUR,
  2 * HOUR,
  4 * HOUR,
  8 * HOUR,
  24 * HOUR,
];

/** One row for each class of waits, from `wait_from` up to but excluding `wait_to`. Contacts that nobody has had yet count with their wait so far. */
export function waits(history: History, scope: Scope): Table {
  const received = new Float64Array(BOUNDS.length);
  const waiting = new Float64Array(BOUNDS.length);
  const { source, created_at, first_assigned_at, closed_at, first_operator } = history.contacts.column;
  for (let row = 0; row < history.contacts.size; row++) {
    if (!scope.sources[source[row] as number] || !scope.operators[first_operator[row] as number]) continue;
    const created = created_at[row] as number;
    if (scope.slotOf(created) < 0) continue;
    const [assigned, closed] = [first_assigned_at[row] as number, closed_at[row] as number];
    const bin = classOf(waitOf(created, assigned, closed, scope.now));
    received[bin] = (received[bin] as number) + 1;
    if (history.isWaiting(row)) waiting[bin] = (waiting[bin] as number) + 1;
  }
  const all = received.reduce((sum, n) => sum + n, 0);
  const rows = BOUNDS.map((from, bin) => ({
    wait_from: from,
    wait_to: BOUNDS[bin + 1] ?? null,
    received: received[bin] as number,
    share: ratio(received[bin] as number, all),
    waiting: waiting[bin] as number,
  }));
  return tableOf(
    [
      ['wait_from', 'duration'],
      ['wait_to', 'duration'],
      ['received', 'integer'],
      ['share', 'share'],
      ['waiting', 'integer'],
    ],
    rows,
    { received: all, share: ratio(all, all), waiting: waiting.reduce((sum, n) => sum + n, 0) },
  );
}

function classOf(ms: number): number {
  let bin = BOUNDS.length - 1;
  while (bin > 0 && ms < (BOUNDS[bin] as number)) bin--;
  return bin;
}
