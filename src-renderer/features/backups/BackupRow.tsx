import { Check, TriangleAlert } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { useClock } from '#kit/locale/clock.ts';
import { formatAgo, formatMoment, formatSize } from '#kit/locale/format.ts';
import { useFormats } from '#kit/locale/locale.ts';
import table from '#kit/table/table.module.css';
import styles from './Backups.module.css';
import type { BackupLine } from './list.ts';
import { askToRestore, useBackups } from './store.ts';
import { whoseText } from './whose.ts';

export function BackupRow({ backup }: { backup: BackupLine }) {
  const { t } = useTranslation();
  const { language, zone } = useFormats();
  const busy = useBackups((state) => state.busy !== null);
  const moment = useClock((now) => formatMoment(backup.at, now, language, zone));
  const ago = useClock((now) => formatAgo(now - backup.at, t));
  const whose = backup.seal === 'own' ? undefined : whoseText(backup, t);
  return (
    <tr data-row="" tabIndex={-1} data-testid={backup.name} title={[backup.name, whose].filter(Boolean).join('\n')}>
      <td>{moment}</td>
      <td className={table.dim}>{t('backups.ago', { time: ago })}</td>
      <td>{t(`backups.kind.${backup.kind}`)}</td>
      <td>
        {backup.seal !== 'own' ? (
          <span className={styles.suspect} title={whose}>
            <TriangleAlert size={14} aria-hidden="true" />
            {t(`backups.seal.${backup.seal}`)}
          </span>
        ) : backup.verified ? (
          <span className={styles.sound}>
            <Check size={14} aria-hidden="true" />
            {t('backups.verified')}
          </span>
        ) : (
          <span className={styles.suspect}>
            <TriangleAlert size={14} aria-hidden="true" />
            {t('backups.suspect')}
          </span>
        )}
      </td>
      <td className={table.dim}>{t(`backups.place.${backup.place}`)}</td>
      <td className={table.number}>{formatSize(backup.size, language)}</td>
      <td className={table.number}>
        <button
          type="button"
          className={table.link}
          data-open=""
          data-needs="admin"
          disabled={busy}
          aria-label={t('backups.restore_of', { moment })}
          onClick={() => askToRestore(backup)}
        >
          {t('backups.restore')}
        </button>
      </td>
    </tr>
  );
}
