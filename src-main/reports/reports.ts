/** What the rest of the host asks of reports: the thread answers, with the workspace's time zone and service level. */
import type { Report, ReportExtent, ReportQuery } from '#shared/contract/reports.ts';
import type { Reader } from './reader.ts';

export interface ReportsOptions {
  readonly reader: Reader;
  readonly now: () => number;
  /** IANA name */
  readonly timeZone: string;
  /** the workspace's: assigned within so many seconds is in time */
  readonly serviceSeconds: () => number;
}

export class Reports {
  readonly #options: ReportsOptions;

  constructor(options: ReportsOptions) {
    this.#options = options;
  }

  extent(): Promise<ReportExtent> {
    const { reader, now, timeZone } = this.#options;
    return reader.ask('reportExtent', { now: now(), time_zone: timeZone });
  }

  /** @throws NotAnswered, or the signal's reason */
  report(query: ReportQuery, page: { limit: number; cursor?: string | undefined }, signal: AbortSignal | undefined): Promise<Report> {
    return this.#options.reader.ask('report', { ...this.asked(query), page }, { signal });
  }

  /** The question with what the workspace adds to it. */
  asked(query: ReportQuery) {
    const { now, timeZone, serviceSeconds } = this.#options;
    return { query, now: now(), time_zone: timeZone, service_seconds: query.service_seconds ?? serviceSeconds() };
  }
}
