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
  /** it passed all checks after it was written */
  readonly verified: boolean;
}
