import { Button, CloseButton } from '@mantine/core';
import { History } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { useClock } from '#kit/locale/clock.ts';
import { formatMoment } from '#kit/locale/format.ts';
import { useFormats } from '#kit/locale/locale.ts';
import type { Restored } from '#shared/contract/backups.ts';
import styles from './Backups.module.css';
import { askToRestore, putAway, useBackups } from './store.ts';

/** Outcome of a restore, with its undo. */
export function RestoredNotice() {
  const restored = useBackups((state) => state.restored);
  return (
    <div role="status" className={styles.outcome}>
      {restored && <Notice restored={restored} />}
    </div>
  );
}

function Notice({ restored: { backup, before, quarantine } }: { restored: Restored }) {
  const { t } = useTranslation();
  const { language, zone } = useFormats();
  const moment = useClock((now) => formatMoment(backup.at, now, language, zone));
  const busy = useBackups((state) => state.busy !== null);
  const wayBack = before?.verified ? before : null;
  return (
    <section className={styles.notice} aria-label={t('backups.outcome')} data-testid="restored">
      <History size={16} aria-hidden="true" />
      <div className={styles['notice-text']}>
        <p className={styles.strong}>{t('backups.restored', { moment })}</p>
        {wayBack && (
          <p>
            {t('backups.kept_as')} <code>{wayBack.name}</code>
          </p>
        )}
        {!wayBack && quarantine && (
          <p>
            {t('backups.in_quarantine')} <code>{quarantine}</code>
          </p>
        )}
      </div>
      {wayBack && (
        <Button variant="default" data-needs="admin" disabled={busy} onClick={() => askToRestore(wayBack)}>
          {t('backups.take_back')}
        </Button>
      )}
      <CloseButton size="sm" aria-label={t('common.close')} onClick={putAway} />
    </section>
  );
}
