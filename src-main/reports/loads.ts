/** Exact load and capacity over time since the history began, in slot-milliseconds by group. */
import type { CapacityFact } from '#store/tables/facts.ts';
import type { History } from './history.ts';
import { lengthOf, type Period, type Scope } from './scope.ts';

export interface Loads {
  /** by group: total time that slots were taken, in milliseconds; divided by `lasted`, the average load */
  readonly held: Float64Array;
  /** by group: total time that contacts waited, in milliseconds */
  readonly queued: Float64Array;
  /** by group: capacity over time, in slot-milliseconds */
  readonly capacity: Float64Array;
  /** by group: elapsed time, in milliseconds */
  readonly lasted: Float64Array;
}

/** Adds up time spans by group: directly where groups are operators or sources, hour by hour where groups are parts of the period. */
class Gatherer {
  readonly #period: Period;
  readonly #groupOfHour: Int32Array | null;
  readonly #sums: Float64Array;
  readonly #parts: Float64Array;
  /** difference array for spans that cover whole hours */
  readonly #whole: Float64Array;

  constructor(period: Period, groupOfHour: Int32Array | null, groups: number) {
    this.#period = period;
    this.#groupOfHour = groupOfHour;
    this.#sums = new Float64Array(groups);
    this.#parts = new Float64Array(groupOfHour ? groupOfHour.length : 0);
    this.#whole = new Float64Array(groupOfHour ? groupOfHour.length + 1 : 0);
  }

  /** Adds a span. @param group ignored where groups are parts of the period */
  add(from: number, until: number, group: number, times: number): void {
    const { hours, begin, askedUntil } = this.#period;
    if (!this.#groupOfHour) {
      this.#sums[group] = (this.#sums[group] as number) + (askedUntil(until) - askedUntil(from)) * times;
      return;
    }
    const [start, end] = [Math.max(from, hours.bounds[0] as number, begin), Math.min(until, hours.bounds[hours.locals.length] as number)];
    if (start >= end) return;
    const [first, last] = [hours.indexOf(start), hours.indexOf(end)];
    const parts = this.#parts;
    if (first === last) {
      parts[first] = (parts[first] as number) + (end - start) * times;
      return;
    }
    parts[first] = (parts[first] as number) + ((hours.bounds[first + 1] as number) - start) * times;
    parts[last] = (parts[last] as number) + (end - (hours.bounds[last] as number)) * times;
    this.#whole[first + 1] = (this.#whole[first + 1] as number) + times;
    this.#whole[last] = (this.#whole[last] as number) - times;
  }

  byGroup(): Float64Array {
    const { slots } = this.#period;
    let level = 0;
    this.#groupOfHour?.forEach((group, i) => {
      level += this.#whole[i] as number;
      if ((slots[i] as number) >= 0) this.#sums[group] = (this.#sums[group] as number) + (this.#parts[i] as number) + level * lengthOf(this.#period, i);
    });
    return this.#sums;
  }
}

export interface Grouping {
  /** groups are numbered 0 … count - 1 */
  readonly count: number;
  /** where groups are parts of the period: the group of an hour; null: groups are operators or sources */
  readonly ofHour: ((hour: number) => number) | null;
  /** where groups are operators or sources: the group of a source number and operator number */
  readonly ofThing: (source: number, operator: number) => number;
}

/** Integrates load and capacity over the hours of a period, by group, in milliseconds of occupied and of existing slots. */
export function loadsOf(history: History, scope: Scope, period: Period, groups: Grouping, capacities: readonly CapacityFact[]): Loads {
  const { contacts, decisions } = history;
  const { hours, slots } = period;
  const { ofHour, ofThing } = groups;
  const groupOfHour = ofHour && Int32Array.from(hours.locals, (_, i) => ((slots[i] as number) >= 0 ? ofHour(i) : 0));
  const gather = () => new Gatherer(period, groupOfHour, groups.count);
  const [held, queued, capacity] = [gather(), gather(), gather()];

  const { at, until, contact, operator, cost } = decisions.column;
  const { source } = contacts.column;
  const [begin, end] = [hours.bounds[0] as number, hours.bounds[hours.locals.length] as number];
  for (let row = 0; row < decisions.size; row++) {
    const from = at[row] as number;
    if (from >= end) continue;
    const left = until[row] as number;
    const to = left < end ? left : end; // NaN: still current
    if (to <= begin) continue;
    const [from_source, by] = [source[contact[row] as number] as number, operator[row] as number];
    if (!scope.sources[from_source]) continue;
    if (by === 0) {
      if (!scope.namesOperators) queued.add(from, to, ofThing(from_source, 0), 1);
    } else if (scope.operators[by]) held.add(from, to, ofThing(from_source, by), cost[row] as number);
  }
  for (const { operator: by, from, until: to, capacity: times } of spansOf(history, capacities, end))
    if (scope.operators[by]) capacity.add(from, to, ofThing(0, by), times);

  const lasted = new Float64Array(groups.count);
  if (groupOfHour)
    groupOfHour.forEach((group, i) => {
      if ((slots[i] as number) >= 0) lasted[group] = (lasted[group] as number) + lengthOf(period, i);
    });
  else lasted.fill(period.askedBefore[hours.locals.length] as number);
  return { held: held.byGroup(), queued: queued.byGroup(), capacity: capacity.byGroup(), lasted };
}

/** Spans of constant capacity for each operator number. */
function* spansOf(
  history: History,
  facts: readonly CapacityFact[],
  end: number,
): Generator<{ operator: number; from: number; until: number; capacity: number }> {
  const last = new Map<number, CapacityFact>();
  const span = (fact: CapacityFact, until: number) => ({ operator: history.operators.of(fact.operator_id), from: fact.at, until, capacity: fact.capacity });
  for (const fact of facts) {
    const before = last.get(fact.operator_id);
    if (before && before.capacity > 0) yield span(before, fact.at);
    last.set(fact.operator_id, fact);
  }
  for (const fact of last.values()) if (fact.capacity > 0 && fact.at < end) yield span(fact, end);
}
