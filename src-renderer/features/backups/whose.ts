import type { TFunction } from 'i18next';
import type { Backup } from '#shared/contract/backups.ts';

/** Origin of a backup that this desk did not seal, by its own account. */
export function whoseText({ seal, origin }: Pick<Backup, 'seal' | 'origin'>, t: TFunction): string {
  if (origin === null) return t('backups.whose.none');
  return t(seal === 'foreign' ? 'backups.whose.foreign' : 'backups.whose.broken', { machine: origin.machine, desk: origin.desk });
}
