import { Button } from '@mantine/core';
import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { cancelExport, useExports, useFollowExports } from '#kit/files/exports.ts';
import { useClock } from '#kit/locale/clock.ts';
import type { ExportJob } from '#shared/contract/reports.ts';
import styles from './Jobs.module.css';
import { useLate } from './useLate.ts';
import { useNotify } from './useNotify.ts';
import { useWhy } from './useWhy.ts';

const CANCEL_AFTER_MS = 3_000;

const isUnderWay = ({ state }: ExportJob): boolean => state === 'writing' || state === 'offered';

/** Exports under way, and a notice for each that ended. */
export function Jobs() {
  const { t } = useTranslation();
  const teller = useNotify();
  useFollowExports();
  const jobs = useExports((state) => state.jobs);
  const mine = useExports((state) => state.mine);
  const why = useWhy();
  const told = useRef(new Set<number>());
  useEffect(() => {
    for (const { id, state, name, path, detail } of jobs) {
      if (mine[id] === undefined || told.current.has(id)) continue;
      if (state === 'failed') teller.refused(t('files.failed', { name, why: why(detail ?? '') }));
      else if (state === 'done' && path !== null) teller.done(t('files.saved', { path }));
      else if (state !== 'done' && state !== 'cancelled') continue;
      told.current.add(id);
    }
  }, [jobs, mine, teller, t, why]);
  return jobs.filter((job) => mine[job.id] !== undefined && isUnderWay(job)).map((job) => <Job key={job.id} job={job} since={mine[job.id] ?? 0} />);
}

function Job({ job: { id, name, progress }, since }: { job: ExportJob; since: number }) {
  const { t } = useTranslation();
  const isLate = useLate();
  const isLong = useClock((now) => now - since > CANCEL_AFTER_MS);
  if (!isLate) return null;
  return (
    <span className={styles.job}>
      <span className={styles.name}>{t('files.writing', { name })}</span>
      <progress max={1} value={progress} aria-label={name} />
      {isLong && (
        <Button variant="default" onClick={() => void cancelExport(id)}>
          {t('files.stop')}
        </Button>
      )}
    </span>
  );
}
