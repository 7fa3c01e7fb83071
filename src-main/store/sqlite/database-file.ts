import Database from 'better-sqlite3';
import { handlesOf, type Reading } from './handles.ts';
import { pendingMigrations, strayDefinition } from './migrate.ts';

/** How pages are checked: `quick` does not compare index entries with their rows and takes about half the time. */
export type PageCheck = 'quick' | 'all';

const CHECKS: Readonly<Record<PageCheck, string>> = { quick: 'quick_check', all: 'integrity_check' };

/** Wait for another program's lock while a database is copied. */
const COPY_BUSY_TIMEOUT_MS = 5000;
/** KiB. Each page is read once, so better-sqlite3's default cache of 16 MB would only waste memory. */
const PAGES_ONCE = 'cache_size = -2048';

/** A database file outside a `Store`, possibly damaged, foreign or of an older version: for checks, copies and restores. Close it after use. */
export class DatabaseFile {
  readonly reading: Reading;
  readonly #connection: Database.Database;

  constructor(connection: Database.Database) {
    this.#connection = connection;
    this.reading = handlesOf(connection);
  }

  /** @throws when there is no file or it is not a database */
  static toRead(file: string): DatabaseFile {
    return new DatabaseFile(new Database(file, { readonly: true, fileMustExist: true }));
  }

  /** Opens it for writing. @throws as `toRead` does */
  static toWrite(file: string): DatabaseFile {
    return new DatabaseFile(new Database(file, { fileMustExist: true }));
  }

  /** Opens it for reading, unless a rollback journal has to be played back first, which needs write access. @throws as `toRead` does */
  static toCheck(file: string): DatabaseFile {
    const opened = DatabaseFile.toRead(file);
    try {
      opened.#connection.prepare('SELECT 1 FROM sqlite_schema').get();
      return opened;
    } catch (error) {
      opened.close();
      if (error instanceof Database.SqliteError && error.code.startsWith('SQLITE_READONLY')) return DatabaseFile.toWrite(file);
      throw error;
    }
  }

  /**
   * Copies a database in use page by page to a file, from one read transaction.
   * @param atOnce pages of a step; all in one step unless nobody writes: a copy in several steps restarts at each commit
   */
  static async copy(from: string, to: string, atOnce: number): Promise<void> {
    const source = new Database(from, { readonly: true, fileMustExist: true, timeout: COPY_BUSY_TIMEOUT_MS });
    try {
      source.pragma(PAGES_ONCE);
      await source.backup(to, { progress: () => atOnce });
    } finally {
      source.close();
    }
  }

  /** Whether it is a desk's database, of any version. */
  get isDesk(): boolean {
    return this.#connection.prepare("SELECT 1 FROM sqlite_schema WHERE name = 'migrations'").get() !== undefined;
  }

  /** Whether its journal has a chain. Databases from before migration 0001 have none. */
  get isChained(): boolean {
    return this.#connection.prepare("SELECT 1 FROM pragma_table_info('journal') WHERE name = 'chain'").get() !== undefined;
  }

  /** Size in bytes by its header. Pages that are only in the log count. */
  get bytes(): number {
    return Number(this.#connection.pragma('page_count', { simple: true })) * Number(this.#connection.pragma('page_size', { simple: true }));
  }

  /** Number of migrations that opening it would apply. @param migrations the folder `drizzle/` @throws StoreError as `migrate` does */
  pending(migrations: string): number {
    return pendingMigrations(this.#connection, migrations).length;
  }

  /** See `strayDefinition`. */
  stray(migrations: string): string | null {
    return strayDefinition(this.#connection, migrations);
  }

  /** The first fault of its pages, in SQLite's words; null: none. @param table only this table's pages */
  pageFault(how: PageCheck, table?: string): string | null {
    const verdict = this.#connection.pragma(`${CHECKS[how]}(${table === undefined ? 1 : `'${table}'`})`, { simple: true });
    return verdict === 'ok' ? null : String(verdict);
  }

  /** Names of its tables that have pages. */
  get tables(): string[] {
    return this.#connection.prepare("SELECT name FROM sqlite_schema WHERE type = 'table' AND rootpage > 0").pluck().all() as string[]; // names are texts
  }

  /** A row whose foreign key refers to no row, as text; null: none. */
  get orphan(): string | null {
    const row = this.#connection.prepare('SELECT "table", parent FROM pragma_foreign_key_check LIMIT 1').get();
    return row === undefined ? null : JSON.stringify(row);
  }

  /** Makes it one file that can be read without creating others beside it. For a copy that is checked once. */
  makeSingle(): void {
    this.#connection.pragma(PAGES_ONCE);
    this.#connection.pragma('journal_mode = DELETE');
  }

  /** Sets the mode in which a `Store` opens it, so that it never has a journal of another kind. */
  writeAhead(): void {
    this.#connection.pragma('journal_mode = WAL');
  }

  /** Checkpoints the write-ahead log, so that everything is in the one file. */
  emptyLog(): void {
    this.#connection.pragma('wal_checkpoint(TRUNCATE)');
  }

  close(): void {
    this.#connection.close();
  }
}
