/** A report as a file, in pieces: the rows that the same question has on the screen, all of them. */

import { localClock, zoneBetween } from '#domain/zone.ts';
import { CONTACT_COLUMNS, contactRows, listed } from '#reports/contacts.ts';
import type { Steps } from '#reports/protocol.ts';
import { prepare, tableFor } from '#reports/report.ts';
import type { Asked } from '#reports/scope.ts';
import type { Sources } from '#reports/sources.ts';
import { tableOf } from '#reports/tables.ts';
import type { Cell, Column, FileFormat } from '#shared/contract/reports.ts';
import { type ReportLanguage, reportTexts } from '#shared/report-texts.ts';
import { totalRow, type Wording } from './cells.ts';
import { Csv } from './csv.ts';
import { Xlsx } from './xlsx.ts';

/** Rows that are read and written in one go. */
const BATCH = 1000;
const DAY_MS = 86_400_000;

export interface FileInput extends Asked {
  readonly format: FileFormat;
  readonly language: ReportLanguage;
}

/** What every format can do. */
interface Writer {
  begin(): Uint8Array | null;
  rows(rows: readonly (readonly Cell[])[]): Uint8Array | null;
  end(total: readonly Cell[] | null): Uint8Array | null;
}

/** Answers how many rows there were, the total not counted. */
export function* reportFile(from: Sources, input: FileInput): Steps<{ rows: number }> {
  const prepared = yield* prepare(from, input);
  const { history, scope, names } = prepared;
  // wider than the period: a contact of the period may be closed long after it
  const whole = zoneBetween(input.time_zone, Math.min(input.now, history.contacts.column.created_at[0] || input.now) - DAY_MS, input.now + DAY_MS);
  const wording: Wording = { language: input.language, clock: localClock(whole) };
  const title = reportTexts[input.language].reports[scope.query.report];
  const { from: first, to: last } = scope.query;
  const about = `${title} · ${first === last ? first : `${first} – ${last}`} · ${input.time_zone}`;
  const piece = function* (chunk: Uint8Array | null): Steps<void> {
    if (chunk) yield { chunk };
  };

  if (scope.query.report !== 'contacts') {
    const table = yield* tableFor(from, prepared);
    const total = totalRow(table, input.language);
    const writer = writerOf(input, table.columns, { title, about, rowCount: table.rows.length + (total ? 1 : 0), wording });
    yield* piece(writer.begin());
    yield* piece(writer.rows(table.rows));
    yield* piece(writer.end(total));
    return { rows: table.rows.length };
  }
  const { contacts } = listed(history, scope);
  const { columns } = tableOf(CONTACT_COLUMNS, []);
  const writer = writerOf(input, columns, { title, about, rowCount: contacts.length, wording });
  yield* piece(writer.begin());
  for (let start = 0; start < contacts.length; start += BATCH) {
    const rows = contactRows(from.database.reading, history, names, contacts.subarray(start, start + BATCH));
    yield* piece(writer.rows(rows));
    yield { progress: Math.min(1, (start + BATCH) / contacts.length) };
  }
  yield* piece(writer.end(null));
  return { rows: contacts.length };
}

function writerOf({ format }: FileInput, columns: readonly Column[], about: { title: string; about: string; rowCount: number; wording: Wording }): Writer {
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
