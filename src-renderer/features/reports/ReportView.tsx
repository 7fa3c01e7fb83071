import { Button } from '@mantine/core';
import { RefreshCw } from 'lucide-react';
import { useMemo, useState } from 'react';
import { Empty } from '#kit/layout/Empty.tsx';
import { Tabs } from '#kit/layout/Tabs.tsx';
import { formatClock } from '#kit/locale/format.ts';
import { useDay, useFormats } from '#kit/locale/locale.ts';
import { setParams } from '#kit/navigation/route.ts';
import { Jobs } from '#kit/notices/Jobs.tsx';
import type { ReportQuery } from '#shared/contract/reports.ts';
import { addressOf, groupingsOf, paramsOf, queryOf, type Shown, views } from './address.ts';
import type { CellWriter } from './cells.ts';
import { ExportMenu } from './ExportMenu.tsx';
import { Filters } from './Filters.tsx';
import { Outcome } from './Outcome.tsx';
import styles from './Reports.module.css';
import { ServiceSeconds } from './ServiceSeconds.tsx';
import { Schedules } from './schedules/Schedules.tsx';
import { useTexts } from './texts.ts';
import { type Answer, useReport } from './useReport.ts';

/** One report: its query and the result. */
export function ReportView({ shown, writer }: { shown: Shown; writer: CellWriter }) {
  const t = useTexts();
  const today = useDay();
  const query = useSame(queryOf(shown, today));
  const answer = useReport(query);
  const [schedulesShown, showSchedules] = useState(false);
  const set = (change: Partial<Shown>) => setParams(paramsOf({ ...shown, ...change }));
  return (
    <>
      <header className={styles.bar}>
        <nav aria-label={t('views_title')}>
          <Tabs
            current="page"
            tabs={views.map((view) => ({
              key: view,
              href: addressOf({ ...shown, view, sorting: null }),
              label: t(`views.${view}`),
              isCurrent: view === shown.view,
            }))}
          />
        </nav>
        <div className={styles.tools}>
          <Jobs />
          <AsOf answer={answer} />
          {query && <ExportMenu query={query} onSchedule={() => showSchedules(true)} />}
        </div>
      </header>
      {query && <Schedules query={query} writer={writer} shown={schedulesShown} onClose={() => showSchedules(false)} />}
      <Filters now={shown} writer={writer} onChange={set} />
      {groupingsOf(shown.view).length > 0 && (
        <nav className={styles.by} aria-label={t('rows_by')}>
          <span aria-hidden="true">{t('rows_by')}</span>
          <Tabs
            tabs={groupingsOf(shown.view).map((group_by) => ({
              key: group_by,
              href: addressOf({ ...shown, group_by, sorting: null }),
              label: writer.grouping(group_by),
              isCurrent: group_by === shown.group_by,
            }))}
          />
          <ServiceSeconds key={shown.service_seconds} seconds={shown.service_seconds} onChange={(service_seconds) => set({ service_seconds })} />
        </nav>
      )}
      {query === null ? (
        <Empty title={t('nonsense')}>{t('nonsense_text')}</Empty>
      ) : (
        <Outcome query={query} answer={answer} shown={shown} writer={writer} set={set} />
      )}
    </>
  );
}

/** Returns the same object while the query is the same. */
function useSame(query: ReportQuery | null): ReportQuery | null {
  const text = JSON.stringify(query);
  return useMemo(() => JSON.parse(text) as ReportQuery | null, [text]); // parses what was just serialised
}

function AsOf({ answer: { report, state, is_long, stop, again } }: { answer: Answer }) {
  const t = useTexts();
  const { language } = useFormats();
  return (
    <div className={styles.asof} role="status">
      {state === 'asking' && report && <span className={styles.dim}>{t('asking')}</span>}
      {state === 'asking' && is_long && (
        <Button variant="default" onClick={stop}>
          {t('stop')}
        </Button>
      )}
      {state !== 'asking' && report && (
        <>
          <span className={styles.dim}>{t('as_of', { time: formatClock(report.at, language, report.time_zone) })}</span>
          <button type="button" className={styles.icon} aria-label={t('refresh')} title={t('refresh')} onClick={again}>
            <RefreshCw size={15} aria-hidden="true" />
          </button>
        </>
      )}
    </div>
  );
}
