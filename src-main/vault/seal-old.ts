/** Seals backups that this desk made before seals existed. */
import { existsSync } from 'node:fs';
import { basename, join } from 'node:path';
import type { Backup } from '#shared/contract/backups.ts';
import { type BackupFolder, listBackups, pathOf } from './backup-files.ts';
import { copyDurably } from './files.ts';
import { isClosedToOthers, requireOwn } from './own-files.ts';
import { haveSamePages, putSeal } from './seal.ts';

export interface SealOld extends BackupFolder {
  /** the desk's folder on another disk; null: none */
  readonly second: string | null;
}

/** Whether the backup has no seal of any desk, or one that does not match its content. */
export const isUnsealed = ({ seal }: Pick<Backup, 'seal'>): boolean => seal === 'none' || seal === 'broken';

/**
 * Seals the backups in the desk's own folder if only this account may write there: then nobody else can have created them. In the second folder,
 * backups with the same pages are replaced by the sealed ones.
 */
export function sealOld({ folder, sealer, second }: SealOld): void {
  if (!isClosedToOthers(folder)) return;
  for (const backup of listBackups({ folder, sealer }).filter(isUnsealed)) if (requireOwn(pathOf(backup), 'file')) putSeal(pathOf(backup), backup.name, sealer);
  if (second === null) return;
  for (const backup of listBackups({ folder: second, sealer }).filter(isUnsealed)) {
    const own = join(folder, basename(backup.name));
    if (existsSync(own) && haveSamePages(own, pathOf(backup))) copyDurably(own, pathOf(backup));
  }
}
