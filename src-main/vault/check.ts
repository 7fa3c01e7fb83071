/** Detecting a damaged or replaced database. */
import { statSync } from 'node:fs';
import { setImmediate } from 'node:timers/promises';
import { chainAt, type Point, verifyChain } from '#store/journal/chain.ts';
import { latestRevision } from '#store/journal/journal.ts';
import { DatabaseFile, type PageCheck } from '#store/sqlite/database-file.ts';
import { StoreError } from '#store/sqlite/store-error.ts';

export type Verdict = { readonly ok: true; readonly point: Point } | { readonly ok: false; readonly why: string };

export interface Thoroughness {
  /** `none` checks only the journal's chain */
  readonly pages: 'none' | PageCheck;
  /** the chain is recomputed after this revision; a negative number: over that many of the last rows */
  readonly chainAfter: number;
}

/** Checks pages, foreign keys and the journal's chain. Reads the whole file unless `Thoroughness` limits it. */
export function check(database: DatabaseFile, { pages, chainAfter }: Thoroughness): Verdict {
  try {
    const fault = pages === 'none' ? null : database.pageFault(pages);
    if (fault !== null) return { ok: false, why: fault };
    const orphan = pages === 'all' ? database.orphan : null;
    if (orphan !== null) return { ok: false, why: `a row refers to one that is missing: ${orphan}` };
    const db = database.reading;
    const revision = latestRevision(db);
    if (!database.isChained) return { ok: true, point: { revision, chain: null } };
    const chained = verifyChain(db, chainAfter < 0 ? Math.max(0, revision + chainAfter) : Math.min(chainAfter, revision));
    if (!chained.ok) return { ok: false, why: `revision ${chained.revision}: ${chained.why}` };
    return { ok: true, point: { revision, chain: chained.chain.toString('hex') } };
  } catch (error) {
    return { ok: false, why: (error as Error).message };
  }
}

/** Whether this point is in the database's history. */
function hasBeenAt({ reading: db, isChained }: DatabaseFile, { revision, chain }: Point): boolean {
  const reached = latestRevision(db);
  if (reached < revision || chain === null) return reached >= revision;
  return isChained && chainAt(db, revision)?.toString('hex') === chain;
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
  let database: DatabaseFile | undefined;
  try {
    database = DatabaseFile.toCheck(file);
    if (!database.isDesk) return { state: 'empty', leftovers: false };
    database.pending(migrations);
    const wholly = size <= most;
    if (!wholly && isCutShort(database, file)) return { state: 'damaged', why: 'the file is shorter than its header says' };
    const verdict = check(database, { pages: wholly ? 'all' : 'none', chainAfter: -CHAIN_AT_START });
    if (!verdict.ok) return { state: 'damaged', why: verdict.why };
    const checked = database;
    const known = expected.length === 0 || expected.some((point) => hasBeenAt(checked, point));
    return known ? { state: 'sound', point: verdict.point, wholly } : { state: 'another', point: verdict.point };
  } catch (error) {
    if (error instanceof StoreError) throw error;
    return { state: 'damaged', why: (error as Error).message };
  } finally {
    database?.close();
  }
}

/** Checks the pages of every table of a database in use. Returns what is wrong, or null. Takes seconds: runs in the worker. */
export async function lookAtAll(file: string): Promise<string | null> {
  const database = DatabaseFile.toCheck(file);
  try {
    const how = (sizeOf(file) ?? 0) <= INDEXES_UP_TO ? 'all' : 'quick';
    for (const table of database.tables) {
      const fault = database.pageFault(how, table);
      if (fault !== null) return fault;
      await setImmediate(); // lets the thread be terminated
    }
    return null;
  } catch (error) {
    return (error as Error).message;
  } finally {
    database.close();
  }
}

/** Whether the file is truncated. Pages that are still only in the log may be missing from it. */
function isCutShort({ bytes }: DatabaseFile, file: string): boolean {
  return (sizeOf(`${file}-wal`) ?? 0) === 0 && (sizeOf(file) ?? 0) < bytes;
}

const sizeOf = (file: string): number | null => statSync(file, { throwIfNoEntry: false })?.size ?? null;
