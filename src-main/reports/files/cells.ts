/** Cells of a report as values of a file: what every format writes, in words of a language and on the workspace's clock. */

import type { Cell, Column, Table } from '#shared/contract/reports.ts';
import { type ReportLanguage, reportTexts } from '#shared/report-texts.ts';

export interface Wording {
  readonly language: ReportLanguage;
  /** what the workspace's clock showed at a moment, see `localClock` */
  readonly clock: (at: number) => number;
}

export const headingOf = ({ key }: Column, { language }: Wording): string => reportTexts[language].columns[key];

/** Words instead of the codes and numbers that stand for them; other cells as they are. */
export function worded({ key, type }: Column, cell: Cell, { language }: Wording): Cell {
  const texts = reportTexts[language];
  if (cell === null) return key === 'operator' || key === 'source' ? texts.nobody : null;
  if (type === 'weekday') return texts.weekdays[Number(cell) - 1] ?? null;
  if (key === 'status') return texts.status[cell as keyof typeof texts.status]; // a code of this table
  if (key === 'verdict') return texts.verdict[cell as keyof typeof texts.verdict];
  return cell;
}

/** The line below the rows: "Total" stands in the first column that is a text, or in the first. */
export function totalRow({ columns, total }: Table, language: ReportLanguage): readonly Cell[] | null {
  if (!total) return null;
  const place = Math.max(
    0,
    columns.findIndex(({ type }) => type === 'text'),
  );
  return total.map((cell, i) => (i === place && cell === null ? reportTexts[language].total : cell));
}
