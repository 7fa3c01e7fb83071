import { Modal } from '@mantine/core';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { Empty } from '#kit/layout/Empty.tsx';
import { problemText } from '#kit/notices/problem-text.ts';
import type { ReportQuery } from '#shared/contract/reports.ts';
import type { CellWriter } from '../cells.ts';
import styles from '../Reports.module.css';
import { useTexts } from '../texts.ts';
import { NewSchedule } from './NewSchedule.tsx';
import { RunTable } from './RunTable.tsx';
import { ScheduleTable } from './ScheduleTable.tsx';
import { loadSchedules, useSchedules } from './store.ts';

interface SchedulesProps {
  /** the query of a new schedule, without its period */
  readonly query: ReportQuery;
  readonly writer: CellWriter;
  readonly shown: boolean;
  readonly onClose: () => void;
}

/** Reports written into a folder every day or week. */
export function Schedules({ query, writer, shown, onClose }: SchedulesProps) {
  const t = useTexts();
  return (
    <Modal opened={shown} onClose={onClose} title={t('sch.title')} size={1040} closeButtonProps={{ 'aria-label': t('sch.close') }}>
      {shown && <Content query={query} writer={writer} />}
    </Modal>
  );
}

function Content({ query, writer }: Pick<SchedulesProps, 'query' | 'writer'>) {
  const t = useTexts();
  const { t: common } = useTranslation();
  const { schedules, runs, failure } = useSchedules();
  useEffect(() => void loadSchedules(), []);
  return (
    <div className={styles.schedules} data-testid="schedules">
      <p className={styles.why}>{t('sch.why')}</p>
      {failure && (
        <p role="alert" className={styles.problem}>
          {problemText(failure, common)}
        </p>
      )}
      {schedules?.length === 0 && <Empty title={t('sch.none')}>{t('sch.none_text')}</Empty>}
      {schedules && schedules.length > 0 && <ScheduleTable schedules={schedules} writer={writer} />}
      <NewSchedule query={query} writer={writer} />
      <h3 className={styles.title}>{t('sch.log')}</h3>
      {runs.length === 0 ? <p className={styles.why}>{t('sch.log_none')}</p> : <RunTable runs={runs} writer={writer} />}
    </div>
  );
}
