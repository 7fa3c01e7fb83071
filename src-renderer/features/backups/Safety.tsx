import { Button } from '@mantine/core';
import { ShieldCheck, TriangleAlert } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { useClock } from '#kit/locale/clock.ts';
import { formatMoment } from '#kit/locale/format.ts';
import { useFormats } from '#kit/locale/locale.ts';
import { useNotify } from '#kit/notices/useNotify.ts';
import { Working } from '#kit/notices/Working.tsx';
import type { Backups } from '#shared/contract/backups.ts';
import styles from './Backups.module.css';
import { concernOf, isAllSafe } from './list.ts';
import { backUpNow, useBackups } from './store.ts';

/** The time up to which everything is in a verified backup, and the button that makes one now. */
export function Safety() {
  const { t } = useTranslation();
  const teller = useNotify();
  const backups = useBackups((state) => state.backups);
  const busy = useBackups((state) => state.busy);
  const make = async () => {
    const backup = teller.valueIn(await backUpNow());
    if (backup) teller.done(t(backup.verified ? 'backups.made' : 'backups.made_suspect'));
  };
  const isMaking = busy?.with === 'backup';
  return (
    <div className={styles.safety}>
      <span className={styles.said}>
        {isMaking ? <Working label={t('backups.making')} since={busy.since} /> : <span role="status">{backups && <SafeUntil backups={backups} />}</span>}
      </span>
      <Button data-needs="supervisor" loading={isMaking} disabled={busy !== null && !isMaking} onClick={() => void make()}>
        {t('backups.make')}
      </Button>
    </div>
  );
}

function SafeUntil({ backups }: { backups: Backups }) {
  const { t } = useTranslation();
  const { language, zone } = useFormats();
  const heard_at = useBackups((state) => state.heard_at);
  const { safe_until } = backups;
  const time = useClock((now) => (safe_until === null ? '' : formatMoment(safe_until, now, language, zone)));
  if (safe_until === null) return null;
  if (concernOf({ ...backups, troubles: [] }, heard_at) === 'overdue')
    return (
      <span className={styles.suspect}>
        <TriangleAlert size={14} aria-hidden="true" />
        {t('backups.overdue', { time })}
      </span>
    );
  return (
    <span className={styles.sound}>
      <ShieldCheck size={14} aria-hidden="true" />
      {isAllSafe(backups) ? t('backups.all_safe') : t('backups.safe_until', { time })}
    </span>
  );
}
