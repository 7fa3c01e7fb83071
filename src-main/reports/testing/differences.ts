/** Differences between a report and a plain count of the rows. */
import type { Cell, Report, ReportQuery } from '#shared/contract/reports.ts';
import { drillOf } from '#shared/report-drill.ts';
import { NO_TAGS, type Recount } from './recount.ts';

type Row = Readonly<Record<string, unknown>>;
/** A row that only one of the two has, or a cell that differs. */
export interface Difference {
  readonly row: unknown;
  readonly column: string;
  readonly counted: unknown;
  readonly reported: unknown;
}

/** Rounds to nine digits: the order of summation differs. */
const digits = (value: unknown): unknown => (typeof value === 'number' ? Number(value.toPrecision(9)) : value);

function between(key: unknown, counted: Row, reported: Row | undefined): Difference[] {
  if (!reported) return [{ row: key, column: '', counted, reported: 'no row' }];
  return Object.keys(counted)
    .filter((column) => column in reported && digits(counted[column]) !== digits(reported[column]))
    .map((column) => ({ row: key, column, counted: counted[column], reported: reported[column] }));
}

export function differences(recount: Recount, report: Report): Difference[] {
  const { table, query } = report;
  const named = (cells: readonly Cell[]): Row => Object.fromEntries(table.columns.map(({ key }, i) => [key, cells[i] ?? null]));
  const rows = table.rows.map(named);
  const by = (key: (row: Row) => unknown) => new Map(rows.map((row) => [key(row), row]));
  /** @param isSilent rows that may be missing */
  const compared = (counted: ReadonlyMap<unknown, Row>, reported: ReadonlyMap<unknown, Row>, isSilent: (row: Row) => boolean): Difference[] => [
    ...[...counted].filter(([key, row]) => reported.has(key) || !isSilent(row)).flatMap(([key, row]) => between(key, row, reported.get(key))),
    ...[...reported]
      .filter(([key, row]) => !counted.has(key) && !isSilent(row))
      .map(([key, row]) => ({ row: key, column: '', counted: 'no row', reported: row })),
  ];
  switch (query.report) {
    case 'summary': {
      const counted = new Map<unknown, Row>(recount.summary());
      const total = counted.get('') ?? {};
      counted.delete('');
      if (['operator', 'tag', 'source'].includes(query.group_by))
        // averages of operators and sources are over the whole period, which the plain count computes only by time
        for (const [key, { load_average: _load, queue_average: _queue, ...others }] of counted) counted.set(key, others);
      const isSilent = (row: Row) => ['received', 'assigned', 'closed', 'missed', 'declined', 'load_average'].every((column) => !row[column]);
      const first = query.group_by === 'tag' ? 'tag' : (table.columns[0]?.key ?? 'day');
      return [
        ...compared(
          counted,
          by((row) => (first !== 'tag' ? row[first] : typeof row.tag === 'string' ? row.tag.toLowerCase() || NO_TAGS : null) ?? 0),
          isSilent,
        ),
        ...between('total', total, named(table.total ?? [])),
      ];
    }
    case 'fairness':
      return compared(
        recount.fairness(),
        by((row) => row.operator_id),
        () => false,
      );
    case 'waits': {
      const classes = rows.map(({ wait_from, wait_to }) => [Number(wait_from), wait_to === null ? null : Number(wait_to)] as const);
      const gaps = classes.filter(([from], i) => from !== (i === 0 ? 0 : classes[i - 1]?.[1]));
      return [
        ...gaps.map(([from]) => ({ row: from, column: 'wait_from', counted: 'follows the class before', reported: from })),
        ...compared(
          recount.waits(classes),
          by((row) => row.wait_from),
          () => false,
        ),
      ];
    }
    case 'heat_map':
      return compared(
        recount.heatMap(),
        by(({ weekday, hour }) => `${String(weekday)} ${String(hour)}`),
        (row) => row.received === 0,
      );
    case 'load':
      return compared(
        recount.load(),
        by((row) => row.at),
        (row) => row.received === 0 && !row.load_average && !row.queue_average,
      );
    case 'contacts':
      return [];
  }
}

/** Figures of a report whose list of contacts has a different length. @param list requests the list */
export function longerOrShorter(report: Report, list: (query: ReportQuery) => Report): Difference[] {
  const drill = drillOf(report);
  return [...report.table.rows, null].flatMap((row) =>
    report.table.columns.flatMap(({ key }, column) => {
      const query = drill(row, column);
      if (!query) return [];
      const number = (row ?? report.table.total)?.[column];
      const { row_count, table } = list(query);
      if (row_count === number && table.rows.length === number) return [];
      return [{ row: row?.[0] ?? 'total', column: key, counted: `${row_count} in a list with ${table.rows.length} rows`, reported: number }];
    }),
  );
}
