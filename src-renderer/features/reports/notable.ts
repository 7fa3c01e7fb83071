/** Selects the operators of a long fairness table that go into the chart. Pure. */
import type { Report } from '#shared/contract/reports.ts';

/** At most `count` operators, the shares least likely to be chance first. The same object when all fit. */
export function mostNotable(report: Report, count: number): Report {
  const { columns, rows } = report.table;
  if (rows.length <= count) return report;
  const at = columns.findIndex(({ key }) => key === 'p_value');
  const chance = (row: (typeof rows)[number]): number => (typeof row[at] === 'number' ? row[at] : Number.POSITIVE_INFINITY); // null: not tested
  const first = rows.toSorted((a, b) => (chance(a) === chance(b) ? 0 : chance(a) - chance(b))).slice(0, count);
  return { ...report, table: { ...report.table, rows: first } };
}
