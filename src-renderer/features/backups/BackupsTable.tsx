import { useTranslation } from 'react-i18next';
import { ActionsHead } from '#kit/table/ActionsHead.tsx';
import table from '#kit/table/table.module.css';
import { BackupRow } from './BackupRow.tsx';
import styles from './Backups.module.css';
import type { BackupLine } from './list.ts';

/** A few dozen rows at most: the host keeps no more. */
export function BackupsTable({ lines }: { lines: readonly BackupLine[] }) {
  const { t } = useTranslation();
  return (
    <table className={table.table}>
      <colgroup>
        <col className={styles['col-when']} />
        <col className={styles['col-ago']} />
        <col className={styles['col-kind']} />
        <col className={styles['col-check']} />
        <col />
        <col className={styles['col-size']} />
        <col className={styles['col-do']} />
      </colgroup>
      <thead>
        <tr>
          <th scope="col">{t('backups.when')}</th>
          <th scope="col">
            <span className="sr-only">{t('backups.age')}</span>
          </th>
          <th scope="col">{t('backups.why')}</th>
          <th scope="col">{t('backups.check')}</th>
          <th scope="col">{t('backups.where')}</th>
          <th scope="col" className={table.number}>
            {t('backups.size')}
          </th>
          <ActionsHead />
        </tr>
      </thead>
      <tbody>
        {lines.map((backup) => (
          <BackupRow key={`${backup.folder}/${backup.name}`} backup={backup} />
        ))}
      </tbody>
    </table>
  );
}
