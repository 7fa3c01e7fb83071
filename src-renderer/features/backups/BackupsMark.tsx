import { TriangleAlert } from 'lucide-react';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import styles from './Backups.module.css';
import { concernOf } from './list.ts';
import { followBackups, useBackups } from './store.ts';

const LOOK_EVERY_MS = 60_000;

/** Mark in the rail while backups need attention. */
export function BackupsMark({ wordClass }: { wordClass: string | undefined }) {
  const { t } = useTranslation();
  useEffect(() => followBackups(LOOK_EVERY_MS), []);
  const concern = useBackups((state) => concernOf(state.backups, state.heard_at));
  if (concern === 'none') return null;
  return (
    <span className={styles.mark} data-testid="backups-mark">
      <TriangleAlert size={11} strokeWidth={2.25} aria-hidden="true" />
      <span className={wordClass}>{t(`backups.mark.${concern}`)}</span>
    </span>
  );
}
