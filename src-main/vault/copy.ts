/** Makes backups. Blocks its thread: runs in the worker. */
import { mkdirSync, renameSync, rmSync, statfsSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { Backup, BackupKind } from '#shared/contract/backups.ts';
import type { Point } from '#store/journal/chain.ts';
import { latestRevision } from '#store/journal/journal.ts';
import { DatabaseFile } from '#store/sqlite/database-file.ts';
import { backupName } from './backup-files.ts';
import { check } from './check.ts';
import { syncFile, syncFolder, UNFINISHED } from './files.ts';
import { requireOwn } from './own-files.ts';
import { putSeal, readSeal, type Sealer } from './seal.ts';

/** Bytes that a backup leaves free on the disk for the desk's own writes. */
const LEAVE_FREE = 64 * 1024 * 1024;

export interface BackUp {
  readonly database: string;
  readonly folder: string;
  readonly kind: BackupKind;
  /** epoch milliseconds; the backup contains everything committed by then */
  readonly at: number;
  /** the chain is recomputed after this revision */
  readonly chainAfter: number;
  readonly sealer: Sealer;
}

export interface BackedUp {
  readonly backup: Backup;
  /** null: the copy failed its checks */
  readonly point: Point | null;
  /** what is wrong with the copy, and therefore with the database */
  readonly why: string | null;
}

/**
 * Copies the database page by page in one read transaction, concurrently with writers, and checks the copy. Only then the copy gets
 * its final name. A copy that fails its checks is kept under a name that says so: it may be the only record of the newest contacts.
 */
export async function backUp({ database, folder, kind, at, chainAfter, sealer }: BackUp): Promise<BackedUp> {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  requireOwn(folder, 'folder');
  const { bavail, bsize } = statfsSync(folder);
  const needed = statSync(database).size + LEAVE_FREE;
  if (bavail * bsize < needed) throw new Error(`${Math.ceil(needed / 1024 ** 2)} MiB of free space are needed in ${folder}`);
  const unfinished = join(folder, `${kind}${UNFINISHED}`);
  removeDatabase(unfinished);
  try {
    await DatabaseFile.copy(database, unfinished, kind === 'exit' ? PAGES_AT_EXIT : ALL_PAGES);
    const copy = DatabaseFile.toWrite(unfinished);
    try {
      copy.makeSingle();
      const verdict = check(copy, { pages: 'all', chainAfter });
      const revision = verdict.ok ? verdict.point.revision : revisionIn(copy);
      copy.close();
      const name = backupName({ at, revision, kind, verified: verdict.ok });
      putSeal(unfinished, name, sealer);
      syncFile(unfinished);
      renameSync(unfinished, join(folder, name));
      syncFolder(folder);
      const path = join(folder, name);
      const backup: Backup = { name, folder, kind, at, revision, size: statSync(path).size, verified: verdict.ok, ...readSeal(path, sealer) };
      return verdict.ok ? { backup, point: verdict.point, why: null } : { backup, point: null, why: verdict.why };
    } finally {
      copy.close();
    }
  } catch (error) {
    removeDatabase(unfinished);
    throw error;
  }
}

/** All pages in one step: a backup in several steps restarts at each commit. */
const ALL_PAGES = 0x7fff_ffff;
/** At exit there are no commits, and the thread can be terminated after each step. */
const PAGES_AT_EXIT = 8192;

function revisionIn(damaged: DatabaseFile): number {
  try {
    return latestRevision(damaged.reading);
  } catch {
    return 0;
  }
}

/** Removes a database and SQLite's files beside it. The database must be closed. */
export function removeDatabase(file: string): void {
  for (const path of filesOf(file)) rmSync(path, { force: true });
}

/** A database's files. They belong together: a write-ahead log beside another database corrupts it. */
export const filesOf = (file: string): string[] => [file, `${file}-wal`, `${file}-shm`, `${file}-journal`];
