/** Converts report cells to file values for all formats, in the file's language and the workspace's time zone. */

import type { Cell, Column, Table } from '#shared/contract/reports.ts';
import { type ReportLanguage, reportTexts } from '#shared/report-texts.ts';

export interface Wording {
  readonly language: ReportLanguage;
  /** converts epoch milliseconds to local time, see `localClock` */
  readonly clock: (at: number) => number;
}

/** A column's heading in the language of the file. */
export const headingOf = ({ key }: Column, { language }: Wording): string => reportTexts[language].columns[key];

/** Replaces codes and numbers by their words; other cells are unchanged. */
export function worded({ key, type }: Column, cell: Cell, { language }: Wording): Cell {
  const texts = reportTexts[language];
  if (cell === null) return key === 'operator' || key === 'tag' || key === 'source' ? texts.nobody : null;
  if (key === 'tag' && cell === '') return texts.no_tags;
  if (type === 'weekday') return texts.weekdays[Number(cell) - 1] ?? null;
  if (key === 'status') return texts.status[cell as keyof typeof texts.status]; // the cell is a code of this table
  if (key === 'verdict') return texts.verdict[cell as keyof typeof texts.verdict];
  return cell;
}

/** The total row. "Total" is in the first text column, or in the first column if there is none. */
export function totalRow({ columns, total }: Table, language: ReportLanguage): readonly Cell[] | null {
  if (!total) return null;
  const place = Math.max(
    0,
    columns.findIndex(({ type }) => type === 'text'),
  );
  return total.map((cell, i) => (i === place && cell === null ? reportTexts[language].total : cell));
}
