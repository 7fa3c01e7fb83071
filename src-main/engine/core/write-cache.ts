import { type Board, candidates as candidatesOf } from '#shared/board.ts';
import { creditsAfter } from '#shared/distribution/strategies/even.ts';
import type { Candidate } from '#shared/distribution/table.ts';
import { type Effect, effectKind } from '#shared/effects/effects.ts';
import { type JournalTail, noTail } from '#store/journal/journal.ts';
import type { ContactClass } from '#store/tables/contact-classes.ts';
import type { Roster } from '#store/tables/decisions.ts';
import type { Past } from '#store/tables/pasts.ts';
import type { Savings } from './contact-table.ts';
import { WaitingHeads } from './waiting-heads.ts';

const CLASSES_CACHED = 10_000;

interface Table {
  readonly rows: Candidate[];
  /** index by operator id */
  readonly places: ReadonlyMap<number, number>;
}

/**
 * Cache that writes share: the last link of the journal's chain, the latest decision, the roster
 * row of each source's table, and the tables. Call `forget` after any rollback.
 */
export class WriteCache {
  readonly #rosters = new Map<number, Roster>();
  readonly #tables = new Map<number, Table>();
  /** credits by source and operator, see even.ts */
  readonly #credits = new Map<number, Map<number, number>>();
  /** sources with waiting contacts that were returned to the queue; null: not cached */
  #returned: ReadonlySet<number> | null = null;
  /** of contacts that were returned to the queue, by id */
  readonly #pasts = new Map<number, Past>();
  /** by id; they never change */
  readonly #classes = new Map<number, ContactClass>();
  readonly heads = new WaitingHeads();
  tail: JournalTail = noTail();
  /** id of the latest decision; null: not cached */
  decision: number | null = null;
  /** when the latest contact arrived, in epoch milliseconds; null: not cached */
  arrival: number | null = null;

  /** whether a value is marked as shared; null: not cached */
  hasShared: boolean | null = null;
  /** whether there may be contacts that take more than one slot; null: not cached */
  hasCosts: boolean | null = null;
  /** whom the queue was last drained without, see savings.ts; null: not cached */
  savings: Savings | null = null;
  /** whether any contact has further messages; null: not cached */
  hasMessages: boolean | null = null;

  forget(): void {
    this.#rosters.clear();
    this.#tables.clear();
    this.#credits.clear();
    this.#returned = null;
    this.#pasts.clear();
    this.forgetClasses();
    this.tail = noTail();
    this.decision = null;
    this.arrival = null;
    this.hasShared = null;
    this.hasCosts = null;
    this.savings = null;
    this.hasMessages = null;
  }

  /** All operators with a competence for the source, from the board, by operator id. Valid until the next effect. */
  table(board: Board, source_id: number): readonly Candidate[] {
    let table = this.#tables.get(source_id);
    if (!table) {
      const rows = candidatesOf(board, source_id);
      table = { rows, places: new Map(rows.map(({ operator_id }, i) => [operator_id, i])) };
      this.#tables.set(source_id, table);
    }
    return table.rows;
  }

  /** The roster row for the source's table; the latest row is reused while the configuration is unchanged. */
  roster(source_id: number, insert: () => Roster): Roster {
    let roster = this.#rosters.get(source_id);
    if (!roster) {
      roster = insert();
      this.#rosters.set(source_id, roster);
    }
    return roster;
  }

  /** The credits of the source's operators, in billionths of a contact. */
  credits(source_id: number, read: () => Map<number, number>): ReadonlyMap<number, number> {
    let credits = this.#credits.get(source_id);
    if (!credits) {
      credits = read();
      this.#credits.set(source_id, credits);
    }
    return credits;
  }

  /** Notes a decision under a strategy that reads credits. @param table with its keys */
  noteCredits(source_id: number, table: readonly Candidate[], chosen: number | null): void {
    if (chosen === null) return;
    const known = this.#credits.get(source_id);
    const after = creditsAfter(table, chosen);
    for (const [i, { operator_id, key = 0 }] of table.entries()) if (after[i] !== 0 - key) known?.set(operator_id, after[i] ?? 0);
  }

  past(contact_id: number, read: () => Past): Past {
    const past = this.#pasts.get(contact_id) ?? read();
    this.#pasts.set(contact_id, past);
    return past;
  }

  /** At most `CLASSES_CACHED` of them: their number is not limited. */
  contactClass(class_id: number, read: () => ContactClass): ContactClass {
    const known = this.#classes.get(class_id) ?? read();
    if (this.#classes.size >= CLASSES_CACHED) this.#classes.clear();
    this.#classes.set(class_id, known);
    return known;
  }

  forgetClasses(): void {
    this.#classes.clear();
    this.heads.forget();
  }

  /** Whether a waiting contact of the source was put back into the queue. */
  hasReturned(source_id: number, read: () => readonly number[]): boolean {
    this.#returned ??= new Set(read());
    return this.#returned.has(source_id);
  }

  /** Updates the cache after an effect. @param board the board after the effect */
  follow(effect: Effect, board: Board): void {
    const { loads, candidates, queuesAgain } = effectKind(effect.kind);
    if (effect.kind === 'rule_saved') this.hasCosts = null;
    if (queuesAgain?.(effect)) this.#returned = null;
    if ('decision' in effect) {
      this.#pasts.delete(effect.decision.contact_id);
      this.heads.left(effect.decision.contact_id);
    } else if (effect.kind === 'contact_closed') this.heads.left(effect.contact_id);
    loads?.(effect, (operator_id) => this.#noteLoad(board, operator_id));
    const changed = candidates?.(effect);
    // an operator who has no competence at a decision loses the credit: those of the latest decision are read again
    if (changed === 'all') {
      this.#rosters.clear();
      this.#tables.clear();
      this.#credits.clear();
    } else if (changed !== undefined) {
      this.#rosters.delete(changed);
      this.#tables.delete(changed);
      this.#credits.delete(changed);
    }
  }

  #noteLoad(board: Board, operator_id: number): void {
    const load = board.operators[operator_id]?.load;
    for (const { rows, places } of this.#tables.values()) {
      const place = places.get(operator_id);
      const row = place === undefined ? undefined : rows[place];
      if (place !== undefined && row && load !== undefined) rows[place] = { ...row, load };
    }
  }
}
