import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { Empty } from '#kit/layout/Empty.tsx';
import { Panel } from '#kit/layout/Panel.tsx';
import { SkeletonLines } from '#kit/layout/Skeleton.tsx';
import { readingText } from '#kit/notices/problem-text.ts';
import styles from './Backups.module.css';
import { BackupsTable } from './BackupsTable.tsx';
import { linesOf } from './list.ts';
import { RestoreDialog } from './RestoreDialog.tsx';
import { RestoredNotice } from './RestoredNotice.tsx';
import { Safety } from './Safety.tsx';
import { SecondFolder } from './SecondFolder.tsx';
import { followBackups, useBackups } from './store.ts';
import { Troubles } from './Troubles.tsx';

const LOOK_EVERY_MS = 5_000;

export function BackupsScreen() {
  const { t } = useTranslation();
  useEffect(() => followBackups(LOOK_EVERY_MS), []);
  const backups = useBackups((state) => state.backups);
  const failure = useBackups((state) => state.failure);
  const lines = backups ? linesOf(backups) : [];
  return (
    <div className={styles.screen}>
      <RestoredNotice />
      <Panel title={t('backups.title')} aside={<Safety />} testId="backups">
        {failure && (
          <p role="alert" className={styles.failure}>
            {readingText(failure, t)}
          </p>
        )}
        {!backups && !failure && <SkeletonLines />}
        {backups && <Troubles troubles={backups.troubles} />}
        {backups && lines.length === 0 && <Empty title={t('backups.empty')}>{t('backups.empty_text')}</Empty>}
        {lines.length > 0 && <BackupsTable lines={lines} />}
      </Panel>
      {backups && (
        <p className={styles.lies}>
          {t('backups.lie_in')} <code>{backups.folder}</code>
        </p>
      )}
      {backups && <SecondFolder folder={backups.second_folder} />}
      <RestoreDialog />
    </div>
  );
}
