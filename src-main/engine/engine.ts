import { calendar } from '#domain/calendar.ts';
import type { Dice } from '#domain/draw.ts';
import type { PhoneRegion } from '#domain/normalise.ts';
import { advance, type Board, type Change, Draft, QUEUE_HEAD_SIZE } from '#shared/board.ts';
import type { Result } from '#shared/contract/problems.ts';
import { loadBoard } from '#store/board.ts';
import { queueHead } from '#store/contacts.ts';
import type { Store, Writing } from '#store/open.ts';
import { keyHashes } from '#store/sources.ts';
import type { Read } from './queries.ts';
import { hashKey } from './sources.ts';
import { type Actor, type Rosters, type World, Write } from './write.ts';

export type { Read } from './queries.ts';
export type { Actor, Write } from './write.ts';

/** The commit failed or the program stopped before it could say: the command may have been done or not. Retry with the same key. */
export class OutcomeUnknown extends Error {}

/** Nothing was tried: the database is held by somebody else, or the engine is closing. */
export class NotNow extends Error {}

export interface EngineOptions {
  readonly store: Store;
  readonly now: () => number;
  readonly dice: Dice;
  /** a new source key, unguessable */
  readonly newKey: () => string;
  /** IANA name */
  readonly timeZone: string;
  readonly phoneRegion: PhoneRegion;
  /** hears of bugs and broken disks: never of personal data */
  readonly log: (message: string, error: unknown) => void;
}

/** How many commands share one commit at the most. */
const GROUP_SIZE = 256;

interface Command {
  readonly actor: Actor;
  readonly run: (write: Write) => unknown;
  readonly resolve: (result: unknown) => void;
  readonly reject: (error: unknown) => void;
}

/**
 * The only door to writing. Commands that arrive while a commit is syncing run together in the next transaction, each in its
 * own savepoint, and are answered after the one commit: a slow disk costs latency, not throughput, and each command still
 * succeeds or fails alone. Nothing awaits inside.
 */
export class Engine {
  readonly read: Read;
  readonly #store: Store;
  readonly #world: World;
  readonly #log: EngineOptions['log'];
  readonly #listeners = new Set<(changes: readonly Change[]) => void>();
  readonly #rosters: Rosters = new Map();
  #queue: Command[] = [];
  #scheduled = false;
  #closing = false;
  #board: Board;
  #keys: Map<string, number>;

  constructor(options: EngineOptions) {
    const { store, now, dice, newKey, phoneRegion, timeZone } = options;
    this.#store = store;
    this.#log = options.log;
    this.#world = { now, dice, newKey, phoneRegion, dayOf: calendar(timeZone) };
    this.#board = loadBoard(store.reading);
    this.#keys = this.#loadKeys();
    this.read = { store, phoneRegion, board: () => this.#board };
  }

  /** The board as of the last commit. */
  board(): Board {
    return this.#board;
  }

  /** Calls back after every commit with its changes, in order and without gaps, until the returned function is called. */
  watch(listener: (changes: readonly Change[]) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** The source that a live key belongs to. The look-up is by hash, so its time says nothing about any key. */
  sourceOfKey(api_key: string): number | null {
    return this.#keys.get(Buffer.from(hashKey(api_key)).toString('base64')) ?? null;
  }

  /**
   * Runs a use case and answers after its commit.
   * @throws OutcomeUnknown when the commit failed; NotNow when nothing was tried; else what the use case threw, which is a bug
   */
  write<T>(actor: Actor, command: (write: Write) => Result<T>): Promise<Result<T>> {
    if (this.#closing) return Promise.reject(new NotNow('the engine is closing'));
    return new Promise<Result<T>>((resolve, reject) => {
      this.#queue.push({ actor, run: command, resolve: resolve as (result: unknown) => void, reject }); // run returns what resolve takes
      this.#schedule();
    });
  }

  /** Finishes what was handed in, then closes the database. */
  close(): void {
    this.#closing = true;
    while (this.#queue.length > 0) this.#flush();
    this.#store.close();
  }

  #schedule(): void {
    if (this.#scheduled) return;
    this.#scheduled = true;
    setImmediate(() => {
      this.#scheduled = false;
      this.#flush();
    });
  }

  #flush(): void {
    const group = this.#queue.slice(0, GROUP_SIZE);
    this.#queue = this.#queue.slice(GROUP_SIZE);
    if (this.#queue.length > 0) this.#schedule();
    if (group.length === 0) return;
    const answers: (() => void)[] = [];
    let draft = new Draft(this.#board);
    let changes: Change[] = [];
    let begun = false;
    try {
      this.#store.transaction((tx) => {
        begun = true;
        for (const command of group) {
          try {
            const done = this.#store.savepoint(() => this.#run(tx, draft, command));
            changes.push(...done.changes);
            answers.push(() => command.resolve(done.result));
          } catch (error) {
            if (!this.#store.connection.inTransaction) throw error; // the disk ended the transaction: nothing of the group stands
            this.#log('a command failed and was taken back', error);
            this.#rosters.clear();
            draft = new Draft(advance(this.#board, changes)); // from the rows it would have a full queue head, which consoles were not told of
            answers.push(() => command.reject(error));
          }
        }
        changes = this.#refilled(tx, draft, changes);
      });
    } catch (error) {
      this.#log('a commit failed', error);
      this.#recover();
      const answer = begun ? new OutcomeUnknown('the commit failed', { cause: error }) : new NotNow('the database is busy', { cause: error });
      for (const command of group) command.reject(answer);
      return;
    }
    this.#board = draft.finish();
    if (changes.some((change) => change.kind === 'source_keys_changed' || change.kind === 'source_saved')) this.#keys = this.#loadKeys();
    for (const answer of answers) answer();
    if (changes.length > 0) this.#announce(changes);
  }

  #run(tx: Writing, draft: Draft, command: Command): { result: unknown; changes: Change[] } {
    const write = new Write({ tx, draft, world: this.#world, actor: command.actor, rosters: this.#rosters });
    const result = command.run(write);
    if (write.opened.size > 0) throw new Error('a use case opened slots and did not drain');
    return { result, changes: write.changes };
  }

  /** When contacts left the board's part of the queue, the next ones move up with the last change of the group. */
  #refilled(tx: Writing, draft: Draft, changes: Change[]): Change[] {
    const last = changes.at(-1);
    const { queue, waiting } = draft.board;
    const total = Object.values(waiting).reduce((sum, n) => sum + n, 0);
    if (!last || queue.length >= QUEUE_HEAD_SIZE || queue.length === total) return changes;
    const shown = new Set(queue.map((item) => item.contact_id));
    const refill = queueHead(tx, QUEUE_HEAD_SIZE).filter((item) => !shown.has(item.contact_id));
    draft.refill(refill);
    return [...changes.slice(0, -1), { ...last, refill }];
  }

  #announce(changes: readonly Change[]): void {
    for (const listener of this.#listeners) {
      try {
        listener(changes);
      } catch (error) {
        this.#log('a listener failed', error);
      }
    }
  }

  /** After a failed commit only the rows know what happened; consoles see the gap in revisions and fetch a snapshot. */
  #recover(): void {
    this.#rosters.clear();
    try {
      this.#board = loadBoard(this.#store.reading);
    } catch (error) {
      this.#log('the board could not be rebuilt', error);
    }
  }

  #loadKeys(): Map<string, number> {
    return new Map(keyHashes(this.#store.reading).map(({ hash, source_id }) => [hash.toString('base64'), source_id]));
  }
}
