/** What consoles are told of backups. */

/** Why it was made. */
export type BackupKind = 'scheduled' | 'manual' | 'exit' | 'before_migration' | 'before_restore';

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

export interface Restored {
  readonly backup: Backup;
  /** undoes the restore; null: the database was damaged, and its files were moved into `quarantine` */
  readonly before: Backup | null;
  readonly quarantine: string | null;
}
