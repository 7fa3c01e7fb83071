/** Load over time: average contacts held, capacity, and average contacts waiting, by hour, or by day for long periods. */

import type { Table } from '#shared/contract/reports.ts';
import { dayOf, textOfDay } from '#shared/zone.ts';
import type { CapacityFact } from '#store/tables/facts.ts';
import type { History } from './history.ts';
import { loadsOf } from './loads.ts';
import { periodOf, type Scope } from './scope.ts';
import { ratio, tableOf } from './tables.ts';

/** Longer periods are shown by day. */
const MOST_DAYS_BY_HOUR = 14;

/** Average load, capacity and queue by hour, or by day in long periods. */
export function load(history: History, scope: Scope, capacities: readonly CapacityFact[]): Table {
  const period = periodOf(scope);
  const { hours, slots } = period;
  const byHour = scope.lastDay - scope.firstDay < MOST_DAYS_BY_HOUR;
  const dayOfHour = (hour: number) => dayOf(hours.locals[hour] as number) - scope.firstDay;
  const count = byHour ? hours.locals.length : scope.lastDay - scope.firstDay + 1;
  const ofHour = byHour ? (hour: number) => hour : dayOfHour;
  const received = new Float64Array(count);
  const { source, created_at, first_operator } = history.contacts.column;
  for (let row = 0; row < history.contacts.size; row++) {
    const at = created_at[row] as number;
    if (!scope.sources[source[row] as number] || !scope.operators[first_operator[row] as number] || scope.slotOf(at) < 0) continue;
    const group = ofHour(hours.indexOf(at));
    received[group] = (received[group] as number) + 1;
  }
  const loads = loadsOf(history, scope, period, { count, ofHour, ofThing: () => 0 }, capacities);
  const shown = new Set(Array.from(slots, (slot, hour) => (slot >= 0 ? ofHour(hour) : -1)).filter((group) => group >= 0));
  const rows = [...shown].map((group) => ({
    ...(byHour ? { at: hours.bounds[group] as number } : { day: textOfDay(scope.firstDay + group) }),
    received: received[group] as number,
    load_average: ratio(loads.held[group] as number, loads.lasted[group] as number),
    capacity_average: ratio(loads.capacity[group] as number, loads.lasted[group] as number),
    capacity_used: ratio(loads.held[group] as number, loads.capacity[group] as number),
    queue_average: scope.namesOperators ? null : ratio(loads.queued[group] as number, loads.lasted[group] as number),
  }));
  return tableOf(
    [
      byHour ? ['at', 'time'] : ['day', 'day'],
      ['received', 'integer'],
      ['load_average', 'number'],
      ['capacity_average', 'number'],
      ['capacity_used', 'share'],
      ['queue_average', 'number'],
    ],
    rows,
  );
}
