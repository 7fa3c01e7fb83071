import { Button, Modal } from '@mantine/core';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormats } from '#kit/locale/locale.ts';
import { useNotify } from '#kit/notices/useNotify.ts';
import { useProblem } from '#kit/notices/useProblem.ts';
import { ask, attempt } from '#link/attempt.ts';
import { client } from '#link/client.ts';
import { fetchInfo } from '#link/info.ts';
import type { Backup } from '#shared/contract/backups.ts';
import type { BesidesDemo } from '#shared/contract/desk.ts';
import styles from './Rail.module.css';

/** Timeout that allows for a large database. */
const DONE_WITHIN_MS = 15 * 60_000;

/** Asks before the demo data is removed: what goes, also of what is not the demo's, and what is kept. */
export function RemoveDemo({ opened, onClose }: { opened: boolean; onClose: () => void }) {
  const { t } = useTranslation();
  return (
    <Modal opened={opened} onClose={onClose} title={t('demo.remove_title')} size={520} closeButtonProps={{ 'aria-label': t('common.close') }}>
      {opened && <Question onClose={onClose} />}
    </Modal>
  );
}

function Question({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation();
  const { number } = useFormats();
  const teller = useNotify();
  const { problem, sayFailure } = useProblem();
  const [besides, setBesides] = useState<BesidesDemo | null>(null);
  const [busy, setBusy] = useState(false);
  useEffect(() => {
    void ask((signal) => client.besidesDemo.query(undefined, { signal })).then((outcome) => {
      if (outcome.ok) setBesides(outcome.value);
      else sayFailure(outcome.problem);
    });
  }, [sayFailure]);
  const takeBack = async ({ name, folder }: Backup) => {
    teller.valueIn(await attempt((signal) => client.restoreBackup.mutate({ name, folder }, { signal }), DONE_WITHIN_MS));
    await fetchInfo();
  };
  const remove = async () => {
    setBusy(true);
    const outcome = await attempt((signal) => client.removeDemo.mutate(undefined, { signal }), DONE_WITHIN_MS);
    setBusy(false);
    if (!outcome.ok) return sayFailure(outcome.problem);
    const { before } = outcome.value;
    onClose();
    location.hash = '#/live';
    teller.done(t('demo.removed'), before?.verified ? { label: t('common.undo'), run: () => void takeBack(before) } : undefined);
    await fetchInfo();
  };
  const isMixed = besides !== null && besides.operators + besides.sources > 0;
  return (
    <div className={styles.question}>
      <p>{t('demo.remove_text')}</p>
      {isMixed && (
        <p className={styles.besides}>
          {t('demo.remove_besides', { operators: number(besides.operators), sources: number(besides.sources), contacts: number(besides.contacts) })}
        </p>
      )}
      <p>{t('demo.remove_kept')}</p>
      {problem && <p role="alert">{problem}</p>}
      <div className={styles.answers}>
        <Button variant="default" disabled={busy} onClick={onClose}>
          {t('common.cancel')}
        </Button>
        <Button loading={busy} disabled={besides === null} onClick={() => void remove()}>
          {t('demo.remove_do')}
        </Button>
      </div>
    </div>
  );
}
