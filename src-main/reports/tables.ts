/** Small helps for making tables. */
import type { Cell, Column, ColumnKey, ColumnType, Table } from '#shared/contract/reports.ts';

/** One row as it is counted; what a row does not name is null. */
export type Row = Partial<Record<ColumnKey, Cell>>;

export function tableOf(columns: readonly (readonly [ColumnKey, ColumnType])[], rows: readonly Row[], total: Row | null = null): Table {
  const cells = (row: Row): Cell[] => columns.map(([key]) => row[key] ?? null);
  return {
    columns: columns.map(([key, type]): Column => ({ key, type })),
    rows: rows.map(cells),
    total: total && cells(total),
  };
}

/** null when there is nothing to divide by. */
export const ratio = (part: number, whole: number): number | null => (whole > 0 ? part / whole : null);
