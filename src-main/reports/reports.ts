/** Reports for the rest of the host, answered by the reading thread with the workspace's time zone and service level. */
import { calendar } from '#domain/calendar.ts';
import type { PhoneRegion } from '#domain/phone.ts';
import type { ContactsFile } from '#shared/contract/lists.ts';
import type { Report, ReportFile, ReportQuery } from '#shared/contract/reports.ts';
import type { ReportLanguage } from '#shared/report-texts.ts';
import type { Asking, Reader } from './reader.ts';

/** The content of a file: a report, or a list of contacts with the region for phone search. */
export type AnyFile = ReportFile | (ContactsFile & { readonly phone_region: PhoneRegion });

export interface ReportsOptions {
  readonly reader: Reader;
  readonly now: () => number;
  /** IANA name */
  readonly timeZone: string;
  /** the workspace's service level: seconds within which an assignment is in time */
  readonly serviceSeconds: () => number;
  /** default language of files */
  readonly language: ReportLanguage;
}

/** Asks the reader thread for reports and files, with the workspace's settings. */
export class Reports {
  readonly #options: ReportsOptions;

  constructor(options: ReportsOptions) {
    this.#options = options;
  }

  get language(): ReportLanguage {
    return this.#options.language;
  }

  /** Computes a report, one page of it for a list of contacts. @throws NotAnswered, or the signal's reason */
  report(query: ReportQuery, page: { limit: number; cursor?: string | undefined }, signal: AbortSignal | undefined): Promise<Report> {
    return this.#options.reader.ask('report', { ...this.asked(query), page }, { signal });
  }

  /** Writes a file chunk by chunk. Resolves to its number of rows. @throws NotAnswered, what `write` threw, or the signal's reason */
  file(file: AnyFile, write: (chunk: Uint8Array) => Promise<void>, asking: Asking = {}): Promise<{ rows: number }> {
    const { now, timeZone, reader } = this.#options;
    if ('list' in file) return reader.stream('contactsFile', { ...file, now: now(), time_zone: timeZone }, write, asking);
    const { query, format, language } = file;
    return reader.stream('reportFile', { ...this.asked(query), format, language }, write, asking);
  }

  /** Today's date in the workspace's time zone: `2026-11-22`. */
  today(): string {
    const { now, timeZone } = this.#options;
    return calendar(timeZone)(now());
  }

  /** The query with the workspace's settings. */
  asked(query: ReportQuery) {
    const { now, timeZone, serviceSeconds } = this.#options;
    return { query, now: now(), time_zone: timeZone, service_seconds: query.service_seconds ?? serviceSeconds() };
  }
}
