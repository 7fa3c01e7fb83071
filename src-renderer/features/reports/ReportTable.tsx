import { type ReactNode, useMemo, useRef } from 'react';
import { WideScroll } from '#kit/layout/WideScroll.tsx';
import { useFormats } from '#kit/locale/locale.ts';
import { GapRow } from '#kit/table/GapRow.tsx';
import table from '#kit/table/table.module.css';
import type { Cell, Column, ColumnType, Report, ReportQuery } from '#shared/contract/reports.ts';
import { drillOf } from '#shared/report-drill.ts';
import type { Sorting } from './address.ts';
import type { CellWriter } from './cells.ts';
import { isNumeric, isShown } from './columns.ts';
import { paperParts } from './paper.ts';
import styles from './Reports.module.css';
import { SortableHead } from './SortableHead.tsx';
import { sorted } from './sorting.ts';
import { useTexts } from './texts.ts';
import { usePrinting, useRowsOrAll } from './usePrinting.ts';

/** in px; a table wider than its container scrolls */
const WIDTHS: Readonly<Record<ColumnType, number>> = {
  id: 96,
  text: 180,
  code: 156,
  integer: 96,
  number: 96,
  share: 96,
  duration: 104,
  time: 132,
  day: 148,
  hour: 88,
  weekday: 132,
};
const FIRST_WIDTH = 188;
const BESIDE_SCROLLBAR = 18; // and a line

interface ReportTableProps {
  readonly report: Report;
  /** it is beside the chart with its own width, instead of the full width */
  readonly isBeside: boolean;
  /** with the figures of the statistical test */
  readonly inDetail: boolean;
  readonly writer: CellWriter;
  readonly label: string;
  readonly sorting: Sorting | null;
  readonly onSort: (sorting: Sorting | null) => void;
  /** address of the contacts behind a number */
  readonly hrefOf: (list: ReportQuery) => string;
}

export function ReportTable({ report, isBeside, inDetail, writer, label, sorting, onSort, hrefOf }: ReportTableProps) {
  const t = useTexts();
  const scroller = useRef<HTMLDivElement>(null);
  const { collator } = useFormats();
  const { columns, total } = report.table;
  const rows = useMemo(() => sorted(report.table, sorting, collator), [report, sorting, collator]);
  const drill = useMemo(() => drillOf(report), [report]);
  const shown = useMemo(() => columns.map((column, at) => ({ column, at })).filter(({ column }) => isShown(column, inDetail)), [columns, inDetail]);
  const isPrinting = usePrinting();
  const parts = useMemo(() => (isPrinting ? paperParts(shown, ({ column }, nth) => widthOf(column, nth)) : [shown]), [isPrinting, shown]);
  const { start, end, above, below } = useRowsOrAll(rows.length, scroller);
  const width = tableWidthOf(report, inDetail);
  const cell = (row: readonly Cell[] | null, at: number, column: Column, value: Cell): ReactNode => {
    const text = writer.cell(value, column);
    const list = drill(row, at);
    if (!list) return text;
    return (
      <a className={styles.number} href={hrefOf(list)} title={t('show_contacts')}>
        {text}
      </a>
    );
  };
  return (
    <WideScroll
      scroller={scroller}
      className={styles.body}
      style={isBeside && !isPrinting ? { flex: 'none', width: width + BESIDE_SCROLLBAR } : undefined}
      testId="report-table"
    >
      {parts.map((part) => (
        <table
          key={part[1]?.column.key ?? ''}
          className={`${table.table} ${table.spaced} ${styles.table}`}
          style={isPrinting ? undefined : { minWidth: `max(100%, ${width}px)` }}
          aria-label={label}
          aria-rowcount={rows.length + 1}
        >
          <colgroup>
            {part.map(({ column }, nth) => (
              <col key={column.key} style={isPrinting ? undefined : { width: widthOf(column, nth) }} />
            ))}
          </colgroup>
          <thead>
            <tr>
              {part.map(({ column }) => (
                <SortableHead key={column.key} column={column} heading={writer.heading(column.key)} sorting={sorting} onSort={onSort} />
              ))}
            </tr>
          </thead>
          <tbody>
            <GapRow height={above} />
            {rows.slice(start, end).map((row) => (
              <tr key={`${row[0]} ${row[1]}`} data-row="" tabIndex={-1}>
                {part.map(({ column, at }, nth) => {
                  const value = row[at] ?? null;
                  const className = isNumeric(column) ? table.number : undefined;
                  return nth === 0 ? (
                    <th key={column.key} scope="row" className={className} title={column.type === 'text' ? writer.cell(value, column) : undefined}>
                      {writer.cell(value, column)}
                    </th>
                  ) : (
                    <td key={column.key} className={className} data-verdict={column.key === 'verdict' ? value : undefined}>
                      {cell(row, at, column, value)}
                    </td>
                  );
                })}
              </tr>
            ))}
            <GapRow height={below} />
          </tbody>
          {total && (
            <tfoot>
              <tr>
                {part.map(({ column, at }, nth) =>
                  nth === 0 ? (
                    <th key={column.key} scope="row">
                      {writer.total}
                    </th>
                  ) : (
                    <td key={column.key} className={isNumeric(column) ? table.number : undefined}>
                      {total[at] === null ? '' : cell(null, at, column, total[at] ?? null)}
                    </td>
                  ),
                )}
              </tr>
            </tfoot>
          )}
        </table>
      ))}
    </WideScroll>
  );
}

const widthOf = (column: Column, nth: number): number => (nth === 0 && !isNumeric(column) ? FIRST_WIDTH : WIDTHS[column.type]);

/** Width that a report's table needs, in px. */
export const tableWidthOf = ({ table: { columns } }: Report, inDetail: boolean): number =>
  columns.filter((column) => isShown(column, inDetail)).reduce((sum, column, nth) => sum + widthOf(column, nth), 0);
