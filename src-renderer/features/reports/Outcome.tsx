import { Button } from '@mantine/core';
import { useCallback, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Empty } from '#kit/layout/Empty.tsx';
import { SkeletonLines } from '#kit/layout/Skeleton.tsx';
import { readingText } from '#kit/notices/problem-text.ts';
import type { Report, ReportQuery } from '#shared/contract/reports.ts';
import { addressOf, type Shown } from './address.ts';
import type { CellWriter } from './cells.ts';
import { Drawn, useBeside, useCharts } from './Drawn.tsx';
import { PrintedHead } from './PrintedHead.tsx';
import styles from './Reports.module.css';
import { ReportTable, tableWidthOf } from './ReportTable.tsx';
import { useTexts } from './texts.ts';
import { usePrinting } from './usePrinting.ts';
import { useReady } from './useReady.ts';
import type { Answer } from './useReport.ts';
import { useWords } from './useWords.ts';

interface OutcomeProps {
  readonly query: ReportQuery;
  readonly answer: Answer;
  readonly shown: Shown;
  readonly writer: CellWriter;
  readonly set: (change: Partial<Shown>) => void;
}

/** The report, or the reason why there is none. */
export function Outcome({ query, answer, shown, writer, set }: OutcomeProps) {
  const t = useTexts();
  const { t: common } = useTranslation();
  const { report, state, failure, is_long, stop, again } = answer;
  const isThere = state !== 'asking' && report?.query.report === query.report;
  const hasCharts = useCharts();
  useReady(isThere && shown.view === 'summary' && hasCharts); // a chart reports this itself
  const words = useWords(t(`views.${shown.view}`), query, writer);
  const listHref = useCallback((list: ReportQuery) => addressOf({ ...shown, list }), [shown]);
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
        <SkeletonLines />
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
  const [inDetail, setInDetail] = useState(false);
  const { place, isBeside, height } = useBeside(tableWidthOf(report, inDetail));
  const isDrawn = shown.view !== 'summary';
  const isPrinting = usePrinting();
  const drawn = isDrawn ? shown.view : isPrinting ? 'service' : null; // the summary has its chart on paper
  return (
    <div ref={place} className={styles.content} data-beside={(isDrawn && isBeside) || undefined} aria-busy={isBusy || undefined}>
      <PrintedHead words={words} at={report.at} zone={report.time_zone} />
      {drawn && (
        <Drawn view={drawn} report={report} writer={writer} isBeside={isBeside} height={height} inDetail={inDetail} onInDetail={setInDetail} onPick={pick} />
      )}
      <ReportTable
        report={report}
        isBeside={isDrawn && isBeside}
        inDetail={inDetail}
        writer={writer}
        label={t('table_of', { name: t(`views.${shown.view}`) })}
        sorting={shown.sorting}
        onSort={(sorting) => set({ sorting })}
        hrefOf={listHref}
      />
    </div>
  );
}
