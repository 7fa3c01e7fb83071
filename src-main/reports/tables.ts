/** Helpers for building tables. */
import type { Cell, Column, ColumnKey, ColumnType, Table } from '#shared/contract/reports.ts';

/** One row by column key; missing cells are null. */
export type Row = Partial<Record<ColumnKey, Cell>>;

/** A table with these columns. A row without a value for a column has null there. */
export function tableOf(columns: readonly (readonly [ColumnKey, ColumnType])[], rows: readonly Row[], total: Row | null = null): Table {
  const cells = (row: Row): Cell[] => columns.map(([key]) => row[key] ?? null);
  return {
    columns: columns.map(([key, type]): Column => ({ key, type })),
    rows: rows.map(cells),
    total: total && cells(total),
  };
}

/** `part / whole`; null when `whole` is 0. */
export const ratio = (part: number, whole: number): number | null => (whole > 0 ? part / whole : null);
