/** Puts a backup in the database's place. */
import { constants, copyFileSync, existsSync, mkdirSync, renameSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import Database from 'better-sqlite3';
import { check, type Verdict } from './check.ts';
import { filesOf, removeDatabase } from './copy.ts';
import { syncFile, syncFolder } from './files.ts';
import { pendingMigrations } from './migrate.ts';
import { type Sealed, type Sealer, takeSeal } from './seal.ts';

export interface Stage {
  readonly backup: string;
  /** where the copy is to lie: on the database's disk */
  readonly to: string;
  readonly migrations: string;
  readonly sealer: Sealer;
}

/** What was found of the copy, and whose it is. `sources`: names of some, so that a person recognises the desk. */
export type Staged = (Verdict & Sealed & { readonly sources: readonly string[] }) | (Verdict & { readonly ok: false });

/** Copies a backup beside the database and checks that copy thoroughly: what is checked is what will be used. Runs in the worker. */
export function stage({ backup, to, migrations, sealer }: Stage): Staged {
  removeDatabase(to);
  try {
    copyFileSync(backup, to, constants.COPYFILE_EXCL);
    const { why, ...sealed } = takeSeal(to, sealer);
    if (why !== null) {
      removeDatabase(to);
      return { ok: false, why };
    }
    if (sealed.seal === 'none' && existsSync(`${backup}-wal`)) copyFileSync(`${backup}-wal`, `${to}-wal`, constants.COPYFILE_EXCL); // somebody's own copy of a database that was open
    const { sources, ...verdict } = prepared(to, migrations);
    if (!verdict.ok) removeDatabase(to);
    else syncFile(to);
    return verdict.ok ? { ...verdict, ...sealed, sources } : verdict;
  } catch (error) {
    removeDatabase(to);
    return { ok: false, why: (error as Error).message };
  }
}

function prepared(file: string, migrations: string): Verdict & { readonly sources: readonly string[] } {
  const connection = new Database(file, { fileMustExist: true });
  try {
    if (connection.prepare("SELECT 1 FROM sqlite_schema WHERE name = 'migrations'").get() === undefined)
      return { ok: false, why: 'it is no database of Switchyard', sources: [] };
    pendingMigrations(connection, migrations);
    const verdict = check(connection, { pages: 'all', chainAfter: 0 });
    if (verdict.ok) connection.pragma('journal_mode = WAL'); // as it will be opened: no moment with a journal of another kind
    const sources = connection.prepare('SELECT name FROM sources WHERE archived_at IS NULL ORDER BY id LIMIT 3').pluck().all() as string[]; // names are texts
    return { ...verdict, sources };
  } finally {
    connection.close();
  }
}

export interface Swap {
  readonly database: string;
  readonly staged: string;
  /** whether the database is sound, closed and kept as a backup: then it is replaced */
  readonly isKept: boolean;
  /** a folder that does not exist yet: where the database goes that is not kept */
  readonly quarantine: string;
}

/** Nobody may have the database open. Killed at any point, it leaves the old database, the new one, or none, which a start refuses. */
export function swapIn({ database, staged, isKept, quarantine }: Swap): void {
  const hasLog = filesOf(database)
    .slice(1)
    .some((path) => existsSync(path));
  if (!isKept || hasLog) moveAside(database, quarantine);
  renameSync(staged, database);
  syncFolder(dirname(database));
}

/** Moves a database and what SQLite keeps beside it into a folder, where nothing opens them. */
function moveAside(database: string, to: string): void {
  mkdirSync(to, { recursive: true, mode: 0o700 });
  for (const path of filesOf(database)) if (existsSync(path)) renameSync(path, join(to, basename(path)));
  syncFolder(to);
  syncFolder(dirname(database));
}
