/** Backups on another disk or share, which may be slow, full, or gone: only ever touched in the worker. */
import { createHash } from 'node:crypto';
import { createReadStream, existsSync, rmSync } from 'node:fs';
import { basename, join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import type { Backup } from '#shared/contract/backups.ts';
import { listBackups, pathOf, prepareFolder } from './backup-files.ts';
import { copyDurably } from './files.ts';
import { expired } from './retention.ts';

export interface Duplicate {
  /** a finished backup */
  readonly from: string;
  /** made when it is missing, in a parent that is there */
  readonly folder: string;
  readonly now: number;
  /** for how many days one backup a day is kept */
  readonly days: number;
}

/** Copies a backup into the folder, reads it back to compare, and removes what has expired there. Answers what lies there then. */
export async function duplicate({ from, folder, now, days }: Duplicate): Promise<Backup[]> {
  const to = join(folder, basename(from));
  prepareFolder(folder);
  if (!existsSync(to)) {
    copyDurably(from, to);
    if ((await digestOf(from)) !== (await digestOf(to))) {
      rmSync(to, { force: true });
      throw new Error(`${to} was not what was copied there`);
    }
  }
  removeExpired(folder, now, days);
  return listBackups(folder);
}

export function removeExpired(folder: string, now: number, days: number): void {
  for (const backup of expired(listBackups(folder), now, days)) rmSync(pathOf(backup), { force: true });
}

async function digestOf(file: string): Promise<string> {
  const digest = createHash('sha256');
  await pipeline(createReadStream(file), digest);
  return digest.digest('hex');
}
