/** Whether a database is what was written. */
import { statSync } from 'node:fs';
import Database from 'better-sqlite3';
import { chainAt, verifyChain } from './chain.ts';
import { handlesOf } from './handles.ts';
import { pendingMigrations } from './migrate.ts';
import { StoreError } from './store-error.ts';

/** A place in a database's history: a revision, and the journal's chain there in hex (null before there was a chain). */
export interface Point {
  readonly revision: number;
  readonly chain: string | null;
}

export type Verdict = { readonly ok: true; readonly point: Point } | { readonly ok: false; readonly why: string };

export interface Thoroughness {
  /** `quick` passes over index entries that do not fit their rows, in about half the time */
  readonly pages: 'quick' | 'all';
  /** the chain is computed anew after this revision; less than 0: over so many of the last rows */
  readonly chainAfter: number;
}

/** Checks pages, references and the journal's chain. Reads all of the file. */
export function check(connection: Database.Database, { pages, chainAfter }: Thoroughness): Verdict {
  try {
    const verdict = connection.pragma(pages === 'all' ? 'integrity_check(1)' : 'quick_check(1)', { simple: true });
    if (verdict !== 'ok') return { ok: false, why: String(verdict) };
    const orphan = pages === 'all' && connection.prepare('SELECT "table", parent FROM pragma_foreign_key_check LIMIT 1').get();
    if (orphan) return { ok: false, why: `a row refers to one that is missing: ${JSON.stringify(orphan)}` };
    const db = handlesOf(connection);
    const revision = db.get<{ revision: number | null }>('SELECT MAX(revision) AS revision FROM journal')?.revision ?? 0;
    if (!isChained(connection)) return { ok: true, point: { revision, chain: null } };
    const chained = verifyChain(db, chainAfter < 0 ? Math.max(0, revision + chainAfter) : Math.min(chainAfter, revision));
    if (!chained.ok) return { ok: false, why: `revision ${chained.revision}: ${chained.why}` };
    return { ok: true, point: { revision, chain: chained.chain.toString('hex') } };
  } catch (error) {
    return { ok: false, why: (error as Error).message };
  }
}

/** Whether the database has been at this point. */
export function hasBeenAt(connection: Database.Database, { revision, chain }: Point): boolean {
  const db = handlesOf(connection);
  const reached = db.get<{ revision: number | null }>('SELECT MAX(revision) AS revision FROM journal')?.revision ?? 0;
  if (reached < revision || chain === null) return reached >= revision;
  return isChained(connection) && chainAt(db, revision)?.toString('hex') === chain;
}

/** Databases of before migration 0001 have no chain. */
function isChained(connection: Database.Database): boolean {
  return connection.prepare("SELECT 1 FROM pragma_table_info('journal') WHERE name = 'chain'").get() !== undefined;
}

/** How many of the last rows of the journal are checked at a start. */
const CHAIN_AT_START = 10_000;
/** Up to this size index entries are checked at a start as well: about 1.5 ms a megabyte. */
const ALL_PAGES_UP_TO = 512 * 1024 * 1024;

export type Inspection =
  /** `leftovers`: there is a write-ahead log without its database */
  | { readonly state: 'missing' | 'empty'; readonly leftovers: boolean }
  | { readonly state: 'damaged'; readonly why: string }
  /** sound, but not what was here last: another database, or an older state of this one */
  | { readonly state: 'another'; readonly point: Point }
  | { readonly state: 'sound'; readonly point: Point };

/**
 * Looks at a database before it is opened for writing, and writes nothing to it or its log.
 * @param migrations the folder of the known ones
 * @param expected it must have been at one of these, when there are any
 * @throws StoreError when it was written by a newer version, whose rows this one could not judge
 */
export function inspect(file: string, migrations: string, expected: readonly Point[]): Inspection {
  const size = sizeOf(file);
  if (size === 0 || size === null) return { state: size === null ? 'missing' : 'empty', leftovers: (sizeOf(`${file}-wal`) ?? 0) > 0 };
  let connection: Database.Database | undefined;
  try {
    connection = openToLook(file);
    if (connection.prepare("SELECT 1 FROM sqlite_schema WHERE name = 'migrations'").get() === undefined) return { state: 'empty', leftovers: false };
    pendingMigrations(connection, migrations);
    const verdict = check(connection, { pages: size <= ALL_PAGES_UP_TO ? 'all' : 'quick', chainAfter: -CHAIN_AT_START });
    if (!verdict.ok) return { state: 'damaged', why: verdict.why };
    const look = connection;
    const known = expected.length === 0 || expected.some((point) => hasBeenAt(look, point));
    return { state: known ? 'sound' : 'another', point: verdict.point };
  } catch (error) {
    if (error instanceof StoreError) throw error;
    return { state: 'damaged', why: (error as Error).message };
  } finally {
    connection?.close();
  }
}

/** Read-only, except where a journal of SQLite's own has to be played back first, which a reader may not. */
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
