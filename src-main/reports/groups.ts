/** The rows of a summary: which one a moment, a source and an operator belong to. */
import { dayOf, hourOf, mondayOf, textOfDay, weekdayOf } from '#domain/zone.ts';
import type { Cell, ColumnKey, ColumnType, Grouping } from '#shared/contract/reports.ts';
import type { History } from './history.ts';
import type { Scope } from './scope.ts';
import type { Row } from './tables.ts';

export interface Groups {
  readonly count: number;
  readonly columns: readonly (readonly [ColumnKey, ColumnType])[];
  /** numbered sources and operators */
  of(local: number, source: number, operator: number): number;
  /** what stands in the first columns of a row */
  label(group: number): Row;
  /** in the order of the rows */
  readonly order: readonly number[];
  /** whether a row is shown that nothing was counted for */
  readonly isAlwaysShown: (group: number) => boolean;
}

export interface Names {
  readonly operators: ReadonlyMap<number, string>;
  readonly sources: ReadonlyMap<number, string>;
}

export function groupsOf(history: History, scope: Scope, names: Names): Groups {
  const { group_by } = scope.query;
  switch (group_by) {
    case 'operator':
      return things(history.operators.ids, names.operators, ['operator_id', 'operator'], (_local, _source, operator) => operator);
    case 'source':
      return things(history.sources.ids, names.sources, ['source_id', 'source'], (_local, source) => source);
    case 'hour':
      return times(['hour', 'hour'], scope.query.hours ?? upTo(0, 23), (_, hour) => hour);
    case 'weekday':
      return times(['weekday', 'weekday'], scope.query.weekdays ?? upTo(1, 7), (day) => weekdayOf(day));
    case 'day':
    case 'week':
    case 'month':
      return days(scope, group_by);
  }
}

const upTo = (first: number, last: number): number[] => Array.from({ length: last - first + 1 }, (_, i) => first + i);

/** Operators or sources: by number; those of nobody come last and only when there are some. */
function things(
  ids: readonly number[],
  names: ReadonlyMap<number, string>,
  [id, name]: readonly [ColumnKey, ColumnKey],
  of: (local: number, source: number, operator: number) => number,
): Groups {
  const known = ids.map((_, group) => group).filter((group) => group > 0);
  const order = known.sort((a, b) => (ids[a] as number) - (ids[b] as number));
  return {
    count: ids.length,
    columns: [
      [id, 'id'],
      [name, 'text'],
    ],
    of,
    label: (group) => ({ [id]: ids[group] ?? null, [name]: group === 0 ? null : (names.get(ids[group] as number) ?? null) }),
    order: [...order, 0],
    isAlwaysShown: () => false,
  };
}

function times([key, type]: readonly [ColumnKey, ColumnType], shown: readonly number[], of: (day: number, hour: number) => number): Groups {
  return {
    count: 24,
    columns: [[key, type]],
    of: (local) => of(dayOf(local), hourOf(local)),
    label: (group) => ({ [key]: group }),
    order: [...new Set(shown)].sort((a, b) => a - b),
    isAlwaysShown: () => true,
  };
}

function days({ firstDay, lastDay, query }: Scope, grouping: Extract<Grouping, 'day' | 'week' | 'month'>): Groups {
  const labels: string[] = [];
  const groupOfDay = new Int32Array(lastDay - firstDay + 1);
  for (let day = firstDay; day <= lastDay; day++) {
    const label = grouping === 'day' ? textOfDay(day) : grouping === 'week' ? textOfDay(mondayOf(day)) : `${textOfDay(day).slice(0, 7)}-01`;
    if (labels.at(-1) !== label) labels.push(label);
    groupOfDay[day - firstDay] = labels.length - 1;
  }
  const isShown = (label: string): boolean => grouping !== 'day' || !query.weekdays || query.weekdays.includes(weekdayOf(Date.parse(label) / 86_400_000));
  return {
    count: labels.length,
    columns: [[grouping, 'day']],
    of: (local) => groupOfDay[dayOf(local) - firstDay] as number, // only moments of the period are asked about
    label: (group): Row => ({ [grouping]: labels[group] as Cell }),
    order: labels.map((_, group) => group).filter((group) => isShown(labels[group] as string)),
    isAlwaysShown: () => true,
  };
}
