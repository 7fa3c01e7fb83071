/** State of the report screen, as encoded in the address, so that it survives a reload and can be shared. Pure. */

import { daysOf, type Period, type UsualPeriod } from '#kit/fields/dates/periods.ts';
import { hashOf, type Params } from '#kit/navigation/route.ts';
import { type ColumnKey, type Grouping, groupings, type ReportName, type ReportQuery, reportQuery } from '#shared/contract/reports.ts';

/** The available views. `service` is the summary by day, week or month with a chart of the service level. */
export const views = ['summary', 'heat_map', 'load', 'waits', 'fairness', 'service'] as const;
export type View = (typeof views)[number];

export interface Sorting {
  readonly key: ColumnKey;
  readonly descending: boolean;
}

/** Preset periods of a report, in menu order. */
export const usualPeriods = ['today', 'yesterday', 'week', 'last_week', 'days_30', 'month', 'last_month', 'year'] as const satisfies readonly UsualPeriod[];

/** Lists are sorted; an empty list means everything. */
export interface Filters {
  readonly period: Period;
  /** 0 … 23 */
  readonly hours: readonly number[];
  /** 1 Monday … 7 Sunday */
  readonly weekdays: readonly number[];
  /** 0: nobody yet */
  readonly operators: readonly number[];
  readonly sources: readonly number[];
  /** null: the workspace's */
  readonly service_seconds: number | null;
}

export interface Shown extends Filters {
  readonly view: View;
  readonly group_by: Grouping;
  /** null: the report's own order */
  readonly sorting: Sorting | null;
  /** contacts behind a number; null: the report itself */
  readonly list: ReportQuery | null;
}

export const noFilters: Filters = { period: 'days_30', hours: [], weekdays: [], operators: [], sources: [], service_seconds: null };

const serviceGroupings: readonly Grouping[] = ['day', 'week', 'month'];
/** How the rows of a view can be grouped. */
export const groupingsOf = (view: View): readonly Grouping[] => (view === 'service' ? serviceGroupings : view === 'summary' ? groupings : []);

const DAY = /^\d{4}-\d\d-\d\d$/;
const numbersIn = (text: string | null, least: number, most: number): number[] =>
  [
    ...new Set(
      (text ?? '')
        .split(',')
        .filter((part) => part !== '')
        .map(Number),
    ),
  ]
    .filter((n) => Number.isSafeInteger(n) && n >= least && n <= most)
    .sort((a, b) => a - b);

function periodIn(params: URLSearchParams): Period {
  const [from, to] = [params.get('from') ?? '', params.get('to') ?? ''];
  if (DAY.test(from) && DAY.test(to)) return { from, to };
  return usualPeriods.find((name) => name === params.get('period')) ?? noFilters.period;
}

function sortingIn(text: string | null): Sorting | null {
  const [, minus = '', key = ''] = /^(-?)([a-z_0-9]+)$/.exec(text ?? '') ?? [];
  return key === '' ? null : { key: key as ColumnKey, descending: minus === '-' }; // an unknown column sorts nothing
}

/** null when invalid. */
function listIn(text: string | null): ReportQuery | null {
  if (text === null) return null;
  const asked = reportQuery.safeParse({ ...Object.fromEntries(new URLSearchParams(text)), report: 'contacts' });
  return asked.success ? asked.data : null;
}

/** What an address shows. Invalid parameters fall back to defaults. */
export function shownIn(params: URLSearchParams): Shown {
  const view = views.find((name) => name === params.get('view')) ?? 'summary';
  const possible = groupingsOf(view);
  const [seconds] = numbersIn(params.get('seconds'), 0, 86_400);
  return {
    view,
    period: periodIn(params),
    hours: numbersIn(params.get('hours'), 0, 23),
    weekdays: numbersIn(params.get('weekdays'), 1, 7),
    operators: numbersIn(params.get('operators'), 0, Number.MAX_SAFE_INTEGER),
    sources: numbersIn(params.get('sources'), 1, Number.MAX_SAFE_INTEGER),
    service_seconds: seconds ?? null,
    group_by: possible.find((name) => name === params.get('by')) ?? 'day',
    sorting: sortingIn(params.get('sort')),
    list: listIn(params.get('list')),
  };
}

/** The inverse of `shownIn`. Defaults are left out of the address. */
export function paramsOf({ view, period, hours, weekdays, operators, sources, service_seconds, group_by, sorting, list }: Shown): Params {
  const isUsual = typeof period === 'string';
  return {
    view: view === 'summary' ? null : view,
    by: group_by === 'day' ? null : group_by,
    period: isUsual && period !== noFilters.period ? period : null,
    from: isUsual ? null : period.from,
    to: isUsual ? null : period.to,
    hours: hours.join(','),
    weekdays: weekdays.join(','),
    operators: operators.join(','),
    sources: sources.join(','),
    seconds: service_seconds,
    sort: sorting && `${sorting.descending ? '-' : ''}${sorting.key}`,
    list: list && listText(list),
  };
}

/** The address of this state. */
export const addressOf = (shown: Shown): string => hashOf('reports', paramsOf(shown));

function listText(query: ReportQuery): string {
  const said = new URLSearchParams();
  for (const [key, value] of Object.entries(query)) if (value !== undefined && key !== 'report') said.set(key, String(value));
  return said.toString();
}

const reportOf: Readonly<Record<View, ReportName>> = {
  summary: 'summary',
  service: 'summary',
  heat_map: 'heat_map',
  load: 'load',
  waits: 'waits',
  fairness: 'fairness',
};

/** The query that the address encodes; null when invalid, such as a period that ends before it begins. */
export function queryOf({ view, period, hours, weekdays, operators, sources, service_seconds, group_by }: Shown, today: string): ReportQuery | null {
  const asked = reportQuery.safeParse({
    report: reportOf[view],
    ...daysOf(period, today),
    ...(hours.length > 0 && { hours: [...hours] }),
    ...(weekdays.length > 0 && { weekdays: [...weekdays] }),
    ...(operators.length > 0 && { operator_ids: [...operators] }),
    ...(sources.length > 0 && { source_ids: [...sources] }),
    ...(service_seconds !== null && { service_seconds }),
    group_by,
  });
  return asked.success ? asked.data : null;
}
