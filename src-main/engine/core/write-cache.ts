import { type Board, type BoardOperator, candidates as candidatesOf } from '#shared/board.ts';
import { withKey } from '#shared/distribution/arrange.ts';
import { creditsAfter } from '#shared/distribution/strategies/even.ts';
import { strategies } from '#shared/distribution/strategies.ts';
import type { Memory } from '#shared/distribution/strategy.ts';
import type { Candidate } from '#shared/distribution/table.ts';
import { type Effect, effectKind } from '#shared/effects/effects.ts';
import { isAbsent } from '#shared/operator-hours.ts';
import { type JournalTail, noTail } from '#store/journal/journal.ts';
import type { Reading } from '#store/sqlite/open.ts';
import type { ContactClass } from '#store/tables/contact-classes.ts';
import { firstDue } from '#store/tables/deadlines.ts';
import type { Roster } from '#store/tables/decisions.ts';
import type { Past } from '#store/tables/pasts.ts';
import type { Savings } from './contact-table.ts';
import { WaitingHeads } from './waiting-heads.ts';

const CLASSES_CACHED = 10_000;

type Keyed = Candidate & { key: number };

interface Table {
  readonly rows: Candidate[];
  /** the rows with the keys of the source's strategy, kept up to date; null: not asked for */
  keyed: Keyed[] | null;
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
  /** whether there may be deadlines; null: not cached */
  hasDeadlines: boolean | null = null;
  /** operators whose shift is over and whose contacts are for others; null: not cached */
  #absent: Set<number> | null = null;

  forget(): void {
    this.#rosters.clear();
    this.#tables.clear();
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
    this.hasDeadlines = null;
    this.#absent = null;
  }

  /** Operators whose shift is over and whose contacts are for others. */
  absent(board: Board): ReadonlySet<number> {
    this.#absent ??= new Set(Object.values(board.operators).flatMap((one) => (isAbsent(one) ? one.id : [])));
    return this.#absent;
  }

  /** Whether there may be deadlines. */
  deadlines(db: Reading): boolean {
    this.hasDeadlines ??= firstDue(db) !== null;
    return this.hasDeadlines;
  }

  /** All operators with a competence for the source, from the board, by operator id. Valid until the next effect. */
  table(board: Board, source_id: number): readonly Candidate[] {
    return this.#table(board, source_id).rows;
  }

  /** The same with the keys of the source's strategy. Valid until the next effect or `noteCredits`. @param readCredits by operator, see even.ts */
  keyed(board: Board, source_id: number, readCredits: () => ReadonlyMap<number, number>): readonly Candidate[] {
    const table = this.#table(board, source_id);
    const rule = board.rules[source_id];
    const strategy = rule && strategies[rule.strategy];
    if (!strategy?.key) return table.rows;
    if (!table.keyed) {
      const credits = strategy.reads === 'credit' ? readCredits() : null;
      const memory = memoryOf(board, (operator_id) => credits?.get(operator_id) ?? 0);
      const keyOf = strategy.key;
      table.keyed = table.rows.map((row) => withKey(row, keyOf(row, memory)));
    }
    return table.keyed;
  }

  #table(board: Board, source_id: number): Table {
    let table = this.#tables.get(source_id);
    if (!table) {
      const rows = candidatesOf(board, source_id);
      table = { rows, keyed: null, places: new Map(rows.map(({ operator_id }, i) => [operator_id, i])) };
      this.#tables.set(source_id, table);
    }
    return table;
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

  /** Notes a decision under a strategy that reads credits. @param table with its keys, which may be the cached one */
  noteCredits(source_id: number, table: readonly Candidate[], chosen: number): void {
    const keyed = this.#tables.get(source_id)?.keyed;
    if (!keyed) return;
    let place = 0;
    for (const credit of creditsAfter(table, chosen)) {
      const row = keyed[place++];
      if (row) row.key = 0 - credit;
    }
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
    if (effect.kind === 'operator_saved') this.#noteAbsence(board.operators[effect.operator.id]);
    if (queuesAgain?.(effect)) this.#returned = null;
    if ('decision' in effect) {
      this.#pasts.delete(effect.decision.contact_id);
      this.heads.left(effect.decision.contact_id);
    } else if (effect.kind === 'contact_closed') this.heads.left(effect.contact_id);
    loads?.(effect, (operator_id) => this.#noteLoad(board, operator_id));
    const changed = candidates?.(effect);
    // with the table the credits are forgotten: an operator who has no competence at a decision loses the credit, so those of the latest are read again
    if (changed === 'all') {
      this.#rosters.clear();
      this.#tables.clear();
    } else if (changed !== undefined) {
      this.#rosters.delete(changed);
      this.#tables.delete(changed);
    }
  }

  #noteAbsence(operator: BoardOperator | undefined): void {
    if (operator && isAbsent(operator)) this.#absent?.add(operator.id);
    else if (operator) this.#absent?.delete(operator.id);
  }

  #noteLoad(board: Board, operator_id: number): void {
    const load = board.operators[operator_id]?.load;
    for (const [source_id, { rows, keyed, places }] of this.#tables) {
      const place = places.get(operator_id);
      const row = place === undefined ? undefined : rows[place];
      if (place === undefined || !row || load === undefined) continue;
      const now = { ...row, load };
      rows[place] = now;
      const [rule, former] = [board.rules[source_id], keyed?.[place]];
      const key =
        rule &&
        strategies[rule.strategy].key?.(
          now,
          memoryOf(board, () => 0 - (former?.key ?? 0)),
        );
      if (keyed && key !== undefined) keyed[place] = withKey(now, key);
    }
  }
}

const memoryOf = (board: Board, credit: Memory['credit']): Memory => ({ credit, latestDecision: (id) => board.operators[id]?.latest_decision ?? 0 });
