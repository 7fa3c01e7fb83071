import { type Board, Draft, QUEUE_HEAD_SIZE } from '#shared/board.ts';
import type { Condition, Fault } from '#shared/contract/desk.ts';
import type { Actor } from '#shared/contract/principal.ts';
import type { Written } from '#shared/contract/problems.ts';
import { advance, type Change } from '#shared/effects/effects.ts';
import { faultOf } from '#store/sqlite/fault.ts';
import type { Store, Writing } from '#store/sqlite/open.ts';
import { loadBoard } from '#store/tables/board.ts';
import { queueHead } from '#store/tables/contacts.ts';
import { dueDeadlines, firstDue, hasBlame } from '#store/tables/deadlines.ts';
import { type Deadlines, FIRED_AT_ONCE, isAway, lastSeen, noteSeen, putOffBy, SEEN_EVERY_MS, wasAway } from './deadlines.ts';
import { carryOut, isDrainOwed, nextOpening, openToAll } from './drain.ts';
import { type Answer, type World, Write } from './write.ts';
import { WriteCache } from './write-cache.ts';

/** The commit failed or the program stopped before confirming it: the command may or may not have been done. Retry with the same key. */
export class OutcomeUnknown extends Error {}

/** Nothing was attempted: the queue is full, the database is locked or must not be written, or the engine is closing. */
export class NotNow extends Error {}

/** Maximum number of commands in one commit. */
const GROUP_SIZE = 256;
/** Maximum number of event loop turns that a group waits, as long as more commands join it. */
const MOST_TURNS = 8;
/** Maximum number of queued commands; beyond it, callers are better served by an immediate refusal. */
const QUEUE_SIZE = 2048;
/** After this many disk faults within the period, writing stops until a restart. */
const FAULTS = { most: 3, withinMs: 10 * 60_000 };

interface Command {
  readonly actor: Actor;
  readonly run: (write: Write) => unknown;
  readonly resolve: (result: unknown) => void;
  readonly reject: (error: unknown) => void;
}

/** The outcome of a committed group. */
interface Done {
  readonly board: Board;
  readonly changes: readonly Change[];
  readonly answers: readonly (() => void)[];
  /** the actor who opened more slots than this transaction filled; null: none */
  readonly owed: Actor | null;
  /** commands after that one, run once the queue has been drained */
  readonly left: readonly Command[];
}

/** A command that nobody waits for. */
const byDesk = (run: (write: Write) => Answer<null>, reject: (error: unknown) => void = () => {}): Command => ({
  actor: 'desk',
  run: (write) => carryOut(write, run),
  resolve: () => {},
  reject,
});

/** The next step of draining. Nobody awaits it; when it fails, it is retried with the next commands. */
const goOn = (actor: Actor): Command => ({ actor, run: (write) => carryOut(write, openToAll), resolve: () => {}, reject: () => {} });

/** A command of the group threw, which is a bug; nothing of the group has been committed. */
class CommandThrew extends Error {}

/** Disk space. `low`: space should be freed; `short`: the rest is reserved for closing, restoring and erasing, not for new contacts */
export type SpaceLevel = 'enough' | 'low' | 'short';

export interface WriterOptions {
  readonly store: Store;
  readonly world: World;
  /** receives bugs and disk faults, never personal data */
  readonly log: (message: string, error: unknown) => void;
  /** receives committed changes, in order and without gaps; an empty list: the board was reloaded, and followers must reload too */
  readonly announce: (changes: readonly Change[]) => void;
  readonly conditionChanged: (condition: Condition) => void;
  /** calls back once after this many milliseconds, unless the returned function is called before */
  readonly after: After;
  readonly carryOutDeadline: Deadlines;
}

export type After = (ms: number, run: () => void) => () => void;

/** Delay before what is due and failed is retried. */
const RETRIED_AFTER_MS = 1000;
/** Longest time without reading the clock, which may have been changed. */
const LOOK_WITHIN_MS = 30_000;

/**
 * The only way to write. Commands that arrive while a commit is syncing run together in the next transaction and are answered
 * after its commit: a slow disk costs latency, not throughput, and each command still succeeds or fails alone. Commands are synchronous.
 *
 * After a disk fault the database is reopened and checked before anything else is written; after too many faults, writing stops.
 */
export class Writer {
  readonly #store: Store;
  readonly #world: World;
  readonly #log: WriterOptions['log'];
  readonly #announce: WriterOptions['announce'];
  readonly #conditionChanged: WriterOptions['conditionChanged'];
  readonly #cache = new WriteCache();
  #queue: Command[] = [];
  #scheduled = false;
  #closing = false;
  #replacing = false;
  #board: Board;
  /** the condition while disk and database work */
  #calm: Condition = { state: 'serving' };
  #condition: Condition = this.#calm;
  #space: SpaceLevel = 'enough';
  /** the actor who opened slots that are still to be filled, also those left from before a stop; null: none */
  #owed: Actor | null = null;
  #faults: number[] = [];
  readonly #after: After;
  /** when a rule makes a waiting contact assignable by itself, in epoch milliseconds; null: not in the present state */
  #opening: number | null = null;
  /** when the first deadline is due, in epoch milliseconds; null: there is none */
  #deadline: number | null = null;
  /** whether people depend on the desk being up until a deadline, so that it notes that it is */
  #hasBlame = false;
  readonly #carryOutDeadline: Deadlines;
  /** when the desk was last known to be up, in epoch milliseconds */
  #seen: number;
  #disarm = () => {};

  constructor(options: WriterOptions) {
    this.#store = options.store;
    this.#world = options.world;
    this.#log = options.log;
    this.#announce = options.announce;
    this.#conditionChanged = options.conditionChanged;
    this.#after = options.after;
    this.#carryOutDeadline = options.carryOutDeadline;
    this.#board = loadBoard(options.store.reading);
    this.#seen = lastSeen(options.store.reading);
    this.#arm();
    if (!isDrainOwed(this.#board)) return;
    this.#owed = 'desk';
    this.#schedule();
  }

  /** The board as of the last commit. */
  get board(): Board {
    return this.#board;
  }

  get condition(): Condition {
    return this.#condition;
  }

  /** Runs a command. Resolves after its commit. @throws OutcomeUnknown when the commit failed; NotNow when nothing was attempted; otherwise what the command threw, which is a bug */
  write<T>(actor: Actor, command: (write: Write) => Answer<T>): Promise<Written<T>> {
    if (this.#closing) return Promise.reject(new NotNow('the engine is closing'));
    if (this.#replacing) return Promise.reject(new NotNow('the database is being restored'));
    if (this.#condition.state === 'read_only') return Promise.reject(new NotNow('the database may not be written'));
    if (this.#queue.length >= QUEUE_SIZE) return Promise.reject(new NotNow('too many commands wait for their commit'));
    const run = (write: Write): Written<T> => {
      const result = carryOut(write, command);
      const { revision } = write.board;
      if (!result.ok) return { ok: false, problem: result.problem, revision };
      return 'step' in result ? { ...result, revision } : { ok: true, value: result.value, revision }; // a literal is faster than a spread
    };
    return new Promise<Written<T>>((resolve, reject) => {
      this.#queue.push({ actor, run, resolve: resolve as (result: unknown) => void, reject }); // `run` returns the type that `resolve` takes
      this.#schedule();
    });
  }

  get space(): SpaceLevel {
    return this.#space;
  }

  /** Sets the disk space level; consoles are told when it changes. */
  setSpace(space: SpaceLevel): void {
    if (space === this.#space) return;
    this.#space = space;
    const since = this.#world.now();
    const wasCalm = this.#condition === this.#calm;
    if (space === 'enough') this.#calm = { state: 'serving' };
    else this.#calm = space === 'low' ? { state: 'serving', space_low_since: since } : { state: 'refusing', cause: 'disk_full', since };
    if (wasCalm || (this.#condition.state === 'refusing' && this.#condition.cause === 'disk_full')) this.#become(this.#calm);
  }

  /** Stops writing because a check found the database damaged. */
  refuseDamaged(): void {
    this.#become({ state: 'read_only', cause: 'database_damaged', since: this.#world.now() });
  }

  /** Finishes queued commands and accepts no more. */
  close(): void {
    this.#closing = true;
    this.#disarm();
    this.#finish();
  }

  /**
   * Replaces the database: accepts no commands while `prepare` runs, then closes the database for the swap function that
   * `prepare` returned, and continues with the result. Earlier disk faults are then forgotten.
   * @throws what `prepare`, the swap or opening threw; NotNow when a replacement is already in progress
   */
  async replaceDatabase(prepare: () => Promise<() => void>): Promise<void> {
    if (this.#closing || this.#replacing) throw new NotNow('the database cannot be replaced now');
    this.#finish();
    this.#replacing = true;
    try {
      const swap = await prepare();
      this.#cache.forget();
      try {
        this.#store.replace(swap);
        this.#faults = [];
        if (this.#condition !== this.#calm) this.#set(this.#calm);
      } finally {
        if (this.#readAnew()) this.#announce([]);
      }
    } finally {
      this.#replacing = false;
    }
    if (this.#owed !== null || this.#isDue()) this.#schedule();
  }

  #finish(): void {
    for (let goesOn = true; this.#queue.length > 0 || (this.#owed !== null && goesOn); ) goesOn = this.#flush();
  }

  #schedule(): void {
    if (this.#scheduled) return;
    this.#scheduled = true;
    this.#flushWhenAllAreIn(0, 0);
  }

  /** Waits for requests that are being read from sockets to join the group: a turn of the event loop costs microseconds, a commit milliseconds. */
  #flushWhenAllAreIn(known: number, turns: number): void {
    setImmediate(() => {
      const waiting = this.#queue.length;
      if (waiting > known && waiting < GROUP_SIZE && turns < MOST_TURNS) {
        this.#flushWhenAllAreIn(waiting, turns + 1);
        return;
      }
      this.#scheduled = false;
      this.#flush();
      if (this.#queue.length > 0) this.#schedule();
    });
  }

  /** Runs the next group. Pending draining precedes newer commands. False when the transaction failed. */
  #flush(): boolean {
    const now = this.#world.now();
    if (this.#isOpening(now)) this.#owed ??= 'desk'; // also when the timer is late: waiting contacts precede newer commands
    const group = this.#queue.slice(0, GROUP_SIZE);
    this.#queue = this.#queue.slice(GROUP_SIZE);
    const away = this.#away(now); // it must be known before anything is late
    if (this.#owed !== null) group.unshift(...away, goOn(this.#owed));
    else if (!this.#closing) group.unshift(...(away.length > 0 ? away : this.#due(now)));
    if (group.length === 0) return true;
    if (this.#condition.state === 'read_only') {
      for (const command of group) command.reject(new NotNow('the database may not be written'));
      return false;
    }
    const stage = { begun: false };
    let done: Done;
    try {
      done = this.#commit(group, stage);
    } catch (error) {
      this.#log(stage.begun ? 'a commit failed' : 'a transaction could not begin', error);
      const fault = faultOf(error);
      if (!stage.begun && fault === 'database_locked') this.#become({ state: 'refusing', cause: fault, since: this.#world.now() });
      else this.#recover(fault);
      const answer = stage.begun ? new OutcomeUnknown('the commit failed', { cause: error }) : new NotNow('the transaction could not begin', { cause: error });
      for (const command of group) command.reject(answer);
      if (this.#isDue()) {
        this.#disarm();
        this.#disarm = this.#after(RETRIED_AFTER_MS, () => this.#schedule());
      }
      return false;
    }
    this.#board = done.board;
    this.#seen = now;
    this.#owed = done.owed;
    this.#queue = [...done.left, ...this.#queue];
    if (this.#owed !== null && !this.#closing) this.#schedule();
    this.#become(this.#calm);
    for (const answer of done.answers) answer();
    if (done.changes.length > 0) this.#announce(done.changes);
    this.#arm();
    return true;
  }

  /** Sets the timer for what the desk has to do next by itself. */
  #arm(): void {
    this.#disarm();
    [this.#opening, this.#deadline] = [null, null];
    if (this.#closing) return;
    const now = this.#world.now();
    const { reading } = this.#store;
    if (Object.keys(this.#board.rules).length > 0 || this.#cache.savings?.size) this.#opening = nextOpening(reading, this.#board, this.#cache, now);
    if (this.#cache.deadlines(reading)) {
      this.#deadline = firstDue(reading);
      this.#hasBlame = this.#deadline !== null && hasBlame(reading);
      this.#cache.hasDeadlines = this.#deadline !== null;
    }
    const next = Math.min(
      this.#opening ?? Number.POSITIVE_INFINITY,
      this.#deadline ?? Number.POSITIVE_INFINITY,
      this.#hasBlame ? this.#seen + SEEN_EVERY_MS : Number.POSITIVE_INFINITY,
    );
    if (next < Number.POSITIVE_INFINITY)
      this.#disarm = this.#after(Math.max(0, Math.min(next - now, LOOK_WITHIN_MS)), () => {
        if (!this.#isDue()) this.#arm();
        else if (!this.#replacing) this.#schedule();
      });
  }

  #isOpening(now: number): boolean {
    return this.#opening !== null && now >= this.#opening;
  }

  #isDue(): boolean {
    const now = this.#world.now();
    return this.#isOpening(now) || (this.#deadline !== null && (now >= this.#deadline || this.#isToNote(now) || this.#wasAway(now)));
  }

  #isToNote(now: number): boolean {
    return this.#hasBlame && now >= this.#seen + SEEN_EVERY_MS;
  }

  #wasAway(now: number): boolean {
    return (this.#hasBlame || now < this.#seen) && isAway(this.#seen, now);
  }

  /** Notes for how long the desk was away, if it was and anything depends on it. */
  #away(now: number): Command[] {
    return this.#deadline !== null && this.#wasAway(now) ? [byDesk(wasAway({ from: this.#seen, to: now }))] : [];
  }

  /** What deadlines ask for now, while the desk is up. */
  #due(now: number): Command[] {
    if (this.#deadline === null) return [];
    if (now < this.#deadline) return this.#isToNote(now) ? [byDesk(noteSeen)] : [];
    return dueDeadlines(this.#store.reading, now, FIRED_AT_ONCE).map((id) =>
      byDesk(this.#carryOutDeadline(id), (error) => {
        if (!(error instanceof OutcomeUnknown || error instanceof NotNow)) this.#queue.push(byDesk(putOffBy(id))); // a bug: the others must not wait for it
      }),
    );
  }

  /**
   * Runs all commands in one transaction. A command that throws is a bug, and rare: only then the transaction is rolled back and repeated with each
   * command in its own savepoint, for which SQLite has to copy every page that a command changes.
   */
  #commit(group: readonly Command[], stage: { begun: boolean }): Done {
    try {
      return this.#attempt(group, stage, false);
    } catch (error) {
      if (!(error instanceof CommandThrew)) throw error;
      stage.begun = false;
      return this.#attempt(group, stage, true);
    }
  }

  #attempt(group: readonly Command[], stage: { begun: boolean }, apart: boolean): Done {
    const answers: (() => void)[] = [];
    let draft = new Draft(this.#board);
    let changes: Change[] = [];
    let owed: Actor | null = null;
    let count = 0;
    this.#store.transaction((tx) => {
      stage.begun = true;
      for (const command of group) {
        if (owed !== null) break;
        count += 1;
        try {
          const run = () => this.#run(tx, command, draft);
          const done = apart ? this.#store.savepoint(run) : run();
          changes.push(...done.changes);
          answers.push(() => command.resolve(done.result));
          if (done.unfinished) owed = command.actor;
        } catch (error) {
          if (faultOf(error) || !this.#store.isInTransaction) throw error; // the state of the whole group is unknown
          this.#cache.forget();
          if (!apart) throw new CommandThrew('a command threw', { cause: error });
          this.#log('a command failed and was rolled back', error);
          draft = new Draft(advance(this.#board, changes)); // reloading from the rows would refill the queue head, which consoles have not been told
          answers.push(() => command.reject(error));
        }
      }
      changes = this.#refilled(tx, draft, changes);
    });
    return { board: draft.finish(), changes, answers, owed, left: group.slice(count) };
  }

  #run(tx: Writing, command: Command, draft: Draft): { result: unknown; changes: Change[]; unfinished: boolean } {
    const write = new Write({ tx, draft, world: this.#world, actor: command.actor, cache: this.#cache });
    const result = command.run(write);
    return { result, changes: write.changes, unfinished: write.opened.size > 0 };
  }

  /** When contacts have left the board's part of the queue, the next ones are added with the last change of the group. */
  #refilled(tx: Writing, draft: Draft, changes: Change[]): Change[] {
    const last = changes.at(-1);
    const { queue, waiting } = draft.board;
    const total = Object.values(waiting).reduce((sum, n) => sum + n, 0);
    if (!last || queue.length >= QUEUE_HEAD_SIZE || queue.length === total) return changes;
    const refill = queueHead(tx, QUEUE_HEAD_SIZE - queue.length, queue.at(-1)?.contact_id); // the board has every waiting contact before its last one
    draft.refill(refill);
    return [...changes.slice(0, -1), { ...last, refill }];
  }

  /** Recovers after a failed commit: only the rows show what happened. */
  #recover(fault: Fault | null): void {
    this.#cache.forget();
    const since = this.#world.now();
    const reopens = fault === 'disk_error' || fault === 'database_damaged';
    if (reopens) this.#faults = [...this.#faults.filter((at) => since - at < FAULTS.withinMs), since];
    if (!this.#readAnew(reopens ? () => this.#store.reopen() : undefined)) return;
    if (this.#faults.length >= FAULTS.most) this.#become({ state: 'read_only', cause: fault ?? 'disk_error', since });
    else if (fault) this.#become({ state: 'refusing', cause: fault, since });
    this.#announce([]);
  }

  /** Reloads the board after `reopen`. When the database cannot be read, writing stops. */
  #readAnew(reopen?: () => void): boolean {
    try {
      reopen?.();
      this.#board = loadBoard(this.#store.reading);
      this.#seen = lastSeen(this.#store.reading);
      this.#owed = isDrainOwed(this.#board) ? 'desk' : null;
      this.#arm();
      return true;
    } catch (error) {
      this.#log('the database could not be read after a fault', error);
      this.#become({ state: 'read_only', cause: faultOf(error) ?? 'disk_error', since: this.#world.now() });
      return false;
    }
  }

  #become(condition: Condition): void {
    const { state } = this.#condition;
    if (condition === this.#condition) return; // the usual case after a commit
    if (state === 'read_only') return;
    if (condition.state === 'refusing' && this.#condition.state === 'refusing' && condition.cause === this.#condition.cause) return;
    this.#set(condition);
  }

  #set(condition: Condition): void {
    this.#condition = condition;
    // callers should be told to retry quickly, and the event loop has other requests to serve
    if (this.#store.isOpen) this.#store.waitForOthers(condition.state === 'refusing' && condition.cause === 'database_locked' ? 'brief' : 'patient');
    this.#conditionChanged(condition);
  }
}
