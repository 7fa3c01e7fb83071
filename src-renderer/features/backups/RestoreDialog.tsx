import { Button, Modal } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useClock } from '#kit/locale/clock.ts';
import { formatMoment } from '#kit/locale/format.ts';
import { useFormats } from '#kit/locale/locale.ts';
import { problemText } from '#kit/notices/problem-text.ts';
import { Working } from '#kit/notices/Working.tsx';
import type { Failure } from '#link/attempt.ts';
import type { Backup } from '#shared/contract/backups.ts';
import styles from './Backups.module.css';
import { askToRestore, restore, useBackups } from './store.ts';
import { whoseText } from './whose.ts';

/** Confirmation before a restore: what will be where afterwards. */
export function RestoreDialog() {
  const { t } = useTranslation();
  const { language, zone } = useFormats();
  const asked = useBackups((state) => state.asked);
  const moment = useClock((now) => (asked ? formatMoment(asked.at, now, language, zone) : ''));
  const isRestoring = useBackups((state) => state.busy?.with === 'restore');
  return (
    <Modal
      opened={asked !== null}
      onClose={() => askToRestore(null)}
      title={t('backups.ask_title', { moment })}
      size={560}
      closeOnEscape={!isRestoring}
      closeOnClickOutside={!isRestoring}
      withCloseButton={!isRestoring}
      closeButtonProps={{ 'aria-label': t('common.close') }}
    >
      {asked && <Question key={`${asked.folder}/${asked.name}`} backup={asked} moment={moment} />}
    </Modal>
  );
}

function Question({ backup, moment }: { backup: Backup; moment: string }) {
  const { t } = useTranslation();
  const busy = useBackups((state) => state.busy);
  const [failure, setFailure] = useState<Failure | null>(null);
  const isForeign = backup.seal !== 'own';
  /** for a foreign backup: the first question has been answered */
  const [isSure, setSure] = useState(false);
  const go = async () => {
    if (isForeign && !isSure) {
      setSure(true);
      return;
    }
    setFailure(null);
    const outcome = await restore(backup);
    if (!outcome.ok) setFailure(outcome.problem);
  };
  return (
    <div className={styles.question}>
      <p>{t('backups.ask_text', { moment })}</p>
      <p className={styles.quiet}>{t('backups.ask_pause')}</p>
      {isForeign && <p className={styles.suspect}>{whoseText(backup, t)}</p>}
      {isForeign && isSure && (
        <p role="alert" className={styles.problem}>
          {t('backups.ask_foreign')}
        </p>
      )}
      {!backup.verified && <p className={styles.suspect}>{t('backups.ask_suspect')}</p>}
      {failure && (
        <p role="alert" className={styles.problem}>
          {problemText(failure, t)} {failure.code === 'restore_failed' && t('backups.nothing_lost')}
        </p>
      )}
      <div className={styles['question-foot']}>
        <span className={styles.said}>{busy?.with === 'restore' && <Working label={t('backups.restoring')} since={busy.since} />}</span>
        <Button variant="default" data-autofocus="" disabled={busy !== null} onClick={() => askToRestore(null)}>
          {t('backups.ask_no')}
        </Button>
        <Button loading={busy?.with === 'restore'} disabled={busy !== null} onClick={() => void go()}>
          {t(isForeign ? (isSure ? 'backups.restore_foreign_sure' : 'backups.restore_foreign') : 'backups.restore')}
        </Button>
      </div>
    </div>
  );
}
