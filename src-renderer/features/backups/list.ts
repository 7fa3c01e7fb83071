/** Prepares the list of backups for display. */
import type { Backup, Backups } from '#shared/contract/backups.ts';

type Place = 'here' | 'both' | 'second';

/** One row per backup, even when it is in both folders; a backup that this desk did not seal has a row of its own. */
export interface BackupLine extends Backup {
  readonly place: Place;
}

/** Newest first, as the host lists them. */
export function linesOf({ items, folder }: Pick<Backups, 'items' | 'folder'>): BackupLine[] {
  const lines = new Map<string, BackupLine>();
  for (const item of items) {
    const place: Place = item.folder === folder ? 'here' : 'second';
    const key = `${item.name} ${item.seal === 'own' ? 'own' : item.folder}`;
    const known = lines.get(key);
    lines.set(key, { ...(known ?? item), place: known && known.place !== place ? 'both' : place });
  }
  return [...lines.values()];
}

/** Changes are backed up every 15 minutes: after four missed backups a person should look. */
const OVERDUE_MS = 60 * 60_000;

export type Concern = 'none' | 'overdue' | 'trouble';

/** @param now when the host sent the list */
export function concernOf(backups: Pick<Backups, 'safe_until' | 'troubles'> | null, now: number): Concern {
  if (!backups) return 'none';
  if (backups.troubles.length > 0) return 'trouble';
  return backups.safe_until !== null && now - backups.safe_until > OVERDUE_MS ? 'overdue' : 'none';
}

/** Whether nothing has changed since the newest verified backup. */
export function isAllSafe({ items, safe_until }: Pick<Backups, 'items' | 'safe_until'>): boolean {
  const newest = items.find(({ verified, seal }) => verified && seal === 'own');
  return newest !== undefined && safe_until !== null && safe_until > newest.at;
}

const causes = {
  ENOENT: 'missing',
  ENOTDIR: 'no_folder',
  EEXIST: 'no_folder',
  EACCES: 'forbidden',
  EPERM: 'forbidden',
  EROFS: 'forbidden',
  ENOSPC: 'full',
  EDQUOT: 'full',
} as const;

export type Cause = (typeof causes)[keyof typeof causes] | 'not_absolute' | 'silent' | 'unknown';

/** Maps an English error message of the system or host to a cause that the reader can act on. */
export function causeOf(detail: string): Cause {
  const code = /\bE[A-Z]{3,}\b/.exec(detail)?.[0] ?? '';
  if (code in causes) return causes[code as keyof typeof causes]; // checked by `in`
  if (/disk is full/i.test(detail)) return 'full';
  if (/not absolute/i.test(detail)) return 'not_absolute';
  return /does not answer/i.test(detail) ? 'silent' : 'unknown';
}
