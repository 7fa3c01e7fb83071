/** Of a long table of fairness, what is worth a drawing. Pure. */
import type { Report } from '#shared/contract/reports.ts';

/** At most so many operators: those whose shares are least likely to be luck, first. The same object when all of them fit. */
export function mostNotable(report: Report, count: number): Report {
  const { columns, rows } = report.table;
  if (rows.length <= count) return report;
  const at = columns.findIndex(({ key }) => key === 'p_value');
  const chance = (row: (typeof rows)[number]): number => (typeof row[at] === 'number' ? row[at] : Number.POSITIVE_INFINITY); // null: not tested
  const first = rows.toSorted((a, b) => (chance(a) === chance(b) ? 0 : chance(a) - chance(b))).slice(0, count);
  return { ...report, table: { ...report.table, rows: first } };
}
