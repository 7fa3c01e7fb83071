/** What consoles are told of backups. */
import { z } from 'zod';

/** Why it was made. */
export type BackupKind = 'scheduled' | 'manual' | 'exit' | 'before_migration' | 'before_restore';

/**
 * Whose a backup is. `own`: this desk sealed it; `foreign`: another desk did; `none`: nobody did; `broken`: it says that it is this
 * desk's, but was changed or renamed since, or this desk has lost its key.
 */
export type BackupSeal = 'own' | 'foreign' | 'none' | 'broken';

/** Who made a backup, as it says itself. */
export interface BackupOrigin {
  /** the installation's id */
  readonly desk: string;
  /** the computer's name */
  readonly machine: string;
}

export interface Backup {
  readonly name: string;
  /** the folder that it lies in */
  readonly folder: string;
  readonly kind: BackupKind;
  /** epoch milliseconds: everything acknowledged until then is in it */
  readonly at: number;
  readonly revision: number;
  /** bytes */
  readonly size: number;
  /** it passed all checks after it was written; one that did not is kept because it may hold the newest contacts */
  readonly verified: boolean;
  readonly seal: BackupSeal;
  /** null without a seal */
  readonly origin: BackupOrigin | null;
}

export interface BackupTrouble {
  /**
   * `not_made`: a backup could not be made; `not_copied`: the second folder did not take it;
   * `damaged`: a copy of the database did not pass its checks, so the database is damaged
   */
  readonly kind: 'not_made' | 'not_copied' | 'damaged';
  /** epoch milliseconds */
  readonly since: number;
  /** English, from the system or the database */
  readonly detail: string;
}

export interface Backups {
  /** newest first; the same name is there twice when it lies in both folders */
  readonly items: readonly Backup[];
  readonly folder: string;
  /** as it was set: backups lie in a folder of their own in it */
  readonly second_folder: string | null;
  /** epoch milliseconds: up to then everything is in a verified backup, also when nothing had changed since the last; null: there is none */
  readonly safe_until: number | null;
  readonly troubles: readonly BackupTrouble[];
}

/** Which backup a console wants to have restored. */
export const restoreInput = z.object({
  name: z.string(),
  /** that it lies in, when there are two of this name */
  folder: z.string().optional(),
  /** also when this desk did not seal it: whoever asks has been told whose it is */
  accept_foreign: z.boolean().optional(),
});
export type RestoreInput = z.infer<typeof restoreInput>;

export interface Restored {
  readonly backup: Backup;
  /** undoes the restore; null: the database was damaged, and its files were moved into `quarantine` */
  readonly before: Backup | null;
  readonly quarantine: string | null;
}
