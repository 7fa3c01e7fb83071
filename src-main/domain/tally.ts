/** Counts a day's decisions: how soon those who came were assigned, and what chance should have given each operator. Pure. */
import type { DecisionKind } from '#shared/contract/entities.ts';
import type { Today } from '#shared/contract/today.ts';
import { usualStrategy } from '#shared/distribution/strategies.ts';
import type { Candidate } from '#shared/distribution/table.ts';

/** What a table knows of an operator besides its load. */
export type Member = Omit<Candidate, 'load'>;

/** A roster as this tally counts it: where its members' figures are kept, and the room for one decision after the other, of which there are millions. */
export interface Members {
  readonly parts: readonly Part[];
  readonly table: readonly (Member & { load: number })[];
  readonly chances: number[];
}

export interface Decided {
  readonly contact_id: number;
  readonly at: number;
  readonly kind: DecisionKind;
  readonly operator_id: number | null;
  /** loads of the members before the decision, in their order */
  readonly loads: readonly number[];
}

interface Part {
  drawn: number;
  expected: number;
  variance: number;
}

export class Tally {
  readonly day: string;
  readonly #parts = new Map<number, Part>();
  /** when each contact of today came that nobody has got yet, oldest first */
  readonly #waiting = new Map<number, number>();
  /** how long those waited who came today, waited, and were assigned */
  readonly #waits: number[] = [];
  /** who came on an earlier day and was assigned on this one */
  readonly #earlier = new Set<number>();
  /** the first who came today: whoever has a smaller id came earlier */
  #first = Number.POSITIVE_INFINITY;
  #came = 0;
  #atOnce = 0;
  #draws = 0;

  constructor(day: string) {
    this.day = day;
  }

  /** The members of a table, in its order, for `add`. */
  join(table: readonly Member[]): Members {
    return { parts: table.map(({ operator_id }) => this.#part(operator_id)), table: table.map((member) => ({ ...member, load: 0 })), chances: [] };
  }

  /** Takes the decisions of the day in their order, each with the members of its table. */
  add(decided: Decided, members: Members): void {
    const { contact_id, at, kind, operator_id } = decided;
    if (kind === 'draw') {
      this.#came += 1;
      this.#first = Math.min(this.#first, contact_id);
      if (operator_id === null) this.#waiting.set(contact_id, at);
      else this.#atOnce += 1;
    } else if (operator_id !== null) {
      if (contact_id < this.#first) this.#earlier.add(contact_id);
      const came_at = this.#waiting.get(contact_id);
      if (came_at !== undefined && this.#waiting.delete(contact_id)) this.#waits.push(at - came_at);
    }
    if (operator_id !== null && kind !== 'manual') this.#addDraw(decided, operator_id, members);
  }

  /** @param within_ms an assignment no later than this after the contact came is in time */
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

  #addDraw({ loads }: Decided, chosen: number, { parts, table, chances }: Members): void {
    this.#draws += 1;
    for (const [i, member] of table.entries()) {
      const load = loads[i];
      if (load === undefined) throw new Error('a decision has fewer loads than its table has members');
      member.load = load;
    }
    usualStrategy.chances(table, chances);
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
