import { Button } from '@mantine/core';
import { RefreshCw } from 'lucide-react';
import { useCallback, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Report, ReportQuery } from '#shared/contract/reports.ts';
import { Empty } from '../../kit/Empty.tsx';
import { formatClock } from '../../kit/format.ts';
import { Jobs } from '../../kit/Jobs.tsx';
import { readingText } from '../../kit/problem-text.ts';
import { useDay, useFormats } from '../../kit/reading.ts';
import { hashOf, setParams, useParams } from '../../kit/route.ts';
import { groupingsOf, paramsOf, queryOf, type Shown, shownIn, views } from './address.ts';
import { ContactList } from './ContactList.tsx';
import { type CellWriter, useWriter } from './cells.ts';
import { Drawn, useBeside } from './Drawn.tsx';
import { ExportMenu } from './ExportMenu.tsx';
import { Filters, ServiceSeconds } from './Filters.tsx';
import { PrintedHead } from './PrintedHead.tsx';
import styles from './Reports.module.css';
import { ReportTable, tableWidthOf } from './ReportTable.tsx';
import { Schedules } from './Schedules.tsx';
import { Skeleton } from './Skeleton.tsx';
import { useTexts } from './texts.ts';
import { useReady } from './useReady.ts';
import { type Answer, useReport } from './useReport.ts';
import { useWords } from './useWords.ts';

const hrefOf = (shown: Shown): string => hashOf('reports', paramsOf(shown));

/** What happened, as tables and charts, down to the contacts behind each number. */
export function ReportsScreen() {
  const params = useParams();
  const { zone } = useFormats();
  const shown = useMemo(() => shownIn(params), [params]);
  const writer = useWriter(zone);
  return (
    <section className={styles.screen} data-testid="reports">
      {shown.list ? (
        <ContactList key={params.get('list')} query={shown.list} writer={writer} back={hrefOf({ ...shown, list: null })} />
      ) : (
        <ReportView shown={shown} writer={writer} />
      )}
    </section>
  );
}

function ReportView({ shown, writer }: { shown: Shown; writer: CellWriter }) {
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
          <ul className={styles.tabs}>
            {views.map((view) => (
              <li key={view}>
                <a href={hrefOf({ ...shown, view, sorting: null })} aria-current={view === shown.view ? 'page' : undefined}>
                  {t(`views.${view}`)}
                </a>
              </li>
            ))}
          </ul>
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
          <ul className={styles.tabs}>
            {groupingsOf(shown.view).map((group_by) => (
              <li key={group_by}>
                <a href={hrefOf({ ...shown, group_by, sorting: null })} aria-current={group_by === shown.group_by ? 'true' : undefined}>
                  {writer.grouping(group_by)}
                </a>
              </li>
            ))}
          </ul>
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

/** The same object as long as it asks the same. */
function useSame(query: ReportQuery | null): ReportQuery | null {
  const text = JSON.stringify(query);
  return useMemo(() => JSON.parse(text) as ReportQuery | null, [text]); // what was just written
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

interface OutcomeProps {
  readonly query: ReportQuery;
  readonly answer: Answer;
  readonly shown: Shown;
  readonly writer: CellWriter;
  readonly set: (change: Partial<Shown>) => void;
}

function Outcome({ query, answer, shown, writer, set }: OutcomeProps) {
  const t = useTexts();
  const { t: common } = useTranslation();
  const { report, state, failure, is_long, stop, again } = answer;
  const isThere = state !== 'asking' && report?.query.report === query.report;
  useReady(isThere && shown.view === 'summary'); // a chart says it of itself
  const words = useWords(t(`views.${shown.view}`), query, writer);
  const listHref = useCallback((list: ReportQuery) => hrefOf({ ...shown, list }), [shown]);
  const pick = useCallback(
    (list: ReportQuery) => {
      location.hash = listHref(list);
    },
    [listHref],
  );
  const retry = <Button onClick={again}>{t('again')}</Button>;
  if (failure)
    return (
      <Empty title={t('failed')} action={retry}>
        {readingText(failure, common)}
      </Empty>
    );
  if (state === 'stopped')
    return (
      <Empty title={t('stopped')} action={retry}>
        {t('stopped_text')}
      </Empty>
    );
  if (!report || report.query.report !== query.report)
    return (
      <>
        <Skeleton />
        {is_long && (
          <Empty
            title={t('asking')}
            action={
              <Button variant="default" onClick={stop}>
                {t('stop')}
              </Button>
            }
          />
        )}
      </>
    );
  const isEmpty = report.table.rows.length === 0 || (report.table.total?.every((cell) => !cell) ?? false);
  if (isEmpty) return <Empty title={query.report === 'fairness' ? t('empty_fairness') : t('empty')}>{t('empty_text')}</Empty>;
  return <Content report={report} shown={shown} writer={writer} words={words} isBusy={state === 'asking'} set={set} listHref={listHref} pick={pick} />;
}

interface ContentProps extends Pick<OutcomeProps, 'shown' | 'writer' | 'set'> {
  readonly report: Report;
  readonly words: string;
  readonly isBusy: boolean;
  readonly listHref: (list: ReportQuery) => string;
  readonly pick: (list: ReportQuery) => void;
}

function Content({ report, shown, writer, words, isBusy, set, listHref, pick }: ContentProps) {
  const t = useTexts();
  const { place, isBeside } = useBeside(tableWidthOf(report));
  const isDrawn = shown.view !== 'summary';
  return (
    <div ref={place} className={styles.content} data-beside={(isDrawn && isBeside) || undefined} aria-busy={isBusy || undefined}>
      <PrintedHead words={words} at={report.at} zone={report.time_zone} />
      {shown.view !== 'summary' && <Drawn view={shown.view} report={report} writer={writer} isBeside={isBeside} onPick={pick} />}
      <ReportTable
        report={report}
        isBeside={isDrawn && isBeside}
        writer={writer}
        label={t('table_of', { name: t(`views.${shown.view}`) })}
        sorting={shown.sorting}
        onSort={(sorting) => set({ sorting })}
        hrefOf={listHref}
      />
    </div>
  );
}
