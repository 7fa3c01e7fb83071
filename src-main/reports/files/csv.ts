/**
 * CSV by RFC 4180, as spreadsheets in the file's language open it: in Russian, `;` is the separator and numbers have a decimal comma. A byte order mark marks UTF-8.
 * All text is quoted, and an apostrophe precedes anything that a spreadsheet would run as a formula, whatever separator it uses. Hand-written: libraries take several times as long as the database,
 * and a usual year has a million rows.
 */

import type { Cell, Column } from '#shared/contract/reports.ts';
import { defused } from '#shared/csv-text.ts';
import { type ReportLanguage, reportTexts } from '#shared/report-texts.ts';
import { DAY_MS } from '#shared/time.ts';
import { textOfDay } from '#shared/zone.ts';
import { headingOf, type Wording, worded } from './cells.ts';

const SEPARATOR: Readonly<Record<ReportLanguage, string>> = { ru: ';', en: ',' };
const BYTE_ORDER_MARK = '\uFEFF';
/** 00 … 59 */
const TWO = Array.from({ length: 60 }, (_, n) => String(n).padStart(2, '0'));
const LINE_END = '\r\n';

/** `2026-11-22 09:15:02`; the previous day's text is cached. */
function timesAsText(): (local: number) => string {
  let day = Number.NaN;
  let text = '';
  return (local) => {
    const its = Math.floor(local / DAY_MS);
    if (its !== day) {
      day = its;
      text = textOfDay(day);
    }
    const seconds = Math.floor((local - its * DAY_MS) / 1000);
    return `${text} ${TWO[Math.floor(seconds / 3600)]}:${TWO[Math.floor(seconds / 60) % 60]}:${TWO[seconds % 60]}`;
  };
}
const textOfTime = timesAsText();

/** Writes a table as CSV in chunks: UTF-8 with a byte order mark, in the conventions of the file's language. */
export class Csv {
  readonly #columns: readonly Column[];
  readonly #wording: Wording;
  readonly #encoder = new TextEncoder();

  constructor(columns: readonly Column[], wording: Wording) {
    this.#columns = columns;
    this.#wording = wording;
  }

  heading(): Uint8Array {
    const { units, unitSeparator } = reportTexts[this.#wording.language];
    const names = this.#columns.map((column) => {
      const unit = column.type === 'share' ? units.share : column.type === 'duration' ? units.duration : null;
      return headingOf(column, this.#wording) + (unit === null ? '' : unitSeparator + unit);
    });
    return this.#encoder.encode(BYTE_ORDER_MARK + this.#line(names.map((name) => quoted(name))));
  }

  rows(rows: readonly (readonly Cell[])[]): Uint8Array {
    let text = '';
    for (const row of rows) text += this.#line(this.#columns.map((column, i) => this.#text(column, worded(column, row[i] ?? null, this.#wording))));
    return this.#encoder.encode(text);
  }

  /** Formats a row whose words have already been chosen. */
  total(row: readonly Cell[]): Uint8Array {
    return this.#encoder.encode(this.#line(this.#columns.map((column, i) => this.#text(column, row[i] ?? null))));
  }

  /** A cell as text; numbers and times need no quotes. */
  #text({ type }: Column, cell: Cell): string {
    if (cell === null) return '';
    if (typeof cell === 'string') return quoted(defused(cell));
    switch (type) {
      case 'time':
        return textOfTime(this.#wording.clock(cell));
      case 'share':
        return this.#number(Math.round(cell * 10_000) / 100);
      case 'duration':
        return this.#number(Math.round(cell) / 1000);
      case 'number':
        return this.#number(Math.round(cell * 10_000) / 10_000);
      default:
        return String(cell);
    }
  }

  #number(value: number): string {
    const text = String(value);
    return this.#wording.language === 'ru' ? text.replace('.', ',') : text;
  }

  #line(cells: readonly string[]): string {
    return cells.join(SEPARATOR[this.#wording.language]) + LINE_END;
  }
}

/** Quotes a text. Always quoted, so that separators within it do not matter. */
const quoted = (text: string): string => `"${text.includes('"') ? text.replaceAll('"', '""') : text}"`;
