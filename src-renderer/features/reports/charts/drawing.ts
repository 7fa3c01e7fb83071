/** Input of the charts, and how they read a report: columns by name, rows in table order. Pure. */
import type { Cell, ColumnKey, Report } from '#shared/contract/reports.ts';
import type { CellWriter } from '../cells.ts';
import type { Texts } from '../texts.ts';
import type { Colors } from './colors.ts';

export interface Drawing {
  readonly report: Report;
  /** the report that this one is a part of: its values set the scales */
  readonly whole: Report;
  readonly writer: CellWriter;
  readonly colors: Colors;
  readonly t: Texts;
  /** target service level, 0 … 1; null: none */
  readonly target: number | null;
  /** width of its container, in px */
  readonly width: number;
  /** text for screen readers */
  readonly description: string;
}

/** A column of the table by its name. */
export function columnOf({ table }: Report) {
  const at = new Map(table.columns.map(({ key }, index) => [key, index]));
  return (key: ColumnKey): readonly Cell[] => table.rows.map((row) => row[at.get(key) ?? -1] ?? null);
}

/** Formats the numbers of a column in a tooltip. */
export function writing({ report, writer }: Drawing) {
  return (key: ColumnKey) => {
    const column = report.table.columns.find((one) => one.key === key);
    return (value: unknown): string => (column && (typeof value === 'number' || typeof value === 'string') ? writer.cell(value, column) : '–');
  };
}

/** Row labels: the first column, formatted as in the table. */
export function labels({ report, writer }: Drawing, at = 0): string[] {
  const column = report.table.columns[at];
  return column ? report.table.rows.map((row) => writer.cell(row[at] ?? null, column)) : [];
}

/** Index of the row that an ECharts callback is about. */
export const rowIn = (params: unknown): number => (params as { dataIndex: number }).dataIndex; // what ECharts passes to an item formatter

/** Tooltip lines for all series at one row. */
export function lines(drawing: Drawing, names: readonly string[], keys: readonly ColumnKey[]) {
  const { report, writer } = drawing;
  const column = columnOf(report);
  const write = writing(drawing);
  const values = keys.map((key) => ({ heading: writer.heading(key), of: column(key), write: write(key) }));
  return (params: unknown): string => {
    const row = rowIn(Array.isArray(params) ? params[0] : params);
    return [names[row] ?? '', ...values.map(({ heading, of, write: said }) => `${heading}: ${said(of[row])}`)].join('\n');
  };
}
