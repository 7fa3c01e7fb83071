import { ImageDown } from 'lucide-react';
import { useEffect, useLayoutEffect, useRef, useState } from 'react';
import { saveFile } from '#kit/files/save-file.ts';
import { useNotify } from '#kit/notices/useNotify.ts';
import { useSettings } from '#link/settings.ts';
import { type ColumnKey, fileName, type Report, type ReportQuery } from '#shared/contract/reports.ts';
import { drillOf } from '#shared/report-drill.ts';
import type { View } from '../address.ts';
import type { CellWriter } from '../cells.ts';
import { PAPER_WIDTH } from '../paper.ts';
import styles from '../Reports.module.css';
import { useTexts } from '../texts.ts';
import { usePrinting } from '../usePrinting.ts';
import { useReady } from '../useReady.ts';
import { pngOf } from './as-png.ts';
import { useColors } from './colors.ts';
import { init } from './echarts.ts';
import { heightOf, optionOf } from './options.ts';

/** in px */
const LEAST_HEIGHT = 260;

interface ChartProps {
  readonly view: Exclude<View, 'summary'>;
  readonly report: Report;
  /** the report that this one is a part of: its values set the scales */
  readonly whole: Report;
  readonly writer: CellWriter;
  /** the table is beside it, not below */
  readonly isBeside: boolean;
  /** Opens the contacts behind a bar or a cell. */
  readonly onPick: (list: ReportQuery) => void;
}

/** The chart of a report. The table has exactly the same numbers and serves screen readers and the keyboard. */
export default function Chart({ view, report, whole, writer, isBeside, onPick }: ChartProps) {
  const t = useTexts();
  const teller = useNotify();
  const colors = useColors();
  const target = useSettings().thresholds.service_level_percent.warning;
  const place = useRef<HTMLDivElement>(null);
  const chart = useRef<ReturnType<typeof init>>(null);
  const name = t(`views.${view}`);
  const isPrinting = usePrinting();
  const [screenWidth, setScreenWidth] = useState(0);
  const width = isPrinting ? PAPER_WIDTH : screenWidth;
  const rowsHeight = heightOf(view, report, isBeside);
  const height = rowsHeight ?? LEAST_HEIGHT;
  const most = isBeside ? 'calc(100vh - 260px), 760px' : 'calc(60vh - 220px), 460px';
  useLayoutEffect(() => {
    const element = place.current;
    if (!element) return;
    const drawn = init(element, null, { renderer: 'svg' });
    chart.current = drawn;
    setScreenWidth(element.clientWidth);
    const observer = new ResizeObserver(() => {
      drawn.resize();
      setScreenWidth(element.clientWidth);
    });
    observer.observe(element);
    return () => {
      observer.disconnect();
      drawn.dispose();
    };
  }, []);
  useEffect(() => {
    if (width === 0) return;
    const drawing = { report, whole, writer, colors, t, width, target: target === null ? null : target / 100, description: t('chart_of', { name }) };
    chart.current?.setOption(optionOf(view, drawing), { notMerge: true });
  }, [view, report, whole, writer, colors, t, width, target, name]);
  useEffect(() => {
    if (isPrinting) {
      chart.current?.resize({ width: PAPER_WIDTH, height });
      chart.current?.getZr().flush(); // printing does not wait for the next frame
      return;
    }
    // in the next frame: at `afterprint` the page is still laid out for paper
    const frame = requestAnimationFrame(() => chart.current?.resize({ width: 'auto', height: 'auto' }));
    return () => cancelAnimationFrame(frame);
  }, [isPrinting, height]);
  useEffect(() => {
    const drawn = chart.current;
    const drill = drillOf(report);
    const pick = ({ dataIndex, seriesId }: { dataIndex: number; seriesId?: string }) => {
      const key = (seriesId === 'drawn_share' ? 'drawn' : seriesId) as ColumnKey | undefined; // options.ts names the series
      const row = report.table.rows[dataIndex];
      const at = report.table.columns.findIndex((column) => column.key === key);
      const list = row && at >= 0 ? drill(row, at) : null;
      if (list) onPick(list);
    };
    drawn?.on('click', pick);
    return () => {
      if (drawn && !drawn.isDisposed()) drawn.off('click', pick);
    };
  }, [report, onPick]);
  useReady(width > 0);
  const savePicture = async () => {
    const drawing = place.current?.querySelector('svg');
    if (!drawing) return;
    try {
      const png = await pngOf(drawing, colors.surface);
      saveFile(fileName(report.query, 'png'), 'image/png', png);
    } catch {
      teller.refused(t('picture_failed'));
    }
  };
  return (
    <figure className={styles.chart} aria-label={name}>
      <div
        ref={place}
        className={styles.drawing}
        style={{ height: isPrinting || rowsHeight !== null ? height : `clamp(${height}px, ${most})` }}
        data-testid="chart"
      />
      <button type="button" className={styles.picture} aria-label={t('save_picture')} title={t('save_picture')} onClick={() => void savePicture()}>
        <ImageDown size={15} aria-hidden="true" />
      </button>
    </figure>
  );
}
