/** Arrivals by weekday and hour, for planning shifts. */

import type { Table } from '#shared/contract/reports.ts';
import { weekdayOf } from '#shared/zone.ts';
import type { History } from './history.ts';
import { lengthOf, periodOf, type Scope } from './scope.ts';
import { tableOf } from './tables.ts';

const HOUR_MS = 3_600_000;
const CELLS = 7 * 24;

/** One row for each hour of the week in scope: total arrivals, and the average over the elapsed hours of the period since the history began. */
export function heatMap(history: History, scope: Scope): Table {
  const cellOf = (slot: number): number => (weekdayOf(scope.firstDay + Math.floor(slot / 24)) - 1) * 24 + (slot % 24);
  const received = new Float64Array(CELLS);
  const { source, created_at, first_operator } = history.contacts.column;
  for (let row = 0; row < history.contacts.size; row++) {
    if (!scope.sources[source[row] as number] || !scope.operators[first_operator[row] as number]) continue;
    const slot = scope.slotOf(created_at[row] as number);
    if (slot < 0) continue;
    const cell = cellOf(slot);
    received[cell] = (received[cell] as number) + 1;
  }
  const lasted = new Float64Array(CELLS);
  const period = periodOf(scope);
  period.slots.forEach((slot, i) => {
    if (slot >= 0) lasted[cellOf(slot)] = (lasted[cellOf(slot)] as number) + lengthOf(period, i);
  });
  const { weekdays, hours: asked } = scope.query;
  const rows = Array.from({ length: CELLS }, (_, cell) => ({
    weekday: Math.floor(cell / 24) + 1,
    hour: cell % 24,
    received: received[cell] as number,
    per_hour: lasted[cell] ? (received[cell] as number) / ((lasted[cell] as number) / HOUR_MS) : null,
  })).filter(({ weekday, hour }) => (weekdays?.includes(weekday) ?? true) && (asked?.includes(hour) ?? true));
  const total = { received: rows.reduce((sum, row) => sum + row.received, 0) };
  return tableOf(
    [
      ['weekday', 'weekday'],
      ['hour', 'hour'],
      ['received', 'integer'],
      ['per_hour', 'number'],
    ],
    rows,
    total,
  );
}
