/** Tallies a day's decisions: waiting times until assignment and each operator's expected share. Pure. */
import type { DecisionKind } from '#shared/contract/entities.ts';
import type { Today } from '#shared/contract/today.ts';
import { entitlements } from '#shared/distribution/arrange.ts';
import type { StrategyName } from '#shared/distribution/strategies.ts';
import type { Candidate } from '#shared/distribution/table.ts';

/** A candidate without its load. */
export type Member = Omit<Candidate, 'load'>;

/** A roster as the tally counts it: indexes of its members' figures, and buffers that are reused for each of millions of decisions. */
export interface Members {
  readonly parts: readonly Part[];
  readonly table: readonly (Member & { load: number })[];
  readonly chances: number[];
}

export interface Decided {
  readonly contact_id: number;
  readonly at: number;
  /** when the contact came */
  readonly created_at: number;
  readonly kind: DecisionKind;
  readonly operator_id: number | null;
  /** the members' loads before the decision, in roster order */
  readonly loads: readonly number[];
  readonly strategy: StrategyName;
  /** the keys and bars that the table had for this contact; null: none */
  readonly arrange: ((table: readonly Candidate[]) => readonly Candidate[]) | null;
}

interface Part {
  drawn: number;
  expected: number;
  variance: number;
}

/** The running tally of one day. */
export class Tally {
  readonly day: string;
  readonly #parts = new Map<number, Part>();
  /** creation times of today's contacts that are not assigned yet, oldest first */
  readonly #waiting = new Map<number, number>();
  /** waiting times of today's contacts that queued and were assigned */
  readonly #waits: number[] = [];
  /** contacts of earlier days that were assigned today */
  readonly #earlier = new Set<number>();
  /** today's first contact: smaller ids are from earlier days */
  #first = Number.POSITIVE_INFINITY;
  #came = 0;
  #atOnce = 0;
  #draws = 0;

  constructor(day: string) {
    this.day = day;
  }

  /** Registers the members of a table, in its order, for use with `add`. */
  join(table: readonly Member[]): Members {
    return { parts: table.map(({ operator_id }) => this.#part(operator_id)), table: table.map((member) => ({ ...member, load: 0 })), chances: [] };
  }

  /** Adds one decision of the day. Call in order, each with the members of its table. */
  add(decided: Decided, members: Members): void {
    const { contact_id, at, created_at, kind, operator_id } = decided;
    const hasJustCome = kind === 'draw' || (kind === 'owner' && at === created_at && !this.#waiting.has(contact_id));
    if (hasJustCome) {
      this.#came += 1;
      this.#first = Math.min(this.#first, contact_id);
      if (operator_id === null) this.#waiting.set(contact_id, at);
      else this.#atOnce += 1;
    } else if (operator_id !== null) {
      if (contact_id < this.#first) this.#earlier.add(contact_id);
      const came_at = this.#waiting.get(contact_id);
      if (came_at !== undefined && this.#waiting.delete(contact_id)) this.#waits.push(at - came_at);
    }
    if (operator_id !== null && kind !== 'manual' && kind !== 'owner') this.#addDraw(decided, operator_id, members);
  }

  /** @param within_ms an assignment within this time of the contact's arrival counts as in time */
  figures(now: number, within_ms: number): Today {
    const inTime = this.#waits.filter((wait) => wait <= within_ms).length;
    let overdue = 0;
    for (const came_at of this.#waiting.values()) {
      if (now - came_at <= within_ms) break;
      overdue += 1;
    }
    return {
      day: this.day,
      came: this.#came,
      in_time: this.#atOnce + inTime,
      late: this.#waits.length - inTime + overdue,
      assigned: this.#atOnce + this.#waits.length + this.#earlier.size,
      draws: this.#draws,
      operators: [...this.#parts].filter(([, part]) => part.expected > 0).map(([operator_id, part]) => ({ operator_id, ...part })),
    };
  }

  #addDraw({ loads, strategy, arrange }: Decided, chosen: number, { parts, table, chances }: Members): void {
    this.#draws += 1;
    for (const [i, member] of table.entries()) {
      const load = loads[i];
      if (load === undefined) throw new Error('a decision has fewer loads than its table has members');
      member.load = load;
    }
    entitlements(arrange ? arrange(table) : table, strategy, chances);
    for (const [i, part] of parts.entries()) {
      const p = chances[i] ?? 0;
      if (p === 0) continue;
      part.expected += p;
      part.variance += p * (1 - p);
      if (table[i]?.operator_id === chosen) part.drawn += 1;
    }
  }

  #part(operator_id: number): Part {
    let part = this.#parts.get(operator_id);
    if (!part) {
      part = { drawn: 0, expected: 0, variance: 0 };
      this.#parts.set(operator_id, part);
    }
    return part;
  }
}
