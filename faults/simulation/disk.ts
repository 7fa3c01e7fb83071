/** A store whose process can crash: at a planned moment the content of its files is saved, and nothing that happens afterwards counts. */
import { copyFileSync, existsSync, mkdirSync, mkdtempSync, rmSync, statSync, truncateSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { appFile } from '#shells/app-root.ts';
import { openStore, type Store, type Writing } from '#store/sqlite/open.ts';

export type Crash =
  /** before anything is written */
  | { readonly kind: 'before' }
  /** between two statements of the transaction */
  | { readonly kind: 'inside'; readonly statement: number }
  /** while the commit is being written: only part of it is in the log */
  | { readonly kind: 'torn'; readonly part: number }
  /** after the commit, before it is acknowledged */
  | { readonly kind: 'after' };

const FILE = 'desk.db';
const MIGRATIONS = appFile('drizzle');
/** On an in-memory file system if there is one: a simulated crash needs no disk. */
const PLACE = existsSync('/dev/shm') ? '/dev/shm' : tmpdir();

export class Disk {
  readonly #folder = mkdtempSync(join(PLACE, 'switchyard-simulation-'));
  #life = 0;
  #store: Store | null = null;
  #plan: Crash | null = null;
  #isAside = false;
  #stayed = false;

  /** @param template a database to start from, closed properly */
  constructor(template?: string) {
    mkdirSync(this.#life_(0));
    if (template !== undefined) copyFileSync(template, join(this.#life_(0), FILE));
  }

  get file(): string {
    return join(this.#life_(this.#life), FILE);
  }

  open(): Store {
    const store = openStore(this.file, { migrations: MIGRATIONS });
    const commit = store.transaction.bind(store);
    store.transaction = <T>(work: (tx: Writing) => T): T => this.#crashing(commit, work);
    this.#store = store;
    return store;
  }

  /** The next transaction is the last one before the crash. */
  plan(crash: Crash): void {
    this.#plan = crash;
    this.#isAside = false;
    this.#stayed = crash.kind === 'after';
  }

  /** Restarts from the saved files. Null if there was no transaction to crash in; otherwise whether its commit must have survived. */
  crash(): { readonly stayed: boolean } | null {
    this.#plan = null;
    if (!this.#isAside) return null;
    truncateSync(`${this.file}-wal`); // a killed process makes no checkpoint
    this.#store?.connection.close();
    rmSync(this.#life_(this.#life), { recursive: true });
    this.#life += 1;
    return { stayed: this.#stayed };
  }

  remove(): void {
    this.#store?.connection.close();
    rmSync(this.#folder, { recursive: true, force: true });
  }

  #crashing<T>(commit: (work: (tx: Writing) => T) => T, work: (tx: Writing) => T): T {
    const plan = this.#plan;
    if (plan === null || this.#isAside) return commit(work);
    if (plan.kind === 'before') this.#putAside();
    const before = this.#logSize();
    const result = commit((tx) => {
      let statement = 0;
      const run: Writing['run'] = (sql, ...values) => {
        if (plan.kind === 'inside' && ++statement === plan.statement) this.#putAside();
        return tx.run(sql, ...values);
      };
      const done = work({ ...tx, run });
      if (plan.kind === 'inside' && !this.#isAside) this.#putAside();
      return done;
    });
    if (plan.kind === 'after') this.#putAside();
    if (plan.kind === 'torn') {
      const grown = this.#logSize() - before;
      this.#putAside();
      // a restarted log has not grown: then the whole commit survives, as if it were `after`
      this.#stayed = grown <= 0;
      if (grown > 0) truncateSync(`${join(this.#life_(this.#life + 1), FILE)}-wal`, before + Math.floor(grown * plan.part));
    }
    return result;
  }

  /** The files as a killed process leaves them: the kernel has everything that was written. */
  #putAside(): void {
    if (this.#isAside) return;
    mkdirSync(this.#life_(this.#life + 1));
    for (const name of [FILE, `${FILE}-wal`]) {
      const from = join(this.#life_(this.#life), name);
      if (existsSync(from)) copyFileSync(from, join(this.#life_(this.#life + 1), name));
    }
    this.#isAside = true;
  }

  #logSize(): number {
    return statSync(`${this.file}-wal`, { throwIfNoEntry: false })?.size ?? 0;
  }

  #life_(n: number): string {
    return join(this.#folder, `life-${n}`);
  }
}
