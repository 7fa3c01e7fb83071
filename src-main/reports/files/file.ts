/** Generates a report file in chunks, with all the rows that the same query has on the screen. */
import { calendar } from '#domain/calendar.ts';
import type { PhoneRegion } from '#domain/phone.ts';
import { CONTACT_COLUMNS, contactRows, listed } from '#reports/contacts.ts';
import type { History } from '#reports/history.ts';
import { idsOfContacts } from '#reports/lists.ts';
import type { Steps } from '#reports/protocol.ts';
import { historyAndNames, type Prepared, prepare, tableFor } from '#reports/report.ts';
import type { Asked } from '#reports/scope.ts';
import type { Sources } from '#reports/sources.ts';
import { tableOf } from '#reports/tables.ts';
import type { ContactsFile } from '#shared/contract/lists.ts';
import type { Cell, Column, FileFormat, ReportName } from '#shared/contract/reports.ts';
import { type ReportLanguage, reportTexts } from '#shared/report-texts.ts';
import { DAY_MS } from '#shared/time.ts';
import { localClock, zoneBetween } from '#shared/zone.ts';
import { totalRow, type Wording } from './cells.ts';
import { Csv } from './csv.ts';
import { Xlsx } from './xlsx.ts';

/** Number of rows read and written at a time. */
const BATCH = 1000;

interface Format {
  readonly format: FileFormat;
  readonly language: ReportLanguage;
}
type Clock = Pick<Asked, 'now' | 'time_zone'>;

export interface FileInput extends Asked, Format {}

export interface ContactsFileInput extends Clock, Format {
  readonly list: ContactsFile['list'];
  readonly phone_region: PhoneRegion;
}

/** Metadata of a file. */
interface About {
  readonly title: string;
  readonly about: string;
  readonly wording: Wording;
}

/** A writer for one file format. */
interface Writer {
  begin(): Uint8Array | null;
  rows(rows: readonly (readonly Cell[])[]): Uint8Array | null;
  end(total: readonly Cell[] | null): Uint8Array | null;
}

/** Writes a report. Returns the number of rows without the total. */
export function* reportFile(from: Sources, input: FileInput): Steps<{ rows: number }> {
  const prepared = yield* prepare(from, input);
  const { history, scope } = prepared;
  const { from: first, to: last } = scope.query;
  const about = aboutOf(input, history, scope.query.report, first === last ? first : `${first} – ${last}`);
  if (scope.query.report === 'contacts') return yield* contactPieces(from, input, about, prepared, listed(history, scope).contacts);

  const table = yield* tableFor(from, prepared);
  const total = totalRow(table, input.language);
  const writer = writerOf(input, table.columns, { ...about, rowCount: table.rows.length + (total ? 1 : 0) });
  yield* piece(writer.begin());
  yield* piece(writer.rows(table.rows));
  yield* piece(writer.end(total));
  return { rows: table.rows.length };
}

/** Writes the complete list of contacts for a console's filter. */
export function* contactsFile(from: Sources, input: ContactsFileInput): Steps<{ rows: number }> {
  const ids = yield* idsOfContacts(from, { query: input.list, phoneRegion: input.phone_region, timeZone: input.time_zone });
  const known = yield* historyAndNames(from); // read after the ids, so that it contains every listed contact
  const about = aboutOf(input, known.history, 'contacts', calendar(input.time_zone)(input.now));
  const rows = Uint32Array.from(ids, (id) => known.history.contacts.rowOf(id));
  return yield* contactPieces(from, input, about, known, rows);
}

/** Writes these rows of contacts in batches. */
function* contactPieces(
  from: Sources,
  input: Format,
  about: About,
  { history, names }: Pick<Prepared, 'history' | 'names'>,
  contacts: Uint32Array,
): Steps<{ rows: number }> {
  const { columns } = tableOf(CONTACT_COLUMNS, []);
  const writer = writerOf(input, columns, { ...about, rowCount: contacts.length });
  yield* piece(writer.begin());
  for (let start = 0; start < contacts.length; start += BATCH) {
    const rows = contactRows(from.database.reading, history, names, contacts.subarray(start, start + BATCH));
    yield* piece(writer.rows(rows));
    yield { progress: Math.min(1, (start + BATCH) / contacts.length) };
  }
  yield* piece(writer.end(null));
  return { rows: contacts.length };
}

function* piece(chunk: Uint8Array | null): Steps<void> {
  if (chunk) yield { chunk };
}

function aboutOf({ now, time_zone, language }: Format & Clock, { contacts }: History, report: ReportName, of: string): About {
  // wider than the period: a contact may be closed long after it
  const whole = zoneBetween(time_zone, Math.min(now, contacts.column.created_at[0] || now) - DAY_MS, now + DAY_MS);
  const title = reportTexts[language].reports[report];
  return { title, about: `${title} · ${of} · ${time_zone}`, wording: { language, clock: localClock(whole) } };
}

function writerOf({ format }: Format, columns: readonly Column[], about: About & { readonly rowCount: number }): Writer {
  switch (format) {
    case 'csv': {
      const csv = new Csv(columns, about.wording);
      return { begin: () => csv.heading(), rows: (rows) => csv.rows(rows), end: (total) => total && csv.total(total) };
    }
    case 'xlsx': {
      const xlsx = new Xlsx({ ...about, columns });
      return {
        begin: () => xlsx.take(),
        rows: (rows) => {
          xlsx.rows(rows);
          return xlsx.take();
        },
        end: (total) => {
          if (total) xlsx.rows([total], true);
          xlsx.end();
          return xlsx.take();
        },
      };
    }
  }
}
