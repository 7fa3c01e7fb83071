/** Reports recounted the slow way: from the rows, with the runtime's own calendar, minute by minute. For histories of whole minutes. */
import type { ReportQuery } from '#shared/contract/reports.ts';
import { entitlements } from '#shared/distribution/arrange.ts';
import { DECISIONS, type DecisionRow, tableOf } from '#store/tables/decisions.ts';
import { ruleFrom } from '#store/tables/rules.ts';
import type { ReportingDesk } from './reporting-desk.ts';

const MINUTE = 60_000;

interface ContactRow {
  id: number;
  source_id: number;
  made_lead: number;
  created_at: number;
  closed_at: number | null;
}
type Decision = DecisionRow & { until: number };
interface Local {
  day: string;
  hour: number;
  minute: number;
  weekday: number;
}

const WEEKDAYS = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'];

function calendarOf(timeZone: string): (at: number) => Local {
  const format = new Intl.DateTimeFormat('en-CA', {
    timeZone,
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    weekday: 'short',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  });
  const known = new Map<number, Local>();
  return (at) => {
    let local = known.get(at);
    if (!local) {
      const part = Object.fromEntries(format.formatToParts(at).map(({ type, value }) => [type, value]));
      local = {
        day: `${part.year}-${part.month}-${part.day}`,
        hour: Number(part.hour),
        minute: Number(part.minute),
        weekday: WEEKDAYS.indexOf(part.weekday ?? '') + 1,
      };
      known.set(at, local);
    }
    return local;
  };
}

const mondayOf = ({ day, weekday }: Local): string => new Date(Date.parse(day) - (weekday - 1) * 86_400_000).toISOString().slice(0, 10);
const p90 = (values: number[]): number | null => values.sort((a, b) => a - b)[Math.ceil(0.9 * values.length) - 1] ?? null;
const mean = (values: number[]): number | null => (values.length === 0 ? null : values.reduce((sum, one) => sum + one, 0) / values.length);
const ratio = (part: number, whole: number): number | null => (whole > 0 ? part / whole : null);

/** Key of the row of operators without tags. */
export const NO_TAGS = '(no tags)';

export class Recount {
  readonly #query: ReportQuery;
  readonly #now: number;
  readonly #service_ms: number;
  readonly #local: (at: number) => Local;
  readonly #contacts: ContactRow[];
  readonly #decisions: Decision[];
  readonly #reporting: ReportingDesk;

  constructor(reporting: ReportingDesk, query: ReportQuery) {
    this.#reporting = reporting;
    this.#query = query;
    this.#now = reporting.desk.now;
    this.#service_ms = (query.service_seconds ?? 20) * 1000;
    this.#local = calendarOf(reporting.timeZone);
    this.#contacts = reporting.desk.rows<ContactRow>('SELECT id, source_id, made_lead, created_at, closed_at FROM contacts ORDER BY id');
    const rows = reporting.desk.rows<DecisionRow>(`${DECISIONS} ORDER BY d.id`);
    this.#decisions = rows
      .map((row) => {
        const next = rows.find((other) => other.contact_id === row.contact_id && other.id > row.id);
        return { ...row, until: next?.at ?? this.#contact(row.contact_id).closed_at ?? this.#now };
      })
      .filter(({ kind }) => kind !== 'closed_by_rule'); // nobody holds the contact, and it does not wait
  }

  #contact(id: number): ContactRow {
    const contact = this.#contacts.find((one) => one.id === id);
    if (!contact) throw new Error(`contact ${id} is missing`);
    return contact;
  }

  #isWaiting({ id, closed_at }: Pick<ContactRow, 'id' | 'closed_at'>): boolean {
    return closed_at === null && (this.#decisions.findLast(({ contact_id }) => contact_id === id)?.operator_id ?? null) === null;
  }

  #isAsked(at: number): boolean {
    const { day, hour, weekday } = this.#local(at);
    const { from, to, hours, weekdays } = this.#query;
    return day >= from && day <= to && (hours?.includes(hour) ?? true) && (weekdays?.includes(weekday) ?? true);
  }

  #isOf(source_id: number, operator_id: number): boolean {
    const { source_ids, operator_ids } = this.#query;
    return (source_ids?.includes(source_id) ?? true) && (operator_ids?.includes(operator_id) ?? true);
  }

  /** The rows that count something; '' is taken by the total. */
  #key(at: number, source_id: number, operator_id: number): string | number | string[] {
    const local = this.#local(at);
    switch (this.#query.group_by) {
      case 'tag': {
        if (operator_id === 0) return 0;
        const [row] = this.#reporting.desk.rows<{ tags: string }>('SELECT tags FROM operators WHERE id = ?', operator_id);
        const tags = JSON.parse(row?.tags ?? '[]') as string[];
        return tags.length === 0 ? NO_TAGS : tags.map((tag) => tag.toLowerCase());
      }
      case 'operator':
        return operator_id;
      case 'source':
        return source_id;
      case 'hour':
        return local.hour;
      case 'weekday':
        return local.weekday;
      case 'day':
        return local.day;
      case 'week':
        return mondayOf(local);
      case 'month':
        return `${local.day.slice(0, 7)}-01`;
    }
  }

  /** The expected rows of the summary, by key; '' is the total. */
  summary(): Map<string | number, Record<string, string | number | null>> {
    const counts = new Map<string | number, Record<string, number>>();
    const waits = new Map<string | number, number[]>();
    const handlings = new Map<string | number, number[]>();
    const each = (key: string | number | string[]) => (key === '' ? [key] : [key, ''].flat());
    const add = (key: string | number | string[], name: string, n = 1) => {
      for (const of of each(key)) {
        const row = counts.get(of) ?? {};
        row[name] = (row[name] ?? 0) + n;
        counts.set(of, row);
      }
    };
    const collect = (into: Map<string | number, number[]>, key: string | number | string[], value: number) => {
      for (const of of each(key)) into.set(of, [...(into.get(of) ?? []), value]);
    };
    for (const contact of this.#contacts) {
      const mine = this.#decisions.filter(({ contact_id }) => contact_id === contact.id);
      const first = mine.find(({ operator_id }) => operator_id !== null);
      const last = mine.at(-1);
      if (this.#isAsked(contact.created_at) && this.#isOf(contact.source_id, first?.operator_id ?? 0)) {
        const key = this.#key(contact.created_at, contact.source_id, first?.operator_id ?? 0);
        const waited = (first?.at ?? contact.closed_at ?? this.#now) - contact.created_at;
        add(key, 'received');
        add(key, 'returning', 1 - contact.made_lead);
        const isAtOnce = mine[0] !== undefined && mine[0].operator_id !== null;
        if (!isAtOnce) add(key, 'waited');
        if (this.#isWaiting(contact)) add(key, 'waiting');
        if (!isAtOnce && (first || contact.closed_at !== null)) collect(waits, key, waited);
        if (waited > this.#service_ms) add(key, 'late');
        else if (first) add(key, 'in_time');
      }
      if (contact.closed_at !== null && this.#isAsked(contact.closed_at) && this.#isOf(contact.source_id, last?.operator_id ?? 0)) {
        const key = this.#key(contact.closed_at, contact.source_id, last?.operator_id ?? 0);
        add(key, 'closed');
        if (last?.operator_id) collect(handlings, key, contact.closed_at - last.at);
      }
    }
    for (const { at, operator_id, source_id } of this.#decisions)
      if (operator_id !== null && this.#isAsked(at) && this.#isOf(source_id, operator_id)) add(this.#key(at, source_id, operator_id), 'assigned');
    for (const { at, cause, contact_id, id, source_id } of this.#decisions) {
      const holder = this.#decisions.findLast((one) => one.contact_id === contact_id && one.id < id)?.operator_id ?? 0;
      if ((cause === 'missed' || cause === 'declined') && this.#isAsked(at) && this.#isOf(source_id, holder)) add(this.#key(at, source_id, holder), cause);
    }
    this.#addLoads(add);
    return new Map(
      [...counts].map(([key, row]) => {
        const [wait, handling] = [waits.get(key) ?? [], handlings.get(key) ?? []];
        const n = (name: string) => row[name] ?? 0;
        return [
          key,
          {
            ...Object.fromEntries(['received', 'returning', 'waited', 'waiting', 'in_time', 'late', 'assigned', 'closed'].map((name) => [name, n(name)])),
            ...(this.#decisions.some(({ cause }) => cause !== null && cause !== 'no_answer') && { missed: n('missed'), declined: n('declined') }),
            service_level: ratio(n('in_time'), n('in_time') + n('late')),
            wait_average: mean(wait),
            wait_p90: p90(wait),
            wait_longest: wait.length === 0 ? null : Math.max(...wait),
            handling_average: mean(handling),
            handling_p90: p90(handling),
            handling_longest: handling.length === 0 ? null : Math.max(...handling),
            load_average: ratio(n('held'), n('lasted')),
            capacity_used: ratio(n('held'), n('capacity')),
            queue_average: ratio(n('queued'), n('lasted')),
            ...(this.#query.group_by === 'tag' && key !== '' && { operator_ids: this.#operatorsOf(key) }),
          },
        ];
      }),
    );
  }

  /** Ids of the operators whom a row by tag counts. */
  #operatorsOf(key: string | number): string | number {
    if (key === 0) return 0;
    const all = this.#reporting.desk
      .rows<{ id: number; tags: string }>('SELECT id, tags FROM operators ORDER BY id')
      .map(({ id, tags }) => ({ id, tags: JSON.parse(tags) as string[] }));
    const has = (tags: string[]) => (key === NO_TAGS ? tags.length === 0 : tags.some((tag) => tag.toLowerCase() === key));
    const ids = all.filter(({ id, tags }) => has(tags) && (this.#query.operator_ids?.includes(id) ?? true)).map(({ id }) => id);
    return ids.length === 1 ? (ids[0] ?? 0) : ids.join(', ');
  }

  #addLoads(add: (key: string | number | string[], name: string, n: number) => void): void {
    const byTime = !['operator', 'tag', 'source'].includes(this.#query.group_by);
    for (const { at, held, queued, room } of this.#minutes()) {
      add(byTime ? this.#key(at, 0, 0) : '', 'lasted', 1);
      for (const { source_id, operator_id, cost } of held) add(this.#key(at, source_id, operator_id ?? 0), 'held', cost ?? 1);
      for (const { source_id } of queued) add(this.#key(at, source_id, 0), 'queued', 1);
      for (const [operator_id, capacity] of room) add(this.#key(at, 0, operator_id), 'capacity', capacity);
    }
  }

  /** Each minute in scope since the first change, with the contacts held and waiting and the capacity. */
  *#minutes(): Generator<{ at: number; held: Decision[]; queued: Decision[]; room: [operator_id: number, capacity: number][] }> {
    const saved = this.#reporting.desk
      .rows<{ at: number; operator_id: number; data: string }>("SELECT at, operator_id, data FROM journal WHERE kind = 'operator_saved' ORDER BY revision")
      .map(({ at, operator_id, data }) => {
        const { after } = JSON.parse(data) as { after: { is_active: boolean; max_load: number } };
        return { at, operator_id, capacity: after.is_active ? after.max_load : 0 };
      });
    const changes = this.#reporting.desk.rows<{ at: number }>('SELECT at FROM journal ORDER BY revision LIMIT 1');
    const begin = Math.min(this.#now, ...[...changes.map(({ at }) => at), ...this.#contacts.map(({ created_at }) => created_at)]);
    const { operator_ids } = this.#query;
    for (let at = begin; at < this.#now; at += MINUTE) {
      if (!this.#isAsked(at)) continue;
      const there = this.#decisions.filter((one) => one.at <= at && one.until > at && this.#isOf(one.source_id, one.operator_id ?? operator_ids?.[0] ?? 0));
      const room = [...new Set(saved.map((one) => one.operator_id))]
        .filter((operator_id) => operator_ids?.includes(operator_id) ?? true)
        .map((operator_id): [number, number] => [operator_id, saved.findLast((one) => one.operator_id === operator_id && one.at <= at)?.capacity ?? 0]);
      yield {
        at,
        held: there.filter(({ operator_id }) => operator_id !== null),
        queued: operator_ids ? [] : there.filter(({ operator_id }) => operator_id === null),
        room: room.filter(([, capacity]) => capacity > 0),
      };
    }
  }

  /** Arrivals in scope, with their waiting times. */
  #arrivals(): { at: number; waited: number; isWaiting: boolean }[] {
    return this.#contacts.flatMap(({ id, source_id, created_at, closed_at }) => {
      const first = this.#decisions.find(({ contact_id, operator_id }) => contact_id === id && operator_id !== null);
      if (!this.#isAsked(created_at) || !this.#isOf(source_id, first?.operator_id ?? 0)) return [];
      return [{ at: created_at, waited: (first?.at ?? closed_at ?? this.#now) - created_at, isWaiting: this.#isWaiting({ id, closed_at }) }];
    });
  }

  /** Waits by class. @param classes as in the report */
  waits(classes: readonly (readonly [from: number, to: number | null])[]): Map<number, Record<string, number | null>> {
    const arrivals = this.#arrivals();
    return new Map(
      classes.map(([from, to]) => {
        const mine = arrivals.filter(({ waited }) => waited >= from && (to === null || waited < to));
        return [from, { received: mine.length, share: ratio(mine.length, arrivals.length), waiting: mine.filter(({ isWaiting }) => isWaiting).length }];
      }),
    );
  }

  /** Heat map by hour of the week: `1 0` is Monday at midnight. */
  heatMap(): Map<string, Record<string, number | null>> {
    const [received, minutes] = [new Map<string, number>(), new Map<string, number>()];
    const name = (at: number) => `${this.#local(at).weekday} ${this.#local(at).hour}`;
    for (const { at } of this.#arrivals()) received.set(name(at), (received.get(name(at)) ?? 0) + 1);
    for (const { at } of this.#minutes()) minutes.set(name(at), (minutes.get(name(at)) ?? 0) + 1);
    return new Map([...minutes].map(([key, lasted]) => [key, { received: received.get(key) ?? 0, per_hour: (received.get(key) ?? 0) / (lasted / 60) }]));
  }

  /** The start of the hour, or of the part of it, that contains a moment. */
  #hourOf(at: number): number {
    const [now, before] = [this.#local(at), this.#local(at - MINUTE)];
    return now.hour === before.hour && now.minute === before.minute + 1 ? this.#hourOf(at - MINUTE) : at;
  }

  /** Load by start of each part of an hour: setting the clock back starts a separate part. */
  load(): Map<number, Record<string, number | null>> {
    const pieces: { from: number; since: number; until: number; held: number; queued: number; capacity: number }[] = [];
    for (const { at, held, queued, room } of this.#minutes()) {
      const [before, now, last] = [this.#local(at - MINUTE), this.#local(at), pieces.at(-1)];
      const goesOn = last?.until === at && before.hour === now.hour && before.minute + 1 === now.minute;
      const piece = goesOn ? last : { from: pieces.length === 0 ? this.#hourOf(at) : at, since: at, until: at, held: 0, queued: 0, capacity: 0 };
      if (!goesOn) pieces.push(piece);
      piece.until = at + MINUTE;
      piece.held += held.reduce((sum, { cost }) => sum + (cost ?? 1), 0);
      piece.queued += queued.length;
      piece.capacity += room.reduce((sum, [, capacity]) => sum + capacity, 0);
    }
    const arrivals = this.#arrivals();
    return new Map(
      pieces.map(({ from, since, until, held, queued, capacity }) => {
        const lasted = (until - since) / MINUTE;
        return [
          from,
          {
            received: arrivals.filter(({ at }) => at >= from && at < until).length,
            load_average: held / lasted,
            capacity_average: capacity / lasted,
            capacity_used: ratio(held, capacity),
            queue_average: this.#query.operator_ids ? null : queued / lasted,
          },
        ];
      }),
    );
  }

  /** Draws by operator: number won, expectation, p-value, and the reasons for being passed over. */
  fairness(): Map<number, Record<string, number | null>> {
    const counts = new Map<number, Record<string, number>>();
    const chances = new Map<number, number[]>();
    const add = (operator_id: number, name: string, n: number) => {
      const row = counts.get(operator_id) ?? {};
      row[name] = (row[name] ?? 0) + n;
      counts.set(operator_id, row);
    };
    let draws = 0;
    for (const decision of this.#decisions) {
      if (!this.#isAsked(decision.at) || !(this.#query.source_ids?.includes(decision.source_id) ?? true)) continue;
      if (decision.kind === 'manual') {
        if (decision.operator_id) add(decision.operator_id, 'by_hand', 1);
        continue;
      }
      if (decision.kind === 'owner') {
        add(decision.operator_id ?? 0, 'to_owner', 1);
        continue;
      }
      if (decision.kind === 'returned') continue;
      const table = tableOf(decision);
      const weights = table.reduce((sum, { weight }) => sum + weight, 0);
      const shares = entitlements(table, decision.content === null ? 'weighted' : ruleFrom(decision.content).strategy);
      for (const [i, { operator_id, weight, load, max_load, is_active, cost = 1 }] of table.entries()) {
        if (decision.operator_id === null) {
          add(operator_id, 'nobody_eligible', 1);
          continue;
        }
        add(operator_id, 'by_weight', weight / weights);
        if (weight === 0) add(operator_id, 'passed_zero_weight', 1);
        else if (!is_active) add(operator_id, 'passed_inactive', 1);
        else if (load + cost > max_load) add(operator_id, 'passed_full', 1);
        else if (shares[i] === 0) add(operator_id, 'passed_rule', 1);
        else {
          add(operator_id, 'eligible', 1);
          chances.set(operator_id, [...(chances.get(operator_id) ?? []), shares[i] ?? 0]);
        }
      }
      if (decision.operator_id) add(decision.operator_id, 'drawn', 1);
      if (decision.operator_id) draws += 1;
    }
    const asked = [...counts].filter(([operator_id]) => this.#query.operator_ids?.includes(operator_id) ?? true);
    return new Map(
      asked.map(([operator_id, row]) => {
        const each = chances.get(operator_id) ?? [];
        const n = (name: string) => row[name] ?? 0;
        const expected = each.reduce((sum, p) => sum + p, 0);
        const isChance = each.some((p) => p < 1);
        return [
          operator_id,
          {
            ...Object.fromEntries(
              ['drawn', 'eligible', 'passed_full', 'passed_rule', 'passed_inactive', 'passed_zero_weight', 'nobody_eligible', 'by_hand', 'to_owner'].map(
                (name) => [name, n(name)],
              ),
            ),
            expected,
            drawn_share: ratio(n('drawn'), draws),
            expected_share: ratio(expected, draws),
            weight_share: ratio(n('by_weight'), draws),
            p_value: isChance ? twoSided(each, n('drawn')) : null,
          },
        ];
      }),
    );
  }
}

/** Two-sided p-value (doubled tail), computed draw by draw. */
function twoSided(each: readonly number[], drawn: number): number {
  let chances = [1];
  for (const p of each) chances = [...chances, 0].map((same, k) => same * (1 - p) + (chances[k - 1] ?? 0) * p);
  const sum = (from: number, to: number) => chances.slice(from, to).reduce((all, one) => all + one, 0);
  return Math.min(1, 2 * Math.min(sum(0, drawn + 1), sum(drawn, each.length + 1)));
}
