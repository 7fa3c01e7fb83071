/**
 * Reports: queries and results. Every report is one table, which a screen shows and a file contains row by row.
 * Times are in the workspace's time zone; a contact counts when it arrived, an assignment when it was made, a closing when it happened.
 */
import { z } from 'zod';
import { DAY_MS } from '../time.ts';
import { byId, command, query, subscription } from './call.ts';
import type { Result } from './problems.ts';

export const reportNames = ['summary', 'heat_map', 'waits', 'load', 'fairness', 'contacts'] as const;
export type ReportName = (typeof reportNames)[number];

/** What a summary has one row for. */
export const groupings = ['operator', 'tag', 'source', 'hour', 'weekday', 'day', 'week', 'month'] as const;
export type Grouping = (typeof groupings)[number];

/**
 * Which contacts a list shows, and what a number of a summary counted:
 * arrivals (`received`, `returning`: of a known lead, `waited`: not assigned immediately, `waiting`: waiting now,
 * `in_time`, `late`: assigned within the service level or not), assignments (`assigned`, and `drawn`: by a draw), closings (`closed`).
 */
export const measures = ['received', 'returning', 'waited', 'waiting', 'in_time', 'late', 'assigned', 'drawn', 'closed'] as const;
export type Measure = (typeof measures)[number];

/** In filters: contacts not assigned yet. */
export const NOBODY = 0;

const day = z.iso.date().meta({ description: "A day of the workspace's calendar", example: '2026-11-22' });
const MAX_DAYS = 3700;
/** A list in JSON, or `1,2,3` in a URL. */
const list = (item: z.ZodInt, max: number) =>
  z
    .preprocess((given) => (typeof given === 'string' ? given.split(',').filter(Boolean).map(Number) : given), z.array(item).min(1).max(max))
    .optional()
    .meta({ description: 'Several values are separated by commas' });
const wholeNumber = (least: number, most: number) => z.coerce.number().int().min(least).max(most);

const shape = {
  from: day,
  to: day.meta({ description: 'The last day, inclusive' }),
  /** 0 … 23 */
  hours: list(z.int().min(0).max(23), 24),
  /** 1 Monday … 7 Sunday */
  weekdays: list(z.int().min(1).max(7), 7),
  operator_ids: list(z.int().min(0), 10_000).meta({ description: '0: nobody yet' }),
  source_ids: list(z.int().min(1), 10_000),
  /** rows of a summary */
  group_by: z.enum(groupings).default('day'),
  /** what a list of contacts shows */
  measure: z.enum(measures).default('received'),
  /** the service level in seconds; the workspace's if absent */
  service_seconds: wholeNumber(0, 86_400).optional(),
  /** for lists: the wait in milliseconds, from (inclusive) … to (exclusive) */
  wait_from_ms: wholeNumber(0, Number.MAX_SAFE_INTEGER).optional(),
  wait_to_ms: wholeNumber(1, Number.MAX_SAFE_INTEGER).optional(),
  /** for lists: happened from `since` to before `until`, within the period; distinguishes the two hours that read the same in autumn */
  since: z.iso.datetime().optional(),
  until: z.iso.datetime().optional(),
};
/** Parameters that only a list of contacts supports: another report would ignore them and answer a different query. */
const ONLY_OF_LISTS = ['wait_from_ms', 'wait_to_ms', 'since', 'until'] as const;

/** Without the report's name, which a URL has in its path. */
export const reportFilter = z.object(shape);

/** Flat, so that each report can be requested by HTTP and by a link. */
export const reportQuery = z
  .object({ report: z.enum(reportNames), ...shape })
  .refine(({ from, to }) => from <= to, { message: 'must not be before from', path: ['to'] })
  .refine(({ from, to }) => (Date.parse(to) - Date.parse(from)) / DAY_MS < MAX_DAYS, { message: `at most ${MAX_DAYS} days`, path: ['to'] })
  .superRefine((query, { addIssue }) => {
    if (query.report === 'contacts') return;
    for (const key of ONLY_OF_LISTS) if (query[key] !== undefined) addIssue({ code: 'custom', message: 'only for the report contacts', path: [key] });
  });
export type ReportQuery = z.infer<typeof reportQuery>;
export type ReportQueryInput = z.input<typeof reportQuery>;

/**
 * How to interpret the cells of a column: `id` an id or several as `1, 2`, `share` 0 … 1, `duration` milliseconds, `time` epoch milliseconds,
 * `day` 2026-11-22 (of a week its Monday, of a month its first), `hour` 0 … 23, `weekday` 1 … 7, `code` a word to translate (each column has its own table).
 */
export type ColumnType = 'id' | 'text' | 'code' | 'integer' | 'number' | 'share' | 'duration' | 'time' | 'day' | 'hour' | 'weekday';

export interface Column {
  readonly key: ColumnKey;
  readonly type: ColumnType;
}

/** Every column that any report has; headings are in `report-texts.ts`, in each language. */
export type ColumnKey =
  | 'operator_id'
  | 'operator'
  | 'operator_ids'
  | 'tag'
  | 'source_id'
  | 'source'
  | 'hour'
  | 'weekday'
  | 'day'
  | 'week'
  | 'month'
  | 'received'
  | 'returning'
  | 'returning_share'
  | 'waited'
  | 'waited_share'
  | 'wait_average'
  | 'wait_p90'
  | 'wait_longest'
  | 'waiting'
  | 'in_time'
  | 'late'
  | 'service_level'
  | 'assigned'
  | 'closed'
  | 'handling_average'
  | 'handling_p90'
  | 'handling_longest'
  | 'load_average'
  | 'capacity_average'
  | 'capacity_used'
  | 'queue_average'
  | 'merges'
  | 'refused'
  | 'messages'
  | 'missed'
  | 'declined'
  | 'per_hour'
  | 'wait_from'
  | 'wait_to'
  | 'share'
  | 'at'
  | 'drawn'
  | 'drawn_share'
  | 'expected'
  | 'expected_share'
  | 'weight_share'
  | 'deviation'
  | 'p_value'
  | 'verdict'
  | 'eligible'
  | 'passed_full'
  | 'passed_rule'
  | 'passed_inactive'
  | 'passed_zero_weight'
  | 'nobody_eligible'
  | 'by_hand'
  | 'to_owner'
  | 'contact_id'
  | 'lead_id'
  | 'lead'
  | 'phone'
  | 'external_id'
  | 'email'
  | 'status'
  | 'created_at'
  | 'first_assigned_at'
  | 'assigned_at'
  | 'closed_at'
  | 'wait'
  | 'handling'
  | 'message';

export type Cell = string | number | null;

export interface Table {
  readonly columns: readonly Column[];
  readonly rows: readonly (readonly Cell[])[];
  /** over all rows, with null where a total is meaningless; null: the table has none */
  readonly total: readonly Cell[] | null;
}

/** Whether chance explains an operator's share of the draws. `too_few`: nothing to test yet. */
const verdicts = ['luck', 'more_than_luck', 'less_than_luck', 'too_few'] as const;
export type Verdict = (typeof verdicts)[number];
export const isVerdict = (word: string): word is Verdict => verdicts.some((verdict) => verdict === word);

/** The probability that the fairness report reports any operator's luck as something else, over all operators together. */
export const FAIRNESS_LEVEL = 0.01;

export interface Report {
  readonly query: ReportQuery & { readonly service_seconds: number };
  readonly table: Table;
  /** number of rows: for a list of contacts, of the whole list; for other reports, of the table */
  readonly row_count: number;
  /** for a list of contacts: continues after its last row; null: there are no more */
  readonly next_cursor: string | null;
  /** epoch milliseconds: everything up to then is counted */
  readonly at: number;
  readonly revision: number;
  /** IANA name */
  readonly time_zone: string;
}

/** Whether the rows of a summary are parts of the period. */
export const isByTime = (grouping: Grouping): boolean => grouping !== 'operator' && grouping !== 'tag' && grouping !== 'source';

/** The contacts that a summary row counted: the same query, narrowed to its group. @param key the first cell of the row */
export function narrowed(query: ReportQuery, key: string | number): ReportQuery {
  const within = (from: string, to: string) => ({ ...query, from: from > query.from ? from : query.from, to: to < query.to ? to : query.to });
  const add = (text: string, days: number) => new Date(Date.parse(text) + days * DAY_MS).toISOString().slice(0, 10);
  switch (query.group_by) {
    case 'operator':
      return { ...query, operator_ids: [Number(key)] };
    case 'tag':
      return { ...query, operator_ids: String(key).split(',').map(Number) };
    case 'source':
      return { ...query, source_ids: [Number(key)] };
    case 'hour':
      return { ...query, hours: [Number(key)] };
    case 'weekday':
      return { ...query, weekdays: [Number(key)] };
    case 'day':
      return within(String(key), String(key));
    case 'week':
      return within(String(key), add(String(key), 6));
    case 'month':
      return within(String(key), add(`${add(String(key), 31).slice(0, 7)}-01`, -1));
  }
}

/** A part of a list of contacts. */
export const pageInput = z.object({
  limit: z.int().min(1).max(500).default(100),
  cursor: z
    .string()
    .regex(/^\d{1,15}$/, 'is not a cursor of this API')
    .optional(),
});

export const fileFormats = ['csv', 'xlsx'] as const;
export type FileFormat = (typeof fileFormats)[number];

export const mediaTypes: Readonly<Record<FileFormat | 'pdf', string>> = {
  pdf: 'application/pdf',
  csv: 'text/csv; charset=utf-8',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
};

/** A report as a file: the same query as on the screen, with all rows. */
const reportFile = z.object({ query: reportQuery, format: z.enum(fileFormats), language: z.enum(['ru', 'en']) });
export type ReportFile = z.infer<typeof reportFile>;

/** A report's page for printing: `hash` is its address in the console, `#/reports?…`. A window prints what it shows; a browser opens the address and waits until the page's root element has `data-ready="true"`. */
const reportPage = z.object({ query: reportQuery, hash: z.string().startsWith('#/').max(8000) });
export type ReportPage = z.infer<typeof reportPage>;

/** `switchyard-summary-2026-11-01-2026-11-22.csv` */
export const fileName = ({ report, from, to }: Pick<ReportQuery, 'report' | 'from' | 'to'>, format: string): string =>
  `switchyard-${report.replace('_', '-')}-${from}${from === to ? '' : `-${to}`}.${format}`;

/** A file that the host writes for a console or serves to a browser. */
export interface ExportJob {
  readonly id: number;
  readonly report: ReportName;
  readonly format: FileFormat | 'pdf';
  readonly name: string;
  /** `offered`: it is produced when the browser fetches `url` */
  readonly state: 'offered' | 'writing' | 'done' | 'failed' | 'cancelled';
  /** 0 … 1 */
  readonly progress: number;
  readonly bytes: number;
  /** without the total; null: not finished */
  readonly rows: number | null;
  /** where the host wrote it; null: it goes to a browser */
  readonly path: string | null;
  /** on the console's own address; null: the host writes it to `path` */
  readonly url: string | null;
  /** English, from the system: why it failed */
  readonly detail: string | null;
}

export const reportCalls = {
  /** A list of contacts is answered page by page, other reports whole. */
  report: query('viewer', z.object({ query: reportQuery, page: pageInput.prefault({}) })).answers<Report>(),
  /** In a window the host asks where to save the file and writes it; a browser fetches it from the `url` in the result. null: the user cancelled. */
  exportReport: command('viewer', reportFile).answers<Result<ExportJob | null>>(),
  /** The same page as PDF; `no_browser` if no browser is available for printing. */
  printReport: command('viewer', reportPage).answers<Result<ExportJob | null>>(),
  cancelExport: command('viewer', byId).answers<void>(),
  /** Yields all files started since the program started, newest first, immediately and on each change. */
  exports: subscription('viewer').answers<readonly ExportJob[]>(),
};
