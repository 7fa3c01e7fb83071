import type { Board, Change, Draft, Effect } from '#shared/board.ts';
import type { Result } from '#shared/contract/problems.ts';
import type { Dice } from '#shared/distribution/strategy.ts';
import type { Candidate } from '#shared/distribution/table.ts';
import { unreachable } from '#shared/unreachable.ts';
import type { ChainedDecision } from '#store/chain.ts';
import { insertRoster, latestDecisionId, type Roster } from '#store/decisions.ts';
import { insertJournalRow } from '#store/journal.ts';
import type { Writing } from '#store/open.ts';
import type { Memory } from './memory.ts';

/** Who asked for a change. */
export type Actor = 'admin' | 'console' | 'demo' | `source:${number}` | Desk;

/** The source that an actor is; null when it is none. */
export const sourceOf = (actor: Actor): number | null => (actor.startsWith('source:') ? Number(actor.slice('source:'.length)) : null);

/**
 * What a use case answers: at once, or a function that makes the answer after the slots that the use case opened went to those who wait.
 * An answer that shows a contact, an operator's load or a lead's operator is of the second kind when the use case may open a slot.
 */
export type Answer<T> = Result<T> | (() => Result<T>);

/** The answer that `map` makes of this one, when this one is made. */
export function mapAnswer<T, U>(answer: Answer<T>, map: (result: Result<T>) => Result<U>): Answer<U> {
  return typeof answer === 'function' ? () => map(answer()) : map(answer);
}

/** The desk itself: when its clock says so, or when it goes on with what a stop left undone. */
export type Desk = 'desk';

/** What the engine is told instead of looking it up: the time, the dice, secrets, and the workspace's calendar. */
export interface World {
  /** epoch milliseconds */
  readonly now: () => number;
  readonly dice: Dice;
  /** a new source key, unguessable */
  readonly newKey: () => string;
  /** the workspace's day of a moment: `2026-11-22` */
  readonly dayOf: (at: number) => string;
  /** how many of those who wait are given away in one transaction; as many as is good without it */
  readonly drainStep?: number | undefined;
  /** how many contacts, and how many identifiers, a merge moves at the most; as many as is good without it */
  readonly mostMoved?: number | undefined;
  /** how many refused contacts of a source stay open at the most; as many as is good without it */
  readonly mostRefused?: number | undefined;
}

/** What a supervisor sets up, and can take back. */
const CONFIGURATION: ReadonlySet<Effect['kind']> = new Set([
  'operator_saved',
  'source_saved',
  'source_keys_changed',
  'competence_saved',
  'competences_replaced',
  'settings_saved',
  'preset_saved',
  'suggested_merge_dismissed',
  'suggested_merge_reopened',
]);

/** What else a step may consist of: it is written with the step where it came with data. */
const MOVES: ReadonlySet<Effect['kind']> = new Set(['contact_assigned', 'contact_waiting']);

/**
 * One command's hold on the database: the transaction, the board as this transaction has made it, and the one way to say
 * what changed. Every effect gets the next revision, goes into the journal and onto the board at once.
 */
export class Write {
  readonly tx: Writing;
  readonly world: World;
  readonly actor: Actor;
  readonly now: number;
  readonly changes: Change[] = [];
  /** operators who may have got a slot, or somebody to take, by what this command did: given to those who wait before the command's answer is made */
  readonly opened = new Set<number>();
  /** revision of this command's first change that can be taken back: all of them are, together */
  step: number | null = null;
  readonly #draft: Draft;
  readonly #memory: Memory;

  constructor(parts: { tx: Writing; world: World; actor: Actor; draft: Draft; memory: Memory }) {
    this.tx = parts.tx;
    this.world = parts.world;
    this.actor = parts.actor;
    this.#draft = parts.draft;
    this.#memory = parts.memory;
    this.now = parts.world.now();
  }

  get board(): Board {
    return this.#draft.board;
  }

  get day(): string {
    return this.world.dayOf(this.now);
  }

  /** Everyone with a competence for the source, as they are now, by operator id. It changes with the next effect. */
  table(source_id: number): readonly Candidate[] {
    return this.#memory.table(this.board, source_id);
  }

  /** The roster row for this table, the latest one while the configuration is the same. */
  roster(source_id: number, table: readonly Candidate[]): Roster {
    return this.#memory.roster(source_id, () => insertRoster(this.tx, source_id, table, this.now));
  }

  /**
   * @param data kept in the journal beside the effect's ids: before and after, for changes of configuration, and where a contact of a step was; these get their step
   * @param decision the row that an effect with a decision tells of: the journal's chain covers it
   */
  emit(effect: Effect, data: object | null = null, decision: ChainedDecision | null = null): void {
    const revision = this.board.revision + 1;
    const change: Change = { ...effect, revision, at: this.now };
    const kept = data && (CONFIGURATION.has(effect.kind) || MOVES.has(effect.kind)) ? { ...data, step: this.#stepAt(revision) } : data;
    const row = { revision, at: this.now, actor: this.actor, kind: effect.kind, ...subject(effect), data: kept && JSON.stringify(kept) };
    insertJournalRow(this.tx, row, decision, this.#memory.tail);
    if (decision) this.#memory.decision = decision[0];
    this.#noteOpenings(effect);
    this.#draft.apply(change);
    this.#memory.follow(effect, this.board);
    this.changes.push(change);
  }

  /** The id that the next decision will get. */
  get nextDecision(): number {
    this.#memory.decision ??= latestDecisionId(this.tx);
    return this.#memory.decision + 1;
  }

  #stepAt(revision: number): number {
    this.step ??= revision;
    return this.step;
  }

  #noteOpenings(effect: Effect): void {
    switch (effect.kind) {
      case 'contact_waiting':
        if (typeof effect.from !== 'number') return;
        this.opened.add(effect.from);
        for (const id in this.board.weights[effect.decision.source_id]) this.opened.add(Number(id)); // others than its holder may take it
        return;
      case 'contact_assigned':
      case 'contact_closed':
        if (typeof effect.from === 'number') this.opened.add(effect.from);
        return;
      case 'operator_saved':
        this.opened.add(effect.operator.id);
        return;
      case 'competence_saved':
        this.opened.add(effect.operator_id);
        return;
      case 'competences_replaced':
        for (const id in effect.weights) this.opened.add(Number(id));
        return;
      default:
        return;
    }
  }
}

interface Subject {
  contact_id: number | null;
  operator_id: number | null;
  source_id: number | null;
}

function subject(effect: Effect): Subject {
  const of = (contact_id: number | null, operator_id: number | null, source_id: number | null): Subject => ({ contact_id, operator_id, source_id });
  switch (effect.kind) {
    case 'contact_assigned':
    case 'contact_waiting':
      return of(effect.decision.contact_id, effect.decision.operator_id, effect.decision.source_id);
    case 'contact_closed':
      return of(effect.contact_id, typeof effect.from === 'number' ? effect.from : null, effect.source_id);
    case 'operator_saved':
      return of(null, effect.operator.id, null);
    case 'source_saved':
      return of(null, null, effect.source.id);
    case 'competence_saved':
      return of(null, effect.operator_id, effect.source_id);
    case 'competences_replaced':
    case 'refused_contacts_folded':
    case 'source_keys_changed':
      return of(null, null, effect.source_id);
    case 'lead_saved':
    case 'leads_merged':
    case 'merge_undone':
    case 'lead_erased':
    case 'merge_suggested':
    case 'suggested_merge_dismissed':
    case 'suggested_merge_reopened':
    case 'contact_refused':
    case 'refused_contact_settled':
    case 'settings_saved':
    case 'preset_saved':
    case 'schedule_saved':
    case 'report_exported':
    case 'database_restored':
      return of(null, null, null);
    default:
      return unreachable(effect);
  }
}
