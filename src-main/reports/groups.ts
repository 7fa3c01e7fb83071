/** The rows of a summary: maps an hour, a source and an operator to a row. */

import { type Cell, type ColumnKey, type ColumnType, type Grouping, NOBODY } from '#shared/contract/reports.ts';
import { nameKey } from '#shared/plain-text.ts';
import { DAY_MS } from '#shared/time.ts';
import { mondayOf, textOfDay, weekdayOf } from '#shared/zone.ts';
import type { History } from './history.ts';
import type { Scope } from './scope.ts';
import type { Row } from './tables.ts';

export interface Groups {
  readonly count: number;
  readonly columns: readonly (readonly [ColumnKey, ColumnType])[];
  /** group of an hour of the period (see `Scope.slotOf`) and of source and operator numbers */
  of(slot: number, source: number, operator: number): number;
  readonly rows: readonly GroupRow[];
}

export interface GroupRow {
  /** the first columns */
  readonly label: Row;
  /** what it counts: one group, or those of the operators with a tag; several rows may count the same group */
  readonly groups: readonly number[];
  /** also without counts */
  readonly isAlwaysShown: boolean;
}

export interface Names {
  readonly operators: ReadonlyMap<number, string>;
  readonly sources: ReadonlyMap<number, string>;
  /** of operators who have any */
  readonly tags: ReadonlyMap<number, readonly string[]>;
}

/** How the rows of a report are grouped by `group_by`, and the groups' labels in order. */
export function groupsOf(history: History, scope: Scope, names: Names): Groups {
  const { group_by } = scope.query;
  switch (group_by) {
    case 'operator':
      return things(history.operators.ids, names.operators, ['operator_id', 'operator'], (_slot, _source, operator) => operator);
    case 'tag':
      return tags(history, scope, names);
    case 'source':
      return things(history.sources.ids, names.sources, ['source_id', 'source'], (_slot, source) => source);
    case 'hour':
      return times(['hour', 'hour'], scope.query.hours ?? upTo(0, 23), (slot) => slot % 24);
    case 'weekday':
      return times(['weekday', 'weekday'], scope.query.weekdays ?? upTo(1, 7), (slot) => weekdayOf(scope.firstDay + Math.floor(slot / 24)));
    case 'day':
    case 'week':
    case 'month':
      return days(scope, group_by);
  }
}

const upTo = (first: number, last: number): number[] => Array.from({ length: last - first + 1 }, (_, i) => first + i);

/** Groups by operator or source, ordered by id; contacts without an operator come last. */
function things(
  ids: readonly number[],
  names: ReadonlyMap<number, string>,
  [id, name]: readonly [ColumnKey, ColumnKey],
  of: (slot: number, source: number, operator: number) => number,
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
    rows: (name === 'operator' ? [...order, 0] : order).map((group) => ({
      label: { [id]: ids[group] ?? null, [name]: group === 0 ? null : (names.get(ids[group] as number) ?? null) },
      groups: [group],
      isAlwaysShown: false,
    })),
  };
}

/**
 * Groups by operator, and a row for each of their present tags, by name; letter case makes no difference. An operator counts under each tag. Those without
 * tags come after them, and contacts without an operator last.
 */
function tags({ operators }: History, scope: Scope, names: Names): Groups {
  const people = operators.ids.flatMap((id, group) => (group > 0 && scope.operators[group] ? [{ id, group }] : [])).sort((a, b) => a.id - b.id);
  const teams = new Map<string, { readonly tag: string; readonly members: typeof people }>();
  for (const one of people)
    for (const tag of names.tags.get(one.id) ?? []) {
      const key = nameKey(tag);
      const team = teams.get(key) ?? { tag, members: [] };
      team.members.push(one);
      teams.set(key, team);
    }
  const row = (tag: string | null, members: typeof people): GroupRow => ({
    label: { operator_ids: members.length === 1 ? (members[0]?.id ?? null) : members.map(({ id }) => id).join(', '), tag },
    groups: members.map(({ group }) => group),
    isAlwaysShown: false,
  });
  const byName = [...teams].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, { tag, members }]) => row(tag, members));
  const others = people.filter(({ id }) => !names.tags.get(id)?.length);
  return {
    count: operators.ids.length,
    columns: [
      ['operator_ids', 'id'],
      ['tag', 'text'],
    ],
    of: (_slot, _source, operator) => operator,
    rows: [...byName, row('', others), row(null, [{ id: NOBODY, group: 0 }])],
  };
}

function times([key, type]: readonly [ColumnKey, ColumnType], shown: readonly number[], of: (slot: number) => number): Groups {
  return {
    count: 24,
    columns: [[key, type]],
    of,
    rows: [...new Set(shown)].sort((a, b) => a - b).map((group) => ({ label: { [key]: group }, groups: [group], isAlwaysShown: true })),
  };
}

function days({ firstDay, lastDay, query }: Scope, grouping: Extract<Grouping, 'day' | 'week' | 'month'>): Groups {
  const labels: string[] = [];
  const groupOfSlot = new Int32Array((lastDay - firstDay + 1) * 24);
  for (let day = firstDay; day <= lastDay; day++) {
    const label = grouping === 'day' ? textOfDay(day) : grouping === 'week' ? textOfDay(mondayOf(day)) : `${textOfDay(day).slice(0, 7)}-01`;
    if (labels.at(-1) !== label) labels.push(label);
    groupOfSlot.fill(labels.length - 1, (day - firstDay) * 24, (day - firstDay + 1) * 24);
  }
  const isShown = (label: string): boolean => grouping !== 'day' || !query.weekdays || query.weekdays.includes(weekdayOf(Date.parse(label) / DAY_MS));
  return {
    count: labels.length,
    columns: [[grouping, 'day']],
    of: (slot) => groupOfSlot[slot] as number,
    rows: labels
      .map((label, group): GroupRow => ({ label: { [grouping]: label as Cell }, groups: [group], isAlwaysShown: true }))
      .filter((_, group) => isShown(labels[group] as string)),
  };
}
