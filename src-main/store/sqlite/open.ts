/** Opens the database with the required settings and provides its handles: `Reading` for queries, `Writing` for changes. */
import Database from 'better-sqlite3';
import type { Reading, Value, Writing } from './handles.ts';
import { migrate } from './migrate.ts';
import { StoreError } from './store-error.ts';

export type { Reading, Value, Writing } from './handles.ts';
export { StoreError };

/** How long the event loop may block on another program's lock: at first, and once the lock is known to be held for long. */
const BUSY_TIMEOUT_MS = { patient: 250, brief: 10 };
const OLDEST_SQLITE = [3, 51, 3]; // in older versions, concurrent writes and checkpoints from two connections can corrupt a WAL database

/** An open database: reads, and transactions that write. Each statement is prepared once. */
export class Store {
  readonly #open: () => Database.Database;
  readonly #statements = new Map<string, Database.Statement<Value[]>>();
  #connection: Database.Database;
  #patience: keyof typeof BUSY_TIMEOUT_MS = 'patient';

  constructor(open: () => Database.Database) {
    this.#open = open;
    this.#connection = open();
  }

  get connection(): Database.Database {
    return this.#connection;
  }

  /** False once the store was closed. */
  get isOpen(): boolean {
    return this.#connection.open;
  }

  /** False between transactions, and after SQLite rolled one back by itself. */
  get isInTransaction(): boolean {
    return this.#connection.inTransaction;
  }

  readonly reading: Reading = {
    get: <Row>(sql: string, ...values: Value[]) => this.#prepared(sql).get(...values) as Row | undefined, // the caller names the columns it selects
    all: <Row>(sql: string, ...values: Value[]) => this.#prepared(sql).all(...values) as Row[],
  };

  readonly #writing: Writing = { ...this.reading, run: (sql, ...values) => this.#prepared(sql).run(...values) };

  /** Runs `work` between BEGIN IMMEDIATE and COMMIT. Rolls back when anything throws, as far as the disk still allows it. */
  transaction<T>(work: (tx: Writing) => T): T {
    this.#prepared('BEGIN IMMEDIATE').run();
    try {
      const result = work(this.#writing);
      this.#prepared('COMMIT').run();
      return result;
    } catch (error) {
      if (this.connection.inTransaction) this.#prepared('ROLLBACK').run();
      throw error;
    }
  }

  /** Runs `work` in a savepoint. When it throws, its writes are rolled back and the surrounding transaction continues. */
  savepoint<T>(work: () => T): T {
    this.#prepared('SAVEPOINT command').run();
    try {
      const result = work();
      this.#prepared('RELEASE command').run();
      return result;
    } catch (error) {
      if (this.connection.inTransaction) {
        this.#prepared('ROLLBACK TO command').run();
        this.#prepared('RELEASE command').run();
      }
      throw error;
    }
  }

  /** Closes, reopens and checks the database, as at startup. @throws when it cannot be opened or is damaged */
  reopen(): void {
    if (this.connection.memory) return; // an in-memory database is lost when it is closed
    this.#statements.clear();
    this.connection.close();
    this.#connection = this.#open();
    const verdict = this.connection.pragma('quick_check(1)', { simple: true });
    if (verdict !== 'ok') throw new Database.SqliteError(`quick_check: ${String(verdict)}`, 'SQLITE_CORRUPT');
  }

  /** Closes the database, lets `swap` replace its files, and reopens it. @throws what `swap` or opening threw; the database is then open again if possible */
  replace(swap: () => void): void {
    this.#statements.clear();
    try {
      this.close();
    } catch {
      this.connection.close(); // a damaged database cannot checkpoint its log
    }
    try {
      swap();
    } finally {
      this.#connection = this.#open();
    }
  }

  /** Sets how long to wait for another program's lock before reporting it. */
  waitForOthers(patience: keyof typeof BUSY_TIMEOUT_MS): void {
    this.#patience = patience;
    this.connection.pragma(`busy_timeout = ${BUSY_TIMEOUT_MS[patience]}`);
  }

  /** Checkpoints and truncates the log. Returns false at once when a reader prevents it. */
  emptyLog(): boolean {
    this.connection.pragma('busy_timeout = 0');
    try {
      const [outcome] = this.connection.pragma('wal_checkpoint(TRUNCATE)') as { busy: number }[]; // SQLite documents one row
      return outcome?.busy === 0;
    } finally {
      this.waitForOthers(this.#patience);
    }
  }

  close(): void {
    if (!this.connection.open) return;
    this.connection.pragma('wal_checkpoint(TRUNCATE)');
    this.connection.close();
  }

  #prepared(sql: string): Database.Statement<Value[]> {
    let statement = this.#statements.get(sql);
    if (!statement) {
      statement = this.connection.prepare<Value[]>(sql);
      this.#statements.set(sql, statement);
    }
    return statement;
  }
}

/**
 * Opens, checks and migrates the database at `file` (or `:memory:`).
 * @param options.migrations the folder of the migrations, `drizzle/`
 * @throws StoreError when it is from a newer version or cannot guarantee durability
 */
export function openStore(file: string, options: { migrations: string }): Store {
  let isThere = false;
  return new Store(() => {
    const connection = new Database(file, { timeout: BUSY_TIMEOUT_MS.patient, fileMustExist: isThere });
    try {
      if (isThere && connection.prepare("SELECT 1 FROM sqlite_schema WHERE name = 'migrations'").get() === undefined)
        throw new Database.SqliteError('the database existed before and is now empty', 'SQLITE_CORRUPT');
      isThere = true;
      configure(connection, file === ':memory:');
      migrate(connection, options.migrations);
    } catch (error) {
      connection.close();
      throw error;
    }
    return connection;
  });
}

function configure(connection: Database.Database, inMemory: boolean): void {
  const version = connection.prepare('SELECT sqlite_version()').pluck().get() as string; // sqlite_version() always returns text
  const parts = version.split('.').map(Number);
  const difference = OLDEST_SQLITE.map((least, i) => (parts[i] ?? 0) - least).find((d) => d !== 0) ?? 0;
  if (difference < 0) throw new StoreError(`SQLite ${version} is older than ${OLDEST_SQLITE.join('.')}, which this program needs. Reinstall it.`);
  connection.pragma('journal_mode = WAL');
  connection.pragma('synchronous = FULL'); // better-sqlite3 reopens a WAL database with NORMAL, which loses commits in a power cut
  connection.pragma('fullfsync = ON'); // macOS: fsync alone leaves the drive's cache unflushed
  connection.pragma('foreign_keys = ON');
  connection.pragma('trusted_schema = OFF');
  connection.pragma('cell_size_check = ON');
  connection.pragma('secure_delete = ON');
  connection.pragma('cache_size = -8192'); // KiB; the operating system caches the rest
  const wanted = { synchronous: 2, foreign_keys: 1, ...(inMemory ? {} : { journal_mode: 'wal' }) };
  for (const [pragma, value] of Object.entries(wanted)) {
    const actual = connection.pragma(pragma, { simple: true });
    if (actual !== value) throw new StoreError(`The database refuses ${pragma} = ${value} (it is ${String(actual)}); move the data folder to a local disk.`);
  }
}
