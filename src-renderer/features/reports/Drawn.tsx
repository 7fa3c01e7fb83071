import { useLayoutEffect, useRef, useState } from 'react';
import type { Report, ReportQuery } from '#shared/contract/reports.ts';
import { later } from '../../kit/later.tsx';
import { Mishap } from '../../kit/Mishap.tsx';
import { WideScroll } from '../../kit/WideScroll.tsx';
import type { View } from './address.ts';
import type { CellWriter } from './cells.ts';
import { Explained } from './Explained.tsx';
import styles from './Reports.module.css';
import { Verdict } from './Verdict.tsx';

/** ECharts weighs more than all of the console besides: it comes when something is drawn. */
const chart = later(async () => (await import('./charts/Chart.tsx')).default, <div style={{ height: 260 }} />);

interface DrawnProps {
  readonly view: Exclude<View, 'summary'>;
  readonly report: Report;
  readonly writer: CellWriter;
  readonly isBeside: boolean;
  readonly onPick: (list: ReportQuery) => void;
}

/** A report as a picture, and what it comes to in words. */
export function Drawn({ view, report, writer, isBeside, onPick }: DrawnProps) {
  const scroller = useRef<HTMLDivElement>(null);
  return (
    <WideScroll scroller={scroller} className={styles.drawn} shows="down" testId="drawn">
      {view === 'fairness' && <Verdict report={report} />}
      {view === 'fairness' && <Explained report={report} writer={writer} />}
      <Mishap>
        <chart.Part view={view} report={report} writer={writer} isBeside={isBeside} onPick={onPick} />
      </Mishap>
    </WideScroll>
  );
}

/** A drawing has at least this width beside its table, in px: the names of all its bars fit. */
const LEAST_BESIDE = 800;

/** Whether the table, `tableWidth` px wide, has its whole width beside the drawing; otherwise it stands below. */
export function useBeside(tableWidth: number) {
  const place = useRef<HTMLDivElement>(null);
  const [isBeside, setBeside] = useState(false);
  useLayoutEffect(() => {
    const element = place.current;
    if (!element) return;
    const look = () => setBeside(element.clientWidth >= tableWidth + LEAST_BESIDE);
    look();
    const observer = new ResizeObserver(look);
    observer.observe(element);
    return () => observer.disconnect();
  }, [tableWidth]);
  return { place, isBeside };
}
