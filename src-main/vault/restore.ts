/** Replaces the database by a backup. */
import { constants, copyFileSync, existsSync, mkdirSync, renameSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { DatabaseFile } from '#store/sqlite/database-file.ts';
import { someSourceNames } from '#store/tables/sources.ts';
import { check, type Verdict } from './check.ts';
import { filesOf, removeDatabase } from './copy.ts';
import { syncFile, syncFolder } from './files.ts';
import { type Sealed, type Sealer, takeSeal } from './seal.ts';

export interface Stage {
  readonly backup: string;
  /** path of the copy, on the database's disk */
  readonly to: string;
  readonly migrations: string;
  readonly sealer: Sealer;
}

/** Verdict on the copy and its origin. `sources`: names of some sources, so that a person recognises the desk. */
export type Staged = (Verdict & Sealed & { readonly sources: readonly string[] }) | (Verdict & { readonly ok: false });

/** Copies a backup next to the database and fully checks the copy, so that the checked file is the one used. Runs in the worker. */
export function stage({ backup, to, migrations, sealer }: Stage): Staged {
  removeDatabase(to);
  try {
    copyFileSync(backup, to, constants.COPYFILE_EXCL);
    const { why, ...sealed } = takeSeal(to, sealer);
    if (why !== null) {
      removeDatabase(to);
      return { ok: false, why };
    }
    if (sealed.seal === 'none' && existsSync(`${backup}-wal`)) copyFileSync(`${backup}-wal`, `${to}-wal`, constants.COPYFILE_EXCL); // a manual copy of an open database
    const { sources, ...verdict } = prepared(to, migrations, sealed.seal === 'own');
    if (!verdict.ok) removeDatabase(to);
    else syncFile(to);
    return verdict.ok ? { ...verdict, ...sealed, sources } : verdict;
  } catch (error) {
    removeDatabase(to);
    return { ok: false, why: (error as Error).message };
  }
}

function prepared(file: string, migrations: string, isOwn: boolean): Verdict & { readonly sources: readonly string[] } {
  const database = DatabaseFile.toWrite(file);
  try {
    if (!database.isDesk) return { ok: false, why: 'it is not a database of Switchyard', sources: [] };
    database.pending(migrations);
    const stray = isOwn ? null : database.stray(migrations);
    if (stray !== null) return { ok: false, why: `its database is not defined as a desk's is (${stray})`, sources: [] };
    const verdict = check(database, { pages: 'all', chainAfter: 0 });
    if (verdict.ok) database.writeAhead();
    return { ...verdict, sources: someSourceNames(database.reading, 3) };
  } finally {
    database.close();
  }
}

export interface Swap {
  readonly database: string;
  readonly staged: string;
  /** whether the database is intact, closed and backed up: then it is overwritten */
  readonly isKept: boolean;
  /** a folder that does not exist yet, for the database when it was not backed up */
  readonly quarantine: string;
}

/** Swaps the staged copy in. The database must be closed. Killed at any point, it leaves the old database, the new one, or none; a start refuses the last case. */
export function swapIn({ database, staged, isKept, quarantine }: Swap): void {
  const hasLog = filesOf(database)
    .slice(1)
    .some((path) => existsSync(path));
  if (!isKept || hasLog) moveAside(database, quarantine);
  renameSync(staged, database);
  syncFolder(dirname(database));
}

/** Moves a database with SQLite's files beside it into a quarantine folder. */
function moveAside(database: string, to: string): void {
  mkdirSync(to, { recursive: true, mode: 0o700 });
  for (const path of filesOf(database)) if (existsSync(path)) renameSync(path, join(to, basename(path)));
  syncFolder(to);
  syncFolder(dirname(database));
}
