/** Backups on another disk or share, which may be slow, full, missing, or writable by others. Accessed in the worker only. */
import { createHash } from 'node:crypto';
import { createReadStream, lstatSync, rmSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import type { Backup } from '#shared/contract/backups.ts';
import { type BackupFolder, isBackupOf, listBackups, namesIn, pathOf, prepareFolder } from './backup-files.ts';
import { copyDurably } from './files.ts';
import { expired, LONGEST_MS } from './retention.ts';
import type { Sealer } from './seal.ts';

export interface Duplicate {
  /** a finished backup */
  readonly from: string;
  /** created when missing; its parent must exist */
  readonly folder: string;
  readonly now: number;
  /** number of days for which one backup per day is kept */
  readonly days: number;
  readonly sealer: Sealer;
}

/** Copies a backup into the folder, reads it back to compare, and removes expired backups there. Returns the folder's backups. */
export async function duplicate({ from, folder, now, days, sealer }: Duplicate): Promise<Backup[]> {
  const to = join(folder, basename(from));
  prepareFolder(folder);
  if (!isBackupOf(sealer, to)) {
    copyDurably(from, to);
    if ((await digestOf(from)) !== (await digestOf(to))) {
      rmSync(to, { force: true });
      throw new Error(`${to} was not what was copied there`);
    }
  }
  removeExpired({ folder, sealer }, now, days);
  return listSecond({ folder, sealer });
}

/**
 * Removes the desk's own expired backups. Foreign files are ignored in the count, so that adding files cannot push own backups
 * out. A backup without a valid seal is removed once it reaches the maximum age; other desks' backups are left alone.
 */
export function removeExpired(where: BackupFolder, now: number, days: number): void {
  const all = listBackups(where);
  const own = all.filter(({ seal }) => seal === 'own');
  const stray = all.filter(({ seal }) => seal === 'none' || seal === 'broken');
  const lainSince = (path: string) => lstatSync(path, { throwIfNoEntry: false })?.ctimeMs ?? now;
  const gone = [...expired(own, now, days), ...stray.filter((backup) => now - lainSince(pathOf(backup)) > LONGEST_MS)];
  for (const backup of gone) rmSync(pathOf(backup), { force: true });
}

/** Backups in the desk's own folder there, and the newest of each other desk, so that after the loss of a disk a new desk finds the old one's. */
export function listSecond({ folder, sealer }: BackupFolder): Backup[] {
  const root = dirname(folder);
  const isOther = (name: string) =>
    /^switchyard-[\w-]{1,64}$/.test(name) && name !== basename(folder) && lstatSync(join(root, name), { throwIfNoEntry: false })?.isDirectory() === true;
  const newest = (name: string) =>
    listBackups({ folder: join(root, name), sealer })
      .filter(({ verified }) => verified)
      .slice(0, 1);
  return [...listBackups({ folder, sealer }), ...namesIn(root).filter(isOther).flatMap(newest)];
}

async function digestOf(file: string): Promise<string> {
  const digest = createHash('sha256');
  await pipeline(createReadStream(file), digest);
  return digest.digest('hex');
}
