/** Backup files. Their names carry the metadata, so that a folder can be listed without opening any file. */
import { existsSync, lstatSync, mkdirSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { Backup, BackupKind } from '#shared/contract/backups.ts';
import { UNFINISHED } from './files.ts';
import { requireOwnOnShare } from './own-files.ts';
import { readSeal, type Sealed, type Sealer } from './seal.ts';

const KINDS = { scheduled: 1, manual: 1, exit: 1, before_migration: 1, before_restore: 1 } as const satisfies Record<BackupKind, 1>;
const isKind = (text: string): text is BackupKind => Object.hasOwn(KINDS, text);

/** `switchyard_2026-11-22T09-15-02-113Z_r1234_scheduled.db`; a backup that failed its checks ends in `_suspect.db`. */
export function backupName(backup: Pick<Backup, 'at' | 'revision' | 'kind' | 'verified'>): string {
  const time = new Date(backup.at).toISOString().replaceAll(/[:.]/g, '-');
  return `switchyard_${time}_r${backup.revision}_${backup.kind}${backup.verified ? '' : '_suspect'}.db`;
}

const NAME = /^switchyard_(\d{4}-\d\d-\d\d)T(\d\d)-(\d\d)-(\d\d)-(\d{3})Z_r(\d+)_([a-z_]+?)(_suspect)?\.db$/;

/** Parses a file name; null when it is not the name of a Switchyard backup. */
export function readBackupName(name: string): Omit<Backup, 'size' | 'folder' | 'seal' | 'origin'> | null {
  const parts = NAME.exec(name);
  if (!parts) return null;
  const [, day, hours, minutes, seconds, ms, revision, kind = '', suspect] = parts;
  const at = Date.parse(`${day}T${hours}:${minutes}:${seconds}.${ms}Z`);
  return Number.isNaN(at) || !isKind(kind) ? null : { name, at, revision: Number(revision), kind, verified: suspect === undefined };
}

export interface BackupFolder {
  readonly folder: string;
  readonly sealer: Sealer;
}

/** The backups in a folder, newest first, each with its seal. Empty when the folder does not exist. */
export function listBackups({ folder, sealer }: BackupFolder): Backup[] {
  const found: Backup[] = [];
  for (const name of namesIn(folder)) {
    const said = readBackupName(name);
    const stat = said && lstatSync(join(folder, name), { throwIfNoEntry: false });
    if (said && stat?.isFile()) found.push({ ...said, ...sealOf(join(folder, name), sealer), size: stat.size, folder });
  }
  return found.sort((a, b) => b.at - a.at || b.revision - a.revision);
}

/** The seal of a backup. Nothing is known of a file that cannot be read. */
function sealOf(path: string, sealer: Sealer): Sealed {
  try {
    return readSeal(path, sealer);
  } catch {
    return { seal: 'none', origin: null };
  }
}

/** Whether the file at `path` is a backup of this desk. */
export const isBackupOf = (sealer: Sealer, path: string): boolean => sealOf(path, sealer).seal === 'own';

/** Whether the backup passed its checks and was sealed by this desk. Only such backups are chosen automatically. */
export const isTrusted = ({ verified, seal }: Pick<Backup, 'verified' | 'seal'>): boolean => verified && seal === 'own';

export const pathOf = (backup: Pick<Backup, 'folder' | 'name'>): string => join(backup.folder, backup.name);

/**
 * Creates the folder in an existing parent and removes unfinished files that a killed process left. Call only while no backup is being made there.
 * @throws NotOurs when another account created the folder or it is a symbolic link
 */
export function prepareFolder(folder: string): void {
  if (!existsSync(folder)) mkdirSync(folder, { mode: 0o700 });
  requireOwnOnShare(folder);
  for (const name of namesIn(folder)) if (new RegExp(`\\${UNFINISHED}(-wal|-shm|-journal)?$`).test(name)) rmSync(join(folder, name), { force: true });
}

/** Names of the files in a folder. Empty when it is not a folder. */
export function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT' || code === 'ENOTDIR') return [];
    throw error;
  }
}
