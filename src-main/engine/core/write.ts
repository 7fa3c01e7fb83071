import type { Board, Draft } from '#shared/board.ts';
import type { Actor } from '#shared/contract/principal.ts';
import type { Result } from '#shared/contract/problems.ts';
import { withKey } from '#shared/distribution/arrange.ts';
import type { Dice } from '#shared/distribution/choose.ts';
import { readsOf } from '#shared/distribution/strategies.ts';
import type { Candidate } from '#shared/distribution/table.ts';
import type { Subject } from '#shared/effects/effect.ts';
import { apply, type Change, type Effect, effectKind } from '#shared/effects/effects.ts';
import type { ChainedDecision } from '#store/journal/chain.ts';
import { insertJournalRow } from '#store/journal/journal.ts';
import type { Writing } from '#store/sqlite/open.ts';
import { type ContactClass, classById, ORDINARY } from '#store/tables/contact-classes.ts';
import { returnedWaiting, sourcesWithReturned } from '#store/tables/contacts.ts';
import { clearDeadline, type DeadlineKind, renewDeadline, setClosing, setDeadline, setSeen } from '#store/tables/deadlines.ts';
import { insertRoster, latestDecisionId, type Roster } from '#store/tables/decisions.ts';
import { hasMessages } from '#store/tables/messages.ts';
import { type Past, pastOf } from '#store/tables/pasts.ts';
import { latestArrival } from '#store/tables/periods.ts';
import { hasCosts } from '#store/tables/rules.ts';
import { hasMarks } from '#store/tables/shared-identifiers.ts';
import { type Arranged, arranged, type Leaving, NOBODY_SAVED, type Savings, type Waits } from './contact-table.ts';
import { creditsOf } from './credits.ts';
import { savingsOf } from './savings.ts';
import type { WriteCache } from './write-cache.ts';

/** The id of the source that an actor is; null for other actors. */
export const sourceOf = (actor: Actor): number | null => (actor.startsWith('source:') ? Number(actor.slice('source:'.length)) : null);

/**
 * The answer of a use case: a result, or a function that produces it after the queue has been drained into the slots that the use case opened.
 * If the use case may open a slot, an answer that shows a contact, an operator's load or a lead's operator must be a function.
 */
export type Answer<T> = Result<T> | (() => Result<T>);

/** Applies `map` to an answer when it is produced. */
export function mapAnswer<T, U>(answer: Answer<T>, map: (result: Result<T>) => Result<U>): Answer<U> {
  return typeof answer === 'function' ? () => map(answer()) : map(answer);
}

const noSubject: Subject = { contact_id: null, operator_id: null, source_id: null };

/** Injected dependencies: the time, the dice, secrets, and the workspace's calendar. */
export interface World {
  /** epoch milliseconds */
  readonly now: () => number;
  readonly dice: Dice;
  /** a new source key, unguessable */
  readonly newKey: () => string;
  /** local date in the workspace's time zone: `2026-11-22` */
  readonly dayOf: (at: number) => string;
  /** maximum number of waiting contacts assigned in one transaction; default: `STEP` of drain.ts */
  readonly drainStep?: number | undefined;
  /** maximum number of contacts, and of identifiers, that a merge moves; default: `MOST_MOVED` of leads.ts */
  readonly mostMoved?: number | undefined;
  /** maximum number of open refused contacts of a source; default: `MOST_OPEN` of refused-contacts.ts */
  readonly mostRefused?: number | undefined;
}

/**
 * One command's access to the database: the transaction, the board as changed by it, and the only way to announce
 * changes. Every effect gets the next revision and is applied to the journal and the board at once.
 */
export class Write {
  readonly tx: Writing;
  readonly world: World;
  readonly actor: Actor;
  readonly now: number;
  readonly changes: Change[] = [];
  /** ids of operators who may have gained a free slot or an eligible contact by this command. The queue is drained into them before the answer is produced */
  readonly opened = new Set<number>();
  /** revision of this command's first undoable change; all of its changes are undone together */
  step: number | null = null;
  readonly #draft: Draft;
  /** as of the revision */
  #savings: { readonly revision: number; readonly now: Savings } | null = null;
  readonly #cache: WriteCache;
  readonly #open = (operator_id: number): void => void this.opened.add(operator_id);

  constructor(parts: { tx: Writing; world: World; actor: Actor; draft: Draft; cache: WriteCache }) {
    this.tx = parts.tx;
    this.world = parts.world;
    this.actor = parts.actor;
    this.#draft = parts.draft;
    this.#cache = parts.cache;
    this.now = parts.world.now();
  }

  get board(): Board {
    return this.#draft.board;
  }

  get day(): string {
    return this.world.dayOf(this.now);
  }

  /** All operators with a competence for the source within this write, by operator id. Valid until the next effect. */
  table(source_id: number): readonly Candidate[] {
    return this.#cache.table(this.board, source_id);
  }

  /** The candidates of a contact within this write, arranged for it at this moment. @param leaving an operator from whom it is being returned to the queue */
  tableFor(contact: Waits, leaving: Leaving | null = null): readonly Candidate[] {
    return this.arranged(contact, leaving).table;
  }

  /** As `tableFor`, with the contact's own operator. */
  arranged(contact: Waits, leaving: Leaving | null = null): Arranged {
    return arranged(this, contact, this.table(contact.source_id), leaving);
  }

  classOf(class_id: number | null): ContactClass {
    return class_id === null ? ORDINARY : this.#cache.contactClass(class_id, () => classById(this.tx, class_id));
  }

  /** Notes that contacts have changed their class, or that classes were deleted, whose ids may be used again. */
  forgetClasses(): void {
    this.#cache.forgetClasses();
  }

  /** The first waiting contact of each class of the source, see waiting-heads.ts. */
  heads(source_id: number): ReadonlyMap<number | null, Waits> {
    return this.#cache.heads.of(this.tx, source_id);
  }

  /** Notes that a new contact waits. */
  noteWaiting(contact: Waits): void {
    this.#cache.heads.arrived(contact);
  }

  /** The table with the keys of its source's strategy. Valid until the next effect or `noteDraw`. @param table as arranged for a contact of the source */
  withKeys(source_id: number, table: readonly Candidate[]): readonly Candidate[] {
    const keyed = this.#cache.keyed(this.board, source_id, () => creditsOf(this.tx, source_id));
    const plain = this.table(source_id);
    if (table === plain) return keyed;
    return keyed === plain ? table : table.map((candidate, i) => withKey(candidate, keyed[i]?.key ?? 0));
  }

  /** Notes a decision by the source's strategy, after it was stored. @param table with its keys */
  noteDraw(source_id: number, table: readonly Candidate[], chosen: number): void {
    const rule = this.board.rules[source_id];
    if (rule && readsOf(rule.strategy) === 'credit') this.#cache.noteCredits(source_id, table, chosen);
  }

  /** Who is saved for which contact that waits, see savings.ts. */
  savings(): Savings {
    this.#cache.hasCosts ??= hasCosts(this.tx);
    if (!this.#cache.hasCosts) return NOBODY_SAVED;
    const { revision } = this.board;
    if (this.#savings?.revision !== revision) this.#savings = { revision, now: savingsOf(this, (source_id) => this.#waitingAt(source_id)) };
    return this.#savings.now;
  }

  /** Opens the queue to all who could take what waits. */
  openToAll(): void {
    for (const key in this.board.waiting) for (const id in this.board.weights[Number(key)]) this.opened.add(Number(id));
  }

  /** Opens the queue to operators who are no longer saved for the same contact as when this was last asked. False: it already was. */
  openReleased(): boolean {
    const savings = this.savings();
    const before = this.#cache.savings;
    this.#cache.savings = savings;
    if (before === savings || (before === null && savings.size === 0)) return false;
    const former = this.opened.size;
    if (before === null) this.openToAll();
    else for (const [operator_id, { id }] of before) if (savings.get(operator_id)?.id !== id) this.opened.add(operator_id);
    return this.opened.size > former;
  }

  *#waitingAt(source_id: number): Iterable<Waits> {
    yield* this.heads(source_id).values();
    if (this.hasReturned(source_id)) yield* returnedWaiting(this.tx, source_id);
  }

  /** Operators that a returned contact was assigned to, and those who let it go. */
  pastOf(contact_id: number): Past {
    return this.#cache.past(contact_id, () => pastOf(this.tx, contact_id));
  }

  /** Whether a waiting contact of the source was returned to the queue. */
  hasReturned(source_id: number): boolean {
    return this.#cache.hasReturned(source_id, () => sourcesWithReturned(this.tx));
  }

  /** The roster row for this table; the latest row is reused while the configuration is unchanged. */
  roster(source_id: number, table: readonly Candidate[]): Roster {
    return this.#cache.roster(source_id, () => insertRoster(this.tx, source_id, table, this.now));
  }

  /**
   * @param data journalled with the effect's ids: before and after for configuration changes, and the former place of a contact moved by a step; both get their step
   * @param decision the decision that the effect records; the journal's chain covers it
   */
  emit(effect: Effect, data: object | null = null, decision: ChainedDecision | null = null): void {
    const revision = this.board.revision + 1;
    const change: Change = { ...effect, revision, at: this.now };
    const { thing, subject, opens } = effectKind(effect.kind);
    const kept = data && thing !== undefined ? { ...data, step: this.#stepAt(revision) } : data;
    const row = { revision, at: this.now, actor: this.actor, kind: effect.kind, ...noSubject, ...subject?.(effect), data: kept };
    insertJournalRow(this.tx, row, decision, this.#cache.tail);
    if (decision) this.#cache.decision = decision[0];
    opens?.(effect, this.#open, this.board);
    apply(this.#draft, change);
    this.#cache.follow(effect, this.board);
    this.changes.push(change);
  }

  /** The id that the next decision will get. */
  get nextDecision(): number {
    this.#cache.decision ??= latestDecisionId(this.tx);
    return this.#cache.decision + 1;
  }

  /** Whether any value is marked as shared. */
  get hasShared(): boolean {
    this.#cache.hasShared ??= hasMarks(this.tx);
    return this.#cache.hasShared;
  }

  /** Whether any contact has further messages. */
  get hasMessages(): boolean {
    this.#cache.hasMessages ??= hasMessages(this.tx);
    return this.#cache.hasMessages;
  }

  /** Notes that a contact has further messages now. */
  noteMessage(): void {
    this.#cache.hasMessages = true;
  }

  /** Sets what the desk is to do by itself, in place of what it was to do of this kind with the subject. */
  setDeadline(deadline: Parameters<typeof setDeadline>[1]): void {
    this.#noteUp();
    setDeadline(this.tx, deadline);
    this.#cache.hasDeadlines = true;
  }

  /** Lets the time of what the desk is to do begin anew, if it is to do anything. */
  renewDeadline(kind: DeadlineKind, subject_id: number, at: Parameters<typeof renewDeadline>[3]): void {
    if (this.#cache.deadlines(this.tx)) renewDeadline(this.tx, kind, subject_id, at);
  }

  /** Sets when the assigned contacts of a source are closed; null: never. */
  setClosing(source_id: number, at: Parameters<typeof setClosing>[2]): void {
    if (at !== null) this.#noteUp();
    setClosing(this.tx, source_id, at);
    if (at !== null) this.#cache.hasDeadlines = true;
  }

  /** When the first deadline is set, what was noted before is old, and may be from before the clock was set back. */
  #noteUp(): void {
    if (!this.#cache.deadlines(this.tx)) setSeen(this.tx, this.now);
  }

  /** Nothing is to be done any more, if anything was. */
  clearDeadline(kind: DeadlineKind, subject_id: number): void {
    if (this.#cache.deadlines(this.tx)) clearDeadline(this.tx, kind, subject_id);
  }

  /** Operators whose shift is over and whose contacts are for others. */
  absent(): ReadonlySet<number> {
    return this.#cache.absent(this.board);
  }

  /** Notes that the marks have changed. */
  noteSharing(): void {
    this.#cache.hasShared = null;
  }

  /** Notes that a contact arrives now. True if the clock was set back since the contact before it arrived. */
  noteArrival(): boolean {
    const before = this.#cache.arrival ?? latestArrival(this.tx);
    this.#cache.arrival = this.now;
    return this.now < before;
  }

  #stepAt(revision: number): number {
    this.step ??= revision;
    return this.step;
  }
}
