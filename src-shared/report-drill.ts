/** Turns a number in a report into the query for the contacts it counted. Pure. */
import { type Cell, type Column, type ColumnKey, type Measure, measures, NOBODY, narrowed, type Report, type ReportQuery } from './contract/reports.ts';

/** Every UTC offset, and every change of a clock, is a multiple of this. */
const QUARTER_MS = 15 * 60_000;

const measureOf = (key: ColumnKey): Measure | undefined => measures.find((measure) => measure === key);

/** Local time in a zone. @param timeZone IANA name */
function clockOf(timeZone: string): (at: number) => { readonly day: string; readonly hour: number; readonly name: string } {
  const format = new Intl.DateTimeFormat('en-CA', { timeZone, year: 'numeric', month: '2-digit', day: '2-digit', hour: '2-digit', hourCycle: 'h23' });
  return (at) => {
    const part = Object.fromEntries(format.formatToParts(at).map(({ type, value }) => [type, value]));
    const day = `${part.year}-${part.month}-${part.day}`;
    return { day, hour: Number(part.hour), name: `${day} ${part.hour}` };
  };
}

/**
 * Returns a function from a cell to the query for its contacts, to be created once per report. `row` null is the total; a null result means
 * that the cell counts no contacts.
 */
export function drillOf({ query, table, time_zone }: Report): (row: readonly Cell[] | null, column: number) => ReportQuery | null {
  const at = new Map(table.columns.map(({ key }, index) => [key, index]));
  const cell = (row: readonly Cell[], key: ColumnKey): Cell => row[at.get(key) ?? -1] ?? null;
  const clock = clockOf(time_zone);
  const hourStarts = at.has('at') ? table.rows.map((row) => Number(cell(row, 'at'))) : [];
  const shown = new Map<string, number>();
  for (const start of hourStarts) shown.set(clock(start).name, (shown.get(clock(start).name) ?? 0) + 1);

  /** The contacts of an hour, or of the part of it before the clock is put back. */
  const within = (start: number): ReportQuery => {
    const { day, hour, name } = clock(start);
    const asked = { ...narrowed({ ...query, group_by: 'day' }, day), hours: [hour] };
    if (shown.get(name) === 1) return asked;
    const next = hourStarts.find((other) => other > start) ?? Number.POSITIVE_INFINITY;
    let end = start + QUARTER_MS;
    while (end < next && clock(end).name === name) end += QUARTER_MS;
    return { ...asked, since: new Date(start).toISOString(), until: new Date(end).toISOString() };
  };

  const narrow = (row: readonly Cell[]): ReportQuery | null => {
    switch (query.report) {
      case 'summary':
        return narrowed(query, row[0] ?? NOBODY);
      case 'heat_map':
        return { ...query, weekdays: [Number(cell(row, 'weekday'))], hours: [Number(cell(row, 'hour'))] };
      case 'waits': {
        const to = cell(row, 'wait_to');
        return { ...query, wait_from_ms: Number(cell(row, 'wait_from')), ...(to !== null && { wait_to_ms: Number(to) }) };
      }
      case 'load': {
        const day = cell(row, 'day');
        return day === null ? within(Number(cell(row, 'at'))) : narrowed({ ...query, group_by: 'day' }, day);
      }
      case 'fairness':
        return { ...query, operator_ids: [Number(cell(row, 'operator_id'))] };
      case 'contacts':
        return null;
    }
  };
  return (row, column) => {
    const measure = measureOf((table.columns[column] as Column).key);
    const value = (row ?? table.total)?.[column];
    if (!measure || typeof value !== 'number' || value === 0) return null;
    const asked = row === null ? query : narrow(row);
    return asked && { ...asked, report: 'contacts', measure };
  };
}
