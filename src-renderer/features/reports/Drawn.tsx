import { useEffect, useLayoutEffect, useMemo, useRef, useState } from 'react';
import { WideScroll } from '#kit/layout/WideScroll.tsx';
import { useFormats } from '#kit/locale/locale.ts';
import { lazy } from '#kit/navigation/lazy.tsx';
import { ErrorBoundary } from '#kit/notices/ErrorBoundary.tsx';
import table from '#kit/table/table.module.css';
import type { Report, ReportQuery } from '#shared/contract/reports.ts';
import type { View } from './address.ts';
import type { CellWriter } from './cells.ts';
import { Explained } from './Explained.tsx';
import { mostNotable } from './notable.ts';
import { chartParts, PAPER_HEIGHT } from './paper.ts';
import styles from './Reports.module.css';
import { useTexts } from './texts.ts';
import { usePrinting } from './usePrinting.ts';
import { Verdict } from './Verdict.tsx';

/** ECharts is larger than the rest of the console, so it is loaded when a chart is drawn. */
const chart = lazy(async () => (await import('./charts/Chart.tsx')).default, <div style={{ height: 260 }} />);

/** Whether charts can be drawn at once. They are fetched in an idle moment, because printing does not wait. */
export function useCharts(): boolean {
  const [isThere, setThere] = useState(false);
  useEffect(() => {
    const idle = requestIdleCallback(
      () =>
        void chart
          .fetch()
          .catch(() => undefined)
          .then(() => setThere(true)),
    );
    return () => cancelIdleCallback(idle);
  }, []);
  return isThere;
}

interface DrawnProps {
  readonly view: Exclude<View, 'summary'>;
  readonly report: Report;
  readonly writer: CellWriter;
  readonly isBeside: boolean;
  /** px for chart and table together */
  readonly height: number;
  /** whether the table has the figures of the statistical test */
  readonly inDetail: boolean;
  readonly onInDetail: (inDetail: boolean) => void;
  readonly onPick: (list: ReportQuery) => void;
}

/** A report as a chart, with its result in words. */
export function Drawn({ view, report, writer, isBeside, height, inDetail, onInDetail, onPick }: DrawnProps) {
  const scroller = useRef<HTMLDivElement>(null);
  const t = useTexts();
  const { number } = useFormats();
  const isPrinting = usePrinting();
  // on paper all rows, in charts that fit a page; on the screen what fits, with the rest in the table
  const rows = barsWithin(isPrinting ? PAPER_HEIGHT : isBeside ? height : height * PART_ABOVE);
  const drawn = useMemo(() => {
    if (view !== 'fairness') return [report];
    if (!isPrinting) return [mostNotable(report, rows)];
    return chartParts(report.table.rows, rows).map((part) => ({ ...report, table: { ...report.table, rows: part } }));
  }, [view, report, rows, isPrinting]);
  const inCharts = drawn.reduce((sum, part) => sum + part.table.rows.length, 0);
  return (
    <WideScroll scroller={scroller} className={styles.drawn} shows="down" testId="drawn">
      {view === 'fairness' && (
        <Verdict report={report}>
          {inCharts < report.table.rows.length && (
            <span data-testid="drawn-part">{t('drawn_part', { shown: number(inCharts), all: number(report.table.rows.length) })}</span>
          )}{' '}
          <button type="button" className={table.link} aria-pressed={inDetail} onClick={() => onInDetail(!inDetail)}>
            {t('in_detail')}
          </button>
        </Verdict>
      )}
      {view === 'fairness' && <Explained report={report} writer={writer} />}
      <ErrorBoundary>
        {drawn.map((part, nth) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a part is known by its place, and the first stays when printing begins
          <chart.Part key={nth} view={view} report={part} whole={drawn.length > 1 ? report : part} writer={writer} isBeside={isBeside} onPick={onPick} />
        ))}
      </ErrorBoundary>
    </WideScroll>
  );
}

/** share of the height of chart and table, as set in Reports.module.css */
const PART_ABOVE = 0.6;
/** px above the bars, and per bar; a few bars are always drawn */
const [ABOVE_BARS, BAR, FEW] = [200, 30, 4];
const barsWithin = (height: number): number => Math.max(FEW, Math.floor((height - ABOVE_BARS) / BAR));

/** Minimum width of a chart beside its table, in px: the names of all bars fit. */
const LEAST_BESIDE = 800;

/** Whether a table `tableWidth` px wide fits beside the chart; otherwise it goes below. */
export function useBeside(tableWidth: number) {
  const place = useRef<HTMLDivElement>(null);
  const [isBeside, setBeside] = useState(false);
  const [height, setHeight] = useState(0);
  useLayoutEffect(() => {
    const element = place.current;
    if (!element) return;
    const look = () => {
      setBeside(element.clientWidth >= tableWidth + LEAST_BESIDE);
      setHeight(element.clientHeight);
    };
    look();
    const observer = new ResizeObserver(look);
    observer.observe(element);
    return () => observer.disconnect();
  }, [tableWidth]);
  return { place, isBeside, height };
}
