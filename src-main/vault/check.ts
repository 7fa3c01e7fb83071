/** Detecting a damaged or replaced database. */
import { statSync } from 'node:fs';
import { setImmediate } from 'node:timers/promises';
import Database from 'better-sqlite3';
import { chainAt, type Point, verifyChain } from '#store/journal/chain.ts';
import { latestRevision } from '#store/journal/journal.ts';
import { handlesOf } from '#store/sqlite/handles.ts';
import { pendingMigrations } from '#store/sqlite/migrate.ts';
import { StoreError } from '#store/sqlite/store-error.ts';

export type Verdict = { readonly ok: true; readonly point: Point } | { readonly ok: false; readonly why: string };

export interface Thoroughness {
  /** `quick` does not compare index entries with their rows and takes about half the time; `none` checks the journal's chain only */
  readonly pages: 'none' | 'quick' | 'all';
  /** the chain is recomputed after this revision; a negative number: over that many of the last rows */
  readonly chainAfter: number;
}

/** Checks pages, foreign keys and the journal's chain. Reads the whole file unless `Thoroughness` limits it. */
export function check(connection: Database.Database, { pages, chainAfter }: Thoroughness): Verdict {
  try {
    const verdict = pages === 'none' ? 'ok' : connection.pragma(pages === 'all' ? 'integrity_check(1)' : 'quick_check(1)', { simple: true });
    if (verdict !== 'ok') return { ok: false, why: String(verdict) };
    const orphan = pages === 'all' && connection.prepare('SELECT "table", parent FROM pragma_foreign_key_check LIMIT 1').get();
    if (orphan) return { ok: false, why: `a row refers to one that is missing: ${JSON.stringify(orphan)}` };
    const db = handlesOf(connection);
    const revision = latestRevision(db);
    if (!isChained(connection)) return { ok: true, point: { revision, chain: null } };
    const chained = verifyChain(db, chainAfter < 0 ? Math.max(0, revision + chainAfter) : Math.min(chainAfter, revision));
    if (!chained.ok) return { ok: false, why: `revision ${chained.revision}: ${chained.why}` };
    return { ok: true, point: { revision, chain: chained.chain.toString('hex') } };
  } catch (error) {
    return { ok: false, why: (error as Error).message };
  }
}

/** Whether this point is in the database's history. */
function hasBeenAt(connection: Database.Database, { revision, chain }: Point): boolean {
  const db = handlesOf(connection);
  const reached = latestRevision(db);
  if (reached < revision || chain === null) return reached >= revision;
  return isChained(connection) && chainAt(db, revision)?.toString('hex') === chain;
}

/** Databases from before migration 0001 have no chain. */
function isChained(connection: Database.Database): boolean {
  return connection.prepare("SELECT 1 FROM pragma_table_info('journal') WHERE name = 'chain'").get() !== undefined;
}

const MEBIBYTE = 1024 * 1024;
/** Number of last journal rows whose chain is checked at startup. */
const CHAIN_AT_START = 10_000;
/** Up to this size all pages are checked before startup, at 1.5 ms per mebibyte. Larger databases are checked in full right after it. */
const ALL_BEFORE_START = 64 * MEBIBYTE;
/** Up to this size, index entries are compared with their rows. */
const INDEXES_UP_TO = 512 * MEBIBYTE;

export type Inspection =
  /** `leftovers`: a write-ahead log exists without its database */
  | { readonly state: 'missing' | 'empty'; readonly leftovers: boolean }
  | { readonly state: 'damaged'; readonly why: string }
  /** intact, but not the database that was last used here: another one, or an older state of it */
  | { readonly state: 'another'; readonly point: Point }
  /** `wholly`: all pages were checked; otherwise `lookAtAll` must follow */
  | { readonly state: 'sound'; readonly point: Point; readonly wholly: boolean };

/**
 * Checks a database before it is opened for writing. Writes nothing to the database or its log.
 * @param migrations the folder of the known migrations
 * @param expected the history must contain one of these points; no condition when empty
 * @param most size in bytes up to which all pages are checked
 * @throws StoreError when a newer version wrote it: its rows cannot be judged
 */
export function inspect(file: string, migrations: string, expected: readonly Point[], most = ALL_BEFORE_START): Inspection {
  const size = sizeOf(file);
  if (size === 0 || size === null) return { state: size === null ? 'missing' : 'empty', leftovers: (sizeOf(`${file}-wal`) ?? 0) > 0 };
  let connection: Database.Database | undefined;
  try {
    connection = openToLook(file);
    if (connection.prepare("SELECT 1 FROM sqlite_schema WHERE name = 'migrations'").get() === undefined) return { state: 'empty', leftovers: false };
    pendingMigrations(connection, migrations);
    const wholly = size <= most;
    if (!wholly && isCutShort(connection, file)) return { state: 'damaged', why: 'the file is shorter than its header says' };
    const verdict = check(connection, { pages: wholly ? 'all' : 'none', chainAfter: -CHAIN_AT_START });
    if (!verdict.ok) return { state: 'damaged', why: verdict.why };
    const look = connection;
    const known = expected.length === 0 || expected.some((point) => hasBeenAt(look, point));
    return known ? { state: 'sound', point: verdict.point, wholly } : { state: 'another', point: verdict.point };
  } catch (error) {
    if (error instanceof StoreError) throw error;
    return { state: 'damaged', why: (error as Error).message };
  } finally {
    connection?.close();
  }
}

/** Checks the pages of every table of a database in use. Returns what is wrong, or null. Takes seconds: runs in the worker. */
export async function lookAtAll(file: string): Promise<string | null> {
  const connection = openToLook(file);
  try {
    const pragma = (sizeOf(file) ?? 0) <= INDEXES_UP_TO ? 'integrity_check' : 'quick_check';
    const tables = connection.prepare("SELECT name FROM sqlite_schema WHERE type = 'table' AND rootpage > 0").pluck().all() as string[]; // names are texts
    for (const table of tables) {
      const verdict = connection.pragma(`${pragma}('${table}')`, { simple: true });
      if (verdict !== 'ok') return String(verdict);
      await setImmediate(); // lets the thread be terminated
    }
    return null;
  } catch (error) {
    return (error as Error).message;
  } finally {
    connection.close();
  }
}

/** Whether the file is truncated. Pages that are still only in the log may be missing from it. */
function isCutShort(connection: Database.Database, file: string): boolean {
  const bytes = Number(connection.pragma('page_count', { simple: true })) * Number(connection.pragma('page_size', { simple: true }));
  return (sizeOf(`${file}-wal`) ?? 0) === 0 && (sizeOf(file) ?? 0) < bytes;
}

/** Opens the database read-only, unless a rollback journal has to be played back first, which needs write access. */
function openToLook(file: string): Database.Database {
  const connection = new Database(file, { readonly: true, fileMustExist: true });
  try {
    connection.prepare('SELECT 1 FROM sqlite_schema').get();
    return connection;
  } catch (error) {
    connection.close();
    if (error instanceof Database.SqliteError && error.code.startsWith('SQLITE_READONLY')) return new Database(file, { fileMustExist: true });
    throw error;
  }
}

const sizeOf = (file: string): number | null => statSync(file, { throwIfNoEntry: false })?.size ?? null;
