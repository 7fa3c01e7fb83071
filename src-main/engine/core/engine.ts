import { calendar } from '#domain/calendar.ts';
import { SourceKeys } from '#engine/access/source-keys.ts';
import { reachBoundary } from '#engine/configuration/shift-boundaries.ts';
import { expireAcceptance } from '#engine/contacts/acceptance.ts';
import { closeByRule } from '#engine/contacts/closing.ts';
import type { Read } from '#engine/views/queries.ts';
import type { Board } from '#shared/board.ts';
import type { Condition } from '#shared/contract/desk.ts';
import type { Actor, Rights } from '#shared/contract/principal.ts';
import type { Written } from '#shared/contract/problems.ts';
import type { Dice } from '#shared/distribution/choose.ts';
import type { Change } from '#shared/effects/effects.ts';
import type { Point } from '#store/journal/chain.ts';
import { chainAt } from '#store/journal/chain.ts';
import type { Store } from '#store/sqlite/open.ts';
import { personOfKey } from '#store/tables/people.ts';
import { carryOut } from './deadlines.ts';
import { TodayFigures } from './today.ts';
import type { Answer, Write } from './write.ts';
import { type After, NotNow, type SpaceLevel, Writer } from './writer.ts';

export type { Read } from '#engine/views/queries.ts';
export type { Write } from './write.ts';
export { NotNow, OutcomeUnknown } from './writer.ts';

export interface EngineOptions {
  readonly store: Store;
  readonly now: () => number;
  readonly dice: Dice;
  /** a new source key, unguessable */
  readonly newKey: () => string;
  /** IANA name */
  readonly timeZone: string;
  /** receives bugs and disk faults, never personal data */
  readonly log: (message: string, error: unknown) => void;
  /** default: `setTimeout` */
  readonly after?: After | undefined;
  /** maximum number of waiting contacts assigned in one transaction; default: `STEP` of drain.ts */
  readonly drainStep?: number | undefined;
  /** maximum number of contacts, and of identifiers, that a merge moves; default: `MOST_MOVED` of leads.ts */
  readonly mostMoved?: number | undefined;
  /** maximum number of open refused contacts of a source; default: `MOST_OPEN` of refused-contacts.ts */
  readonly mostRefused?: number | undefined;
}

/** Delay before truncating the log is retried after a reader prevented it. */
const EMPTY_AGAIN_MS = 500;

const afterTimeout: After = (ms, run) => {
  const timer = setTimeout(run, ms).unref();
  return () => clearTimeout(timer);
};

/** The desk for its callers: the board, the only way to write, and read access for queries. */
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
    const { store, now, dice, newKey, timeZone, log, after = afterTimeout, drainStep, mostMoved, mostRefused } = options;
    this.#store = store;
    this.#log = log;
    this.#writer = new Writer({
      store,
      world: { now, dice, newKey, dayOf: calendar(timeZone), drainStep, mostMoved, mostRefused },
      log,
      announce: (changes) => this.#announce(changes),
      conditionChanged: (condition) => this.#notify(this.#conditionWatchers, condition),
      after,
      carryOutDeadline: carryOut({ accept: expireAcceptance, close: closeByRule, boundary: reachBoundary }),
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

  /** Whether contacts can be accepted, and if not, why. */
  condition(): Condition {
    return this.#writer.condition;
  }

  /**
   * Calls `listener` after every commit with its changes, in order and without gaps, until the returned function is called.
   * An empty list means that the board was reloaded: followers must request it again.
   */
  watch(listener: (changes: readonly Change[]) => void): () => void {
    this.#watchers.add(listener);
    return () => this.#watchers.delete(listener);
  }

  watchCondition(listener: (condition: Condition) => void): () => void {
    this.#conditionWatchers.add(listener);
    return () => this.#conditionWatchers.delete(listener);
  }

  /** The source that a live key belongs to; null for other strings. Records the use in memory. */
  sourceOfKey(api_key: string): number | null {
    return this.#keys.sourceOf(api_key);
  }

  /** The person that a live key belongs to; undefined for other hashes. @param hash SHA-256 of the key */
  personOfKey(hash: Uint8Array): (Rights & { id: number }) | undefined {
    return personOfKey(this.#store.reading, hash);
  }

  /** Saves when keys were last used. What cannot be saved now is retried next time. */
  saveKeyUse(): void {
    if (this.#keys.used.size === 0) return;
    this.write('desk', this.#keys.save).then(
      (written) => written.ok && this.#keys.saved(written.value),
      () => {}, // the writer has logged it
    );
  }

  /**
   * Runs a use case. Resolves after the commit, with its revision.
   * @throws OutcomeUnknown when the commit failed; NotNow when nothing was attempted; otherwise what the use case threw, which is a bug
   */
  write<T>(actor: Actor, command: (write: Write) => Answer<T>): Promise<Written<T>> {
    return this.#writer.write(actor, command);
  }

  /**
   * Like `write`, for incoming contacts: not attempted while disk space is short. The remaining space is reserved for closing, restoring and erasing.
   * @throws as `write` does
   */
  takeIn<T>(actor: Actor, command: (write: Write) => Answer<T>): Promise<Written<T>> {
    if (this.#writer.space === 'short') return Promise.reject(new NotNow('the disk is almost full'));
    return this.write(actor, command);
  }

  /** Reports the disk's free space; called by the disk watch. */
  setSpace(space: SpaceLevel): void {
    this.#writer.setSpace(space);
  }

  /** Stops writing because the database is damaged, until it is replaced. */
  refuseDamaged(): void {
    this.#writer.refuseDamaged();
  }

  /** Replaces the database. Nothing is written meanwhile; watchers must reload. @throws as `Writer.replaceDatabase` does */
  replaceDatabase(prepare: () => Promise<() => void>): Promise<void> {
    return this.#writer.replaceDatabase(prepare);
  }

  /** The database's present point in its history, by which it can be recognised later. */
  point(): Point {
    const { revision } = this.board();
    return { revision, chain: chainAt(this.#store.reading, revision)?.toString('hex') ?? null };
  }

  /** Removes deleted data from the write-ahead log as well: now, or as soon as no reader (such as a backup) holds it, at the latest at exit. */
  emptyLog(): void {
    clearTimeout(this.#emptying);
    if (!this.#store.isOpen) return; // closing the database truncated the log
    let isEmpty = false;
    try {
      isEmpty = this.#store.emptyLog();
    } catch (error) {
      this.#log('the log could not be truncated', error);
    }
    if (!isEmpty) this.#emptying = setTimeout(() => this.emptyLog(), EMPTY_AGAIN_MS).unref();
  }

  /** Finishes queued commands, then closes the database. */
  close(): void {
    clearTimeout(this.#emptying);
    this.saveKeyUse();
    this.#writer.close();
    this.#store.close();
  }

  #announce(changes: readonly Change[]): void {
    const keysMayDiffer = changes.length === 0 || changes.some(({ kind }) => kind === 'source_keys_changed' || kind === 'source_saved');
    if (keysMayDiffer) this.#keys.load(this.#store.reading);
    if (changes.length === 0) this.#keys.used.clear(); // another database may use these ids for other keys
    this.#notify(this.#watchers, changes);
  }

  #notify<T>(watchers: ReadonlySet<(what: T) => void>, what: T): void {
    for (const watcher of watchers) {
      try {
        watcher(what);
      } catch (error) {
        this.#log('a watcher failed', error);
      }
    }
  }
}
