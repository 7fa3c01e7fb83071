/**
 * XLSX written as it comes (ECMA-376, transitional): a zip of sheets whose rows are handed on as soon as they are known, so memory stays flat however
 * many there are. Text is always an inline string, so nothing in it can become a formula; numbers, shares, days, times and durations are typed.
 */
// not its build for Node.js, which declares a `require` of its own: bundled as an ES module that is a syntax error
import { Zip, ZipDeflate } from 'fflate/browser';
import type { Cell, Column, ColumnType } from '#shared/contract/reports.ts';
import { headingOf, type Wording, worded } from './cells.ts';

/** A sheet cannot have more than 1,048,576 rows; what is beyond goes on in a further sheet. */
const MOST_ROWS = 1_000_000;
/** A cell cannot hold more characters. */
const MOST_CHARACTERS = 32_767;
/** Fast; rows that resemble each other shrink well enough. */
const DEFLATE_LEVEL = 1;
/** Days from 1899-12-30, where Excel counts from, to 1970-01-01. */
const EPOCH = 25_569;
const DAY_MS = 86_400_000;

/** Indices into `cellXfs` of the style sheet below. */
const STYLE: Readonly<Record<ColumnType, number>> = {
  text: 1,
  code: 1,
  weekday: 1,
  id: 2,
  integer: 3,
  hour: 2,
  number: 4,
  share: 5,
  duration: 6,
  time: 7,
  day: 8,
};
const HEADING_STYLE = 9;
/** In characters. */
const WIDTH: Readonly<Record<ColumnType, number>> = {
  text: 24,
  code: 18,
  weekday: 14,
  id: 10,
  integer: 12,
  hour: 8,
  number: 12,
  share: 12,
  duration: 14,
  time: 20,
  day: 12,
};

const XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';
const MAIN = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';
const RELATIONS = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const PACKAGE = 'http://schemas.openxmlformats.org/package/2006';

// biome-ignore lint/suspicious/noControlCharactersInRegex: XML 1.0 has no way to write them
const NOT_IN_XML = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g;
/** `_x000D_` means a carriage return in these files: who writes it means the eight characters (ECMA-376 part 1, 22.9.2.19). */
const LOOKS_ESCAPED = /_(?=x[0-9A-Fa-f]{4}_)/g;
const SPECIAL = /[&<>"\r]/g;
const ENTITY: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', '\r': '&#13;' };

const escaped = (text: string): string =>
  text
    .slice(0, MOST_CHARACTERS)
    .toWellFormed()
    .replace(NOT_IN_XML, '\uFFFD')
    .replace(LOOKS_ESCAPED, '_x005F_')
    .replace(SPECIAL, (character) => ENTITY[character] ?? '');

export interface Book {
  /** name of the sheet */
  readonly title: string;
  readonly columns: readonly Column[];
  /** how many rows will come, the total included */
  readonly rowCount: number;
  readonly wording: Wording;
}

export class Xlsx {
  readonly #book: Book;
  readonly #zip: Zip;
  readonly #encoder = new TextEncoder();
  readonly #letters: readonly string[];
  readonly #sheets: number;
  #made: Uint8Array[] = [];
  #sheet: ZipDeflate | undefined;
  #begun = 0;
  #row = 0;

  constructor(book: Book) {
    this.#book = book;
    this.#letters = book.columns.map((_, i) => lettersOf(i));
    this.#sheets = Math.max(1, Math.ceil(book.rowCount / MOST_ROWS));
    this.#zip = new Zip((error, data) => {
      if (error) throw error;
      this.#made.push(data);
    });
    const sheets = Array.from({ length: this.#sheets }, (_, i) => i + 1);
    this.#file('[Content_Types].xml', contentTypes(sheets));
    this.#file('_rels/.rels', relations([['officeDocument', 'xl/workbook.xml']]));
    this.#file('xl/workbook.xml', workbook(sheets, book.title));
    this.#file(
      'xl/_rels/workbook.xml.rels',
      relations([...sheets.map((n): [string, string] => ['worksheet', `worksheets/sheet${n}.xml`]), ['styles', 'styles.xml']]),
    );
    this.#file('xl/styles.xml', STYLES);
    this.#beginSheet();
  }

  /** @param isTotal its words are chosen already */
  rows(rows: readonly (readonly Cell[])[], isTotal = false): void {
    let text = '';
    for (const row of rows) {
      if (this.#row > MOST_ROWS) {
        this.#write(text);
        text = '';
        this.#endSheet();
        this.#beginSheet();
      }
      text += this.#line(
        this.#book.columns.map((column, i) => [
          STYLE[column.type],
          isTotal ? (row[i] ?? null) : worded(column, row[i] ?? null, this.#book.wording),
          column.type,
        ]),
      );
    }
    this.#write(text);
  }

  end(): void {
    this.#endSheet();
    this.#zip.end();
  }

  /** What has been made since it was last taken. */
  take(): Uint8Array | null {
    const made = this.#made;
    this.#made = [];
    return made.length === 0 ? null : Buffer.concat(made);
  }

  #line(cells: readonly (readonly [style: number, cell: Cell, type: ColumnType])[]): string {
    this.#row += 1;
    const row = this.#row;
    let text = `<row r="${row}">`;
    for (let i = 0; i < cells.length; i++) {
      const [style, cell, type] = cells[i] as (typeof cells)[number]; // i is below their number
      if (cell === null || cell === '') continue;
      const place = `r="${this.#letters[i]}${row}" s="${style}"`;
      text +=
        typeof cell === 'string' && !isDay(cell, type)
          ? `<c ${place} t="inlineStr"><is><t xml:space="preserve">${escaped(cell)}</t></is></c>`
          : `<c ${place}><v>${this.#number(cell, type)}</v></c>`;
    }
    return `${text}</row>`;
  }

  #number(cell: string | number, type: ColumnType): number {
    if (typeof cell === 'string') return Date.parse(cell) / DAY_MS + EPOCH;
    if (type === 'time') return this.#book.wording.clock(cell) / DAY_MS + EPOCH;
    return type === 'duration' ? cell / DAY_MS : cell;
  }

  #beginSheet(): void {
    const { columns, wording } = this.#book;
    this.#begun += 1;
    this.#row = 0;
    this.#sheet = new ZipDeflate(`xl/worksheets/sheet${this.#begun}.xml`, { level: DEFLATE_LEVEL });
    this.#zip.add(this.#sheet);
    const widths = columns.map(({ type, key }, i) => {
      const width = key === 'message' ? 60 : Math.max(WIDTH[type], Math.ceil(headingOf(columns[i] as Column, wording).length * 0.7)); // headings wrap
      return `<col min="${i + 1}" max="${i + 1}" width="${width}" customWidth="1"/>`;
    });
    const head = '<sheetView workbookViewId="0"><pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView>';
    this.#write(`${XML}<worksheet xmlns="${MAIN}"><sheetViews>${head}</sheetViews><cols>${widths.join('')}</cols><sheetData>`);
    this.#write(this.#line(columns.map((column) => [HEADING_STYLE, headingOf(column, wording), 'text'])));
  }

  #endSheet(): void {
    this.#sheet?.push(this.#encoder.encode('</sheetData></worksheet>'), true);
  }

  #write(text: string): void {
    if (text !== '') this.#sheet?.push(this.#encoder.encode(text));
  }

  #file(name: string, text: string): void {
    const file = new ZipDeflate(name, { level: DEFLATE_LEVEL });
    this.#zip.add(file);
    file.push(this.#encoder.encode(text), true);
  }
}

/** `2026-11-22` in a column of days; the word for the total is none. */
const isDay = (cell: string, type: ColumnType): boolean => type === 'day' && /^\d{4}-\d\d-\d\d$/.test(cell);

/** 0 → A, 25 → Z, 26 → AA */
function lettersOf(column: number): string {
  const letter = String.fromCharCode(65 + (column % 26));
  return column < 26 ? letter : lettersOf(Math.floor(column / 26) - 1) + letter;
}

function contentTypes(sheets: readonly number[]): string {
  const type = 'application/vnd.openxmlformats-officedocument.spreadsheetml';
  const parts = [
    ['/xl/workbook.xml', `${type}.sheet.main+xml`],
    ['/xl/styles.xml', `${type}.styles+xml`],
    ...sheets.map((n) => [`/xl/worksheets/sheet${n}.xml`, `${type}.worksheet+xml`]),
  ].map(([name, content]) => `<Override PartName="${name}" ContentType="${content}"/>`);
  const defaults =
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/>';
  return `${XML}<Types xmlns="${PACKAGE}/content-types">${defaults}${parts.join('')}</Types>`;
}

function relations(targets: readonly (readonly [type: string, target: string])[]): string {
  const parts = targets.map(([type, target], i) => `<Relationship Id="rId${i + 1}" Type="${RELATIONS}/${type}" Target="${target}"/>`);
  return `${XML}<Relationships xmlns="${PACKAGE}/relationships">${parts.join('')}</Relationships>`;
}

/** @param title without the characters that a sheet's name cannot have, at most 31 of them */
function workbook(sheets: readonly number[], title: string): string {
  const name = title.replaceAll(/[\\/?*[\]:']/g, ' ').slice(0, 28);
  const parts = sheets.map((n) => `<sheet name="${escaped(n === 1 ? name : `${name} ${n}`)}" sheetId="${n}" r:id="rId${n}"/>`);
  return `${XML}<workbook xmlns="${MAIN}" xmlns:r="${RELATIONS}"><sheets>${parts.join('')}</sheets></workbook>`;
}

const xf = (format: number, more = ''): string => `<xf numFmtId="${format}" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"${more}`;
const WRAPPED = ' applyAlignment="1"><alignment vertical="top" wrapText="1"/></xf>';
/** The order is that of `STYLE`. 49 is text, 1 a whole number, 3 one in thousands. */
const STYLES = `${XML}<styleSheet xmlns="${MAIN}"><numFmts count="5"><numFmt numFmtId="164" formatCode="0.00##"/><numFmt numFmtId="165" formatCode="0.0%"/><numFmt numFmtId="166" formatCode="[h]:mm:ss"/><numFmt numFmtId="167" formatCode="yyyy\\-mm\\-dd\\ hh:mm:ss"/><numFmt numFmtId="168" formatCode="yyyy\\-mm\\-dd"/></numFmts><fonts count="2"><font><sz val="11"/><name val="Calibri"/></font><font><b/><sz val="11"/><name val="Calibri"/></font></fonts><fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills><borders count="1"><border/></borders><cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs><cellXfs count="10">${xf(0)}/>${xf(49)}/>${xf(1)}/>${xf(3)}/>${xf(164)}/>${xf(165)}/>${xf(166)}/>${xf(167)}/>${xf(168)}/><xf numFmtId="49" fontId="1" fillId="0" borderId="0" xfId="0" applyNumberFormat="1" applyFont="1"${WRAPPED}</cellXfs></styleSheet>`;
