import { calendar } from '#domain/calendar.ts';
import type { Board, Change } from '#shared/board.ts';
import type { Condition } from '#shared/contract/console.ts';
import type { Written } from '#shared/contract/problems.ts';
import type { Dice } from '#shared/distribution/strategy.ts';
import { chainAt } from '#store/chain.ts';
import type { Point } from '#store/check.ts';
import type { Store } from '#store/open.ts';
import type { Read } from './queries.ts';
import { SourceKeys } from './source-keys.ts';
import { TodayFigures } from './today.ts';
import type { Actor, Answer, Write } from './write.ts';
import { NotNow, type SpaceLevel, Writer } from './writer.ts';

export type { Read } from './queries.ts';
export type { Actor, Write } from './write.ts';
export { NotNow, OutcomeUnknown } from './writer.ts';

export interface EngineOptions {
  readonly store: Store;
  readonly now: () => number;
  readonly dice: Dice;
  /** a new source key, unguessable */
  readonly newKey: () => string;
  /** IANA name */
  readonly timeZone: string;
  /** hears of bugs and broken disks: never of personal data */
  readonly log: (message: string, error: unknown) => void;
  /** how many of those who wait are given away in one transaction; as many as is good without it */
  readonly drainStep?: number | undefined;
  /** how many contacts, and how many identifiers, a merge moves at the most; as many as is good without it */
  readonly mostMoved?: number | undefined;
  /** how many refused contacts of a source stay open at the most; as many as is good without it */
  readonly mostRefused?: number | undefined;
}

/** Until the log is tried again that somebody was reading. */
const EMPTY_AGAIN_MS = 500;

/** The desk as its callers see it: the board, the one door to writing, and where queries look. */
export class Engine {
  readonly read: Read;
  readonly today: TodayFigures;
  readonly #store: Store;
  readonly #writer: Writer;
  readonly #log: EngineOptions['log'];
  readonly #watchers = new Set<(changes: readonly Change[]) => void>();
  readonly #conditionWatchers = new Set<(condition: Condition) => void>();
  readonly #keys: SourceKeys;
  #emptying: NodeJS.Timeout | undefined;

  constructor(options: EngineOptions) {
    const { store, now, dice, newKey, timeZone, log, drainStep, mostMoved, mostRefused } = options;
    this.#store = store;
    this.#log = log;
    this.#writer = new Writer({
      store,
      world: { now, dice, newKey, dayOf: calendar(timeZone), drainStep, mostMoved, mostRefused },
      log,
      announce: (changes) => this.#announce(changes),
      conditionChanged: (condition) => this.#tell(this.#conditionWatchers, condition),
    });
    this.#keys = new SourceKeys(now);
    this.#keys.load(store.reading);
    this.read = { store, now, board: () => this.board(), keyUse: this.#keys.used };
    this.today = new TodayFigures({ store, now, dayOf: calendar(timeZone) });
    this.watch((changes) => {
      if (changes.length === 0) this.today.forget();
    });
  }

  /** The board as of the last commit. */
  board(): Board {
    return this.#writer.board;
  }

  /** Whether contacts can be taken in, and if not, why. */
  condition(): Condition {
    return this.#writer.condition;
  }

  /**
   * Calls back after every commit with its changes, in order and without gaps, until the returned function is called.
   * An empty run says that the board was read anew: whoever follows it must ask for it again.
   */
  watch(listener: (changes: readonly Change[]) => void): () => void {
    this.#watchers.add(listener);
    return () => this.#watchers.delete(listener);
  }

  watchCondition(listener: (condition: Condition) => void): () => void {
    this.#conditionWatchers.add(listener);
    return () => this.#conditionWatchers.delete(listener);
  }

  /** The source that a live key belongs to; that it was used is kept in memory. */
  sourceOfKey(api_key: string): number | null {
    return this.#keys.sourceOf(api_key);
  }

  /** Writes down when keys were used. What cannot be written now is tried the next time. */
  saveKeyUse(): void {
    if (this.#keys.used.size === 0) return;
    this.write('desk', this.#keys.save).then(
      (written) => written.ok && this.#keys.saved(written.value),
      () => {}, // the log has heard of it from the writer
    );
  }

  /**
   * Runs a use case and answers after its commit, with the revision it made.
   * @throws OutcomeUnknown when the commit failed; NotNow when nothing was tried; else what the use case threw, which is a bug
   */
  write<T>(actor: Actor, command: (write: Write) => Answer<T>): Promise<Written<T>> {
    return this.#writer.write(actor, command);
  }

  /**
   * The same for what comes in from outside: not tried while the disk has hardly any room left, which is kept for closing, restoring and erasing.
   * @throws as `write` does
   */
  takeIn<T>(actor: Actor, command: (write: Write) => Answer<T>): Promise<Written<T>> {
    if (this.#writer.space === 'short') return Promise.reject(new NotNow('the disk has hardly any room left'));
    return this.write(actor, command);
  }

  /** Told by whoever looks after the disk. */
  setSpace(space: SpaceLevel): void {
    this.#writer.setSpace(space);
  }

  /** The database was found damaged: nothing is written to it any more, until another is in its place. */
  refuseDamaged(): void {
    this.#writer.refuseDamaged();
  }

  /** Puts another database in this one's place. Nothing is written meanwhile; everybody who watches has to read anew. @throws what the writer's does */
  replaceDatabase(prepare: () => Promise<() => void>): Promise<void> {
    return this.#writer.replaceDatabase(prepare);
  }

  /** Where in its history the database is: told to whoever has to recognise it later. */
  point(): Point {
    const { revision } = this.board();
    return { revision, chain: chainAt(this.#store.reading, revision)?.toString('hex') ?? null };
  }

  /** Takes what was deleted out of the database's log as well: now, or as soon as nobody reads it (a backup does), at the latest at the end. */
  emptyLog(): void {
    clearTimeout(this.#emptying);
    if (!this.#store.connection.open) return; // closing it emptied the log
    let isEmpty = false;
    try {
      isEmpty = this.#store.emptyLog();
    } catch (error) {
      this.#log('the log could not be emptied', error);
    }
    if (!isEmpty) this.#emptying = setTimeout(() => this.emptyLog(), EMPTY_AGAIN_MS).unref();
  }

  /** Finishes what was handed in, then closes the database. */
  close(): void {
    clearTimeout(this.#emptying);
    this.saveKeyUse();
    this.#writer.close();
    this.#store.close();
  }

  #announce(changes: readonly Change[]): void {
    const keysMayDiffer = changes.length === 0 || changes.some(({ kind }) => kind === 'source_keys_changed' || kind === 'source_saved');
    if (keysMayDiffer) this.#keys.load(this.#store.reading);
    if (changes.length === 0) this.#keys.used.clear(); // another database may have other keys of these ids
    this.#tell(this.#watchers, changes);
  }

  #tell<T>(watchers: ReadonlySet<(what: T) => void>, what: T): void {
    for (const watcher of watchers) {
      try {
        watcher(what);
      } catch (error) {
        this.#log('a watcher failed', error);
      }
    }
  }
}
