/** Backups as consoles see them. */
import { z } from 'zod';
import { command, query } from './call.ts';
import type { Result } from './problems.ts';

/** Why a backup was made. */
export type BackupKind = 'scheduled' | 'manual' | 'exit' | 'before_migration' | 'before_restore';

/**
 * Who sealed a backup. `own`: this desk; `foreign`: another desk; `none`: it has no seal; `broken`: it claims to be from this
 * desk, but was changed or renamed since, or this desk has lost its key.
 */
export type BackupSeal = 'own' | 'foreign' | 'none' | 'broken';

/** Who made a backup, as stated in the backup. */
export interface BackupOrigin {
  /** the installation's id */
  readonly desk: string;
  /** the computer's name */
  readonly machine: string;
}

export interface Backup {
  readonly name: string;
  /** the folder that contains it */
  readonly folder: string;
  readonly kind: BackupKind;
  /** epoch milliseconds: it contains everything acknowledged until then */
  readonly at: number;
  readonly revision: number;
  /** bytes */
  readonly size: number;
  /** it passed all checks after it was written; one that failed is kept because it may contain the newest contacts */
  readonly verified: boolean;
  readonly seal: BackupSeal;
  /** null without a seal */
  readonly origin: BackupOrigin | null;
}

export interface BackupTrouble {
  /**
   * `not_made`: a backup could not be made; `not_copied`: it could not be copied to the second folder;
   * `damaged`: a copy of the database did not pass its checks, so the database is damaged
   */
  readonly kind: 'not_made' | 'not_copied' | 'damaged';
  /** epoch milliseconds */
  readonly since: number;
  /** English, from the system or the database */
  readonly detail: string;
}

export interface Backups {
  /** newest first; a name occurs twice if it is in both folders */
  readonly items: readonly Backup[];
  readonly folder: string;
  /** as configured: backups are stored in a subfolder of it */
  readonly second_folder: string | null;
  /** epoch milliseconds: everything up to then is in a verified backup, including times when nothing had changed; null: there is none */
  readonly safe_until: number | null;
  readonly troubles: readonly BackupTrouble[];
}

/** The backup that a console asks to restore. */
const restoreInput = z.object({
  name: z.string(),
  /** the folder that contains it, if there are two of this name */
  folder: z.string().optional(),
  /** accept it even if this desk did not seal it: the user has been shown where it comes from */
  accept_foreign: z.boolean().optional(),
});
export type RestoreInput = z.infer<typeof restoreInput>;

/** What became of the database that was replaced. */
export interface Replaced {
  /** restoring it undoes the replacement; null: the database was damaged, and its files were moved into `quarantine` */
  readonly before: Backup | null;
  readonly quarantine: string | null;
}

export interface Restored extends Replaced {
  readonly backup: Backup;
}

export const backupCalls = {
  backups: query('viewer').answers<Backups>(),
  backUpNow: command('supervisor').answers<Result<Backup>>(),
  /** The host continues from the restored state, and every console must fetch the board again. The previous state is kept as a backup. */
  restoreBackup: command('admin', restoreInput).answers<Result<Restored>>(),
  /** The absolute path of an existing folder; every backup is copied into our own subfolder of it. null: none */
  setSecondBackupFolder: command('admin', z.object({ folder: z.string().nullable() })).answers<Result<null>>(),
};
