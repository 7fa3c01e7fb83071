/** Summary by operator, source or time: arrivals, waits, assignments, closings, load. All figures are counted from the rows. */
import { Grouped, spread } from '#domain/statistics.ts';
import { type ColumnKey, type ColumnType, type Grouping, isByTime, type Table } from '#shared/contract/reports.ts';
import type { CapacityFact } from '#store/tables/facts.ts';
import { type Groups, groupsOf, type Names } from './groups.ts';
import { type History, NONE } from './history.ts';
import { type Loads, loadsOf } from './loads.ts';
import { periodOf, type Scope } from './scope.ts';
import { type Row, ratio, tableOf } from './tables.ts';

export interface Beside {
  readonly names: Names;
  readonly capacities: readonly CapacityFact[];
  /** merges around the period; only those in scope are counted */
  readonly merges: readonly { at: number; source_id: number | null }[];
  readonly refused: readonly { at: number; source_id: number }[];
  /** messages that were added to open contacts */
  readonly messages: readonly { at: number; source_id: number }[];
}

const COUNTS = [
  'received',
  'returning',
  'waited',
  'waiting',
  'in_time',
  'late',
  'assigned',
  'closed',
  'missed',
  'declined',
  'messages',
  'merges',
  'refused',
] as const;
type Count = (typeof COUNTS)[number];

const COLUMNS: readonly (readonly [ColumnKey, ColumnType])[] = [
  ['received', 'integer'],
  ['returning', 'integer'],
  ['returning_share', 'share'],
  ['waited', 'integer'],
  ['waited_share', 'share'],
  ['wait_average', 'duration'],
  ['wait_p90', 'duration'],
  ['wait_longest', 'duration'],
  ['waiting', 'integer'],
  ['in_time', 'integer'],
  ['late', 'integer'],
  ['service_level', 'share'],
  ['assigned', 'integer'],
  ['closed', 'integer'],
  ['missed', 'integer'],
  ['declined', 'integer'],
  ['handling_average', 'duration'],
  ['handling_p90', 'duration'],
  ['handling_longest', 'duration'],
  ['load_average', 'number'],
  ['capacity_average', 'number'],
  ['capacity_used', 'share'],
  ['queue_average', 'number'],
  ['messages', 'integer'],
  ['merges', 'integer'],
  ['refused', 'integer'],
];

/** Columns that are undefined for a single operator or a single source. */
const OF_THE_WHOLE: readonly ColumnKey[] = ['queue_average', 'messages', 'merges', 'refused'];
const NOT_OF: Partial<Record<Grouping, readonly ColumnKey[]>> = {
  operator: OF_THE_WHOLE,
  tag: OF_THE_WHOLE,
  source: ['capacity_average', 'capacity_used'],
};

/** The summary report: counts, waits and loads by group, with a total. */
export function summary(history: History, scope: Scope, beside: Beside): Table {
  const groups = groupsOf(history, scope, beside.names);
  const { group_by } = scope.query;
  const count = Object.fromEntries(COUNTS.map((name) => [name, new Float64Array(groups.count)])) as Record<Count, Float64Array>; // these names
  const waits = new Grouped(groups.count, history.contacts.size / 8);
  const handlings = new Grouped(groups.count, history.contacts.size);
  countContacts(history, scope, groups, count, waits, handlings);
  countAssignments(history, scope, groups, count.assigned);
  countRefusals(history, scope, groups, count);
  if (!scope.namesOperators) {
    countBeside(history, scope, groups, beside.messages, count.messages);
    countBeside(history, scope, groups, beside.merges, count.merges);
    countBeside(history, scope, groups, beside.refused, count.refused);
  }
  const period = periodOf(scope);
  const ofHour = isByTime(group_by) ? (hour: number) => groups.of(period.slots[hour] as number, 0, 0) : null;
  const loads = loadsOf(
    history,
    scope,
    period,
    { count: groups.count, ofHour, ofThing: (source, operator) => groups.of(0, source, operator) },
    beside.capacities,
  );

  const hidden = new Set<ColumnKey>(NOT_OF[group_by]);
  if (scope.namesOperators) for (const key of OF_THE_WHOLE) hidden.add(key);
  if (beside.messages.length === 0) hidden.add('messages'); // no rule joins any
  if (history.refusals.length === 0) for (const key of ['missed', 'declined'] as const) hidden.add(key); // no rule asks for accepting
  const columns = COLUMNS.filter(([key]) => !hidden.has(key));
  const waited = waits.byGroup();
  const handled = handlings.byGroup();
  const isSilent = (group: number) => COUNTS.every((name) => count[name][group] === 0) && loads.held[group] === 0 && loads.capacity[group] === 0;
  const rows = groups.rows
    .filter(({ isAlwaysShown, groups: its }) => isAlwaysShown || !its.every(isSilent))
    .map(({ label, groups: its }) => {
      const sumOf = (values: Float64Array) => its.reduce((sum, group) => sum + (values[group] as number), 0);
      const counts = Object.fromEntries(COUNTS.map((name) => [name, sumOf(count[name])])) as Record<Count, number>; // these names
      const all = (values: readonly Float64Array[]) => joined(its.map((group) => values[group] as Float64Array));
      const held = { held: sumOf(loads.held), queued: sumOf(loads.queued), capacity: sumOf(loads.capacity) };
      return { ...label, ...figures(counts, all(waited), all(handled), { ...held, lasted: loads.lasted[its[0] ?? 0] as number }) }; // the same for operators and sources
    });
  const sums = Object.fromEntries(COUNTS.map((name) => [name, count[name].reduce((sum, n) => sum + n, 0)])) as Record<Count, number>; // these names
  const lasted = period.askedBefore.at(-1) ?? 0;
  const total = figures(sums, waits.all(), handlings.all(), { ...sum(loads), lasted });
  return tableOf([...groups.columns, ...columns], rows, total);
}

/** Counts arrivals at their arrival time, for the first operator; closings at their closing time, for the operator who held the contact. */
function countContacts(history: History, scope: Scope, groups: Groups, count: Record<Count, Float64Array>, waits: Grouped, handlings: Grouped): void {
  const { contacts, decisions } = history;
  const { source, returning, at_once, created_at, first_assigned_at, closed_at, first_operator, last_decision } = contacts.column;
  const { at, operator } = decisions.column;
  const { slotOf, sources, operators, now, service_ms } = scope;
  const { received, returning: returned, waited, waiting, late, in_time, closed: ended } = count;
  for (let row = 0; row < contacts.size; row++) {
    const of = source[row] as number;
    if (!sources[of]) continue;
    const [created, closed] = [created_at[row] as number, closed_at[row] as number];
    const first = first_operator[row] as number;
    const arrived = operators[first] ? slotOf(created) : -1;
    if (arrived >= 0) {
      const group = groups.of(arrived, of, first);
      const assigned = first_assigned_at[row] as number;
      const ms = waitOf(created, assigned, closed, now);
      const isAssigned = !Number.isNaN(assigned);
      increment(received, group);
      if (returning[row]) increment(returned, group);
      if (history.isWaiting(row)) increment(waiting, group);
      if (!at_once[row]) {
        increment(waited, group);
        if (isAssigned || !Number.isNaN(closed)) waits.add(group, ms);
      }
      if (ms > service_ms) increment(late, group);
      else if (isAssigned) increment(in_time, group);
    }
    if (Number.isNaN(closed)) continue;
    const decision = last_decision[row] as number;
    const by = decision === NONE ? 0 : (operator[decision] as number);
    if (!operators[by]) continue;
    const slot = slotOf(closed);
    if (slot < 0) continue;
    const group = groups.of(slot, of, by);
    increment(ended, group);
    if (by !== 0) handlings.add(group, closed - (at[decision] as number));
  }
}

const increment = (counts: Float64Array, group: number): void => {
  counts[group] = (counts[group] as number) + 1;
};

/** Waiting time of a contact in milliseconds: until its first assignment, or until it was closed without one, or until now. Times are NaN when they have not occurred. */
export function waitOf(created: number, assigned: number, closed: number, now: number): number {
  if (!Number.isNaN(assigned)) return assigned - created;
  return Math.max(0, (Number.isNaN(closed) ? now : closed) - created);
}

/** Counts what operators did not accept or declined, when it went back to the queue. */
function countRefusals({ contacts, refusals }: History, scope: Scope, groups: Groups, counts: Readonly<Record<'missed' | 'declined', Float64Array>>): void {
  const { source } = contacts.column;
  for (const { cause, at, contact, operator: by } of refusals) {
    const of = source[contact] as number;
    const slot = scope.operators[by] && scope.sources[of] ? scope.slotOf(at) : -1;
    if (slot >= 0) increment(counts[cause], groups.of(slot, of, by));
  }
}

function countAssignments(history: History, scope: Scope, groups: Groups, assigned: Float64Array): void {
  const { contacts, decisions } = history;
  const { at, contact, operator } = decisions.column;
  const { source } = contacts.column;
  for (let row = 0; row < decisions.size; row++) {
    const by = operator[row] as number;
    if (by === 0 || !scope.operators[by]) continue;
    const of = source[contact[row] as number] as number;
    if (!scope.sources[of]) continue;
    const slot = scope.slotOf(at[row] as number);
    if (slot < 0) continue;
    const group = groups.of(slot, of, by);
    increment(assigned, group);
  }
}

function countBeside(history: History, scope: Scope, groups: Groups, facts: readonly { at: number; source_id: number | null }[], counts: Float64Array): void {
  for (const { at: moment, source_id } of facts) {
    const of = history.sources.of(source_id);
    if (!scope.sources[of]) continue;
    const slot = scope.slotOf(moment);
    if (slot < 0) continue;
    const group = groups.of(slot, of, 0);
    increment(counts, group);
  }
}

type LoadsOfOne = { readonly [K in keyof Loads]: number };

function joined(parts: readonly Float64Array[]): Float64Array {
  const [first, ...others] = parts;
  if (first && others.length === 0) return first;
  const all = new Float64Array(parts.reduce((length, part) => length + part.length, 0));
  let end = 0;
  for (const part of parts) {
    all.set(part, end);
    end += part.length;
  }
  return all;
}

function sum(loads: Loads): LoadsOfOne {
  const of = (values: Float64Array) => values.reduce((all, value) => all + value, 0);
  return { held: of(loads.held), queued: of(loads.queued), capacity: of(loads.capacity), lasted: of(loads.lasted) };
}

function figures(counts: Record<Count, number>, waits: Float64Array, handlings: Float64Array, loads: LoadsOfOne): Row {
  const wait = spread(waits);
  const handling = spread(handlings);
  return {
    ...counts,
    returning_share: ratio(counts.returning, counts.received),
    waited_share: ratio(counts.waited, counts.received),
    wait_average: wait.average,
    wait_p90: wait.p90,
    wait_longest: wait.longest,
    service_level: ratio(counts.in_time, counts.in_time + counts.late),
    handling_average: handling.average,
    handling_p90: handling.p90,
    handling_longest: handling.longest,
    load_average: ratio(loads.held, loads.lasted),
    capacity_average: ratio(loads.capacity, loads.lasted),
    capacity_used: ratio(loads.held, loads.capacity),
    queue_average: ratio(loads.queued, loads.lasted),
  };
}
