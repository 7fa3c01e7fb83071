/** From a number of a table to the question for the contacts it counted. Pure. */
import { type Cell, type Column, type ColumnKey, type Measure, measures, NOBODY, narrowed, type Report, type ReportQuery } from '#shared/contract/reports.ts';
import { dayOf } from '../../kit/format.ts';

const measureOf = (key: ColumnKey): Measure | undefined => measures.find((measure) => measure === key);

/** Which hour of the day `at` was. */
function hourOf(at: number, timeZone: string): number {
  return Number(new Intl.DateTimeFormat('en-GB', { hour: '2-digit', hourCycle: 'h23', timeZone }).format(at));
}

/**
 * The contacts behind cells of the report's rows; `row` null is the total. null: the cell counts no contacts, or none that a list could show.
 * @returns made once for a report, asked for each cell
 */
export function drillOf({ query, table, time_zone }: Report): (row: readonly Cell[] | null, column: number) => ReportQuery | null {
  const at = new Map(table.columns.map(({ key }, index) => [key, index]));
  const cell = (row: readonly Cell[], key: ColumnKey): Cell => row[at.get(key) ?? -1] ?? null;
  const nameOfHour = (time: number) => `${dayOf(time, time_zone)} ${hourOf(time, time_zone)}`;
  const seen = new Set<string>();
  const twice = new Set<string>(); // the hour that is there twice when summer time ends: no list can tell the two apart
  if (at.has('at'))
    for (const row of table.rows) {
      const name = nameOfHour(Number(cell(row, 'at')));
      if (seen.has(name)) twice.add(name);
      seen.add(name);
    }
  const within = (row: readonly Cell[]): ReportQuery | null => {
    switch (query.report) {
      case 'summary': {
        const key = row[0] ?? NOBODY;
        return narrowed(query, key);
      }
      case 'heat_map':
        return { ...query, weekdays: [Number(cell(row, 'weekday'))], hours: [Number(cell(row, 'hour'))] };
      case 'waits': {
        const to = cell(row, 'wait_to');
        return { ...query, wait_from_ms: Number(cell(row, 'wait_from')), ...(to !== null && { wait_to_ms: Number(to) }) };
      }
      case 'load': {
        const day = cell(row, 'day');
        if (day !== null) return narrowed({ ...query, group_by: 'day' }, day);
        const time = Number(cell(row, 'at'));
        if (twice.has(nameOfHour(time))) return null;
        return { ...narrowed({ ...query, group_by: 'day' }, dayOf(time, time_zone)), hours: [hourOf(time, time_zone)] };
      }
      case 'fairness':
        return { ...query, operator_ids: [Number(cell(row, 'operator_id'))] };
      default:
        return null;
    }
  };
  return (row, column) => {
    const measure = measureOf((table.columns[column] as Column).key);
    const value = (row ?? table.total)?.[column];
    if (!measure || typeof value !== 'number' || value === 0) return null;
    const asked = row === null ? query : within(row);
    return asked && { ...asked, report: 'contacts', measure };
  };
}
