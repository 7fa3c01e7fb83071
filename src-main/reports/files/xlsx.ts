/**
 * A streaming XLSX writer (ECMA-376, transitional): a zip of sheets whose rows are emitted as soon as they are known, so memory use stays constant however
 * many there are. Text is always an inline string, so nothing in it can become a formula; numbers, shares, days, times and durations are typed.
 */
// the Node.js build declares its own `require`, which is a syntax error when bundled as an ES module
import { Zip, ZipDeflate } from 'fflate/browser';
import type { Cell, Column, ColumnType } from '#shared/contract/reports.ts';
import { DAY_MS } from '#shared/time.ts';
import { headingOf, type Wording, worded } from './cells.ts';

/** A sheet is limited to 1,048,576 rows; further rows go to another sheet. */
const MOST_ROWS = 1_000_000;
/** Maximum number of characters in a cell. */
const MOST_CHARACTERS = 32_767;
/** The fastest level; similar rows compress well enough. */
const DEFLATE_LEVEL = 1;
/** Days from Excel's epoch, 1899-12-30, to 1970-01-01. */
const EPOCH = 25_569;

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
/** Offset of the styles of the total row: bold, with a line above. */
const TOTAL = 8;
const HEADING_STYLE = { words: 17, numbers: 18 };
/** Height of a line in points. */
const LINE_HEIGHT = 15;
/** Column widths in characters. */
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

// biome-ignore lint/suspicious/noControlCharactersInRegex: XML 1.0 cannot represent them
const NOT_IN_XML = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g;
/** XLSX reads `_x000D_` as a carriage return. Text that contains such a sequence is escaped to keep it literal (ECMA-376 part 1, 22.9.2.19). */
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
  /** header of each printed page */
  readonly about: string;
  readonly columns: readonly Column[];
  /** number of rows to expect, including the total */
  readonly rowCount: number;
  readonly wording: Wording;
}

/** Writes a table as an XLSX workbook, in chunks of a ZIP stream. Rows beyond `MOST_ROWS` go to further sheets. */
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
  /** rows of the sheet without the total */
  #filtered = 0;

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

  /** Appends rows. @param isTotal the total row, whose words have already been chosen */
  rows(rows: readonly (readonly Cell[])[], isTotal = false): void {
    let text = '';
    for (const row of rows) {
      if (this.#row > MOST_ROWS) {
        this.#write(text);
        text = '';
        this.#filtered = this.#row;
        this.#endSheet();
        this.#beginSheet();
      }
      text += this.#line(
        this.#book.columns.map((column, i) => [
          STYLE[column.type] + (isTotal ? TOTAL : 0),
          isTotal ? (row[i] ?? null) : worded(column, row[i] ?? null, this.#book.wording),
          column.type,
        ]),
      );
    }
    this.#write(text);
    if (!isTotal) this.#filtered = this.#row;
  }

  end(): void {
    this.#endSheet();
    this.#zip.end();
  }

  /** Bytes produced since the last call; null when there are none. */
  take(): Uint8Array | null {
    const made = this.#made;
    this.#made = [];
    return made.length === 0 ? null : Buffer.concat(made);
  }

  #line(cells: readonly (readonly [style: number, cell: Cell, type: ColumnType])[], attributes = ''): string {
    this.#row += 1;
    const row = this.#row;
    let text = `<row r="${row}"${attributes}>`;
    for (let i = 0; i < cells.length; i++) {
      const [style, cell, type] = cells[i] as (typeof cells)[number]; // i is in range
      const place = `r="${this.#letters[i]}${row}" s="${style}"`;
      if (cell === null || cell === '') {
        if (style > TOTAL) text += `<c ${place}/>`; // an empty cell, so that the line above the total is continuous
        continue;
      }
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
    const headings = columns.map((column) => headingOf(column, wording));
    const widths = columns.map(({ type, key }, i) => (key === 'message' ? 60 : Math.max(WIDTH[type], ...(headings[i] as string).split(' ').map(widthOf))));
    const cols = widths.map((width, i) => `<col min="${i + 1}" max="${i + 1}" width="${width}" customWidth="1"/>`);
    const head =
      '<sheetPr><pageSetUpPr fitToPage="1"/></sheetPr><sheetViews><sheetView workbookViewId="0"><pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews>';
    this.#write(`${XML}<worksheet xmlns="${MAIN}">${head}<cols>${cols.join('')}</cols><sheetData>`);
    const lines = Math.max(...headings.map((heading, i) => linesOf(heading, widths[i] as number)));
    this.#write(
      this.#line(
        columns.map(({ type }, i) => [STYLE[type] > 1 ? HEADING_STYLE.numbers : HEADING_STYLE.words, headings[i] as string, 'text']),
        ` ht="${lines * LINE_HEIGHT + 3}" customHeight="1"`,
      ),
    );
    this.#filtered = this.#row;
  }

  #endSheet(): void {
    const filter = `<autoFilter ref="A1:${this.#letters.at(-1)}${this.#filtered}"/>`;
    const paper = '<pageSetup paperSize="9" orientation="landscape" fitToWidth="1" fitToHeight="0"/>';
    const above = `<headerFooter><oddHeader>${escaped(`&L${this.#book.about.replaceAll('&', '&&')}&R&P / &N`)}</oddHeader></headerFooter>`;
    this.#sheet?.push(this.#encoder.encode(`</sheetData>${filter}${paper}${above}</worksheet>`), true);
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

/** Whether a cell in a day column is a date; the word for the total is not. */
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

/** Column width in characters for bold text. */
const widthOf = (text: string): number => Math.ceil(text.length * 1.15) + 2;

/** Number of lines that a wrapped heading takes. */
function linesOf(heading: string, width: number): number {
  let [lines, line] = [1, ''];
  for (const word of heading.split(' ')) {
    const longer = line === '' ? word : `${line} ${word}`;
    if (widthOf(longer) <= width) line = longer;
    else if (line === '') line = word;
    else {
      lines += 1;
      line = word;
    }
  }
  return lines;
}

/** workbook.xml, with the headings repeated on each printed page. @param title at most 31 characters, without those that are invalid in sheet names */
function workbook(sheets: readonly number[], title: string): string {
  const name = title.replaceAll(/[\\/?*[\]:']/g, ' ').slice(0, 28);
  const nameOf = (n: number) => (n === 1 ? name : `${name} ${n}`);
  const parts = sheets.map((n) => `<sheet name="${escaped(nameOf(n))}" sheetId="${n}" r:id="rId${n}"/>`);
  const titles = sheets.map((n) => `<definedName name="_xlnm.Print_Titles" localSheetId="${n - 1}">${escaped(`'${nameOf(n)}'!$1:$1`)}</definedName>`);
  return `${XML}<workbook xmlns="${MAIN}" xmlns:r="${RELATIONS}"><sheets>${parts.join('')}</sheets><definedNames>${titles.join('')}</definedNames></workbook>`;
}

/** Number format ids: 49 is text, 1 an integer, 3 an integer with thousands separators. */
const FORMATS = [0, 49, 1, 3, 164, 165, 166, 167, 168];
const xf = (format: number, font: number, border: number, inner = ''): string =>
  `<xf numFmtId="${format}" fontId="${font}" fillId="0" borderId="${border}" xfId="0" applyNumberFormat="1" applyFont="1" applyBorder="1"${inner}`;
const wrapped = (horizontal: string): string => xf(49, 1, 2, ` applyAlignment="1"><alignment horizontal="${horizontal}" vertical="top" wrapText="1"/></xf>`);
/** In the order of `STYLE`, followed by the total styles and the heading. */
const CELL_STYLES = [
  ...FORMATS.map((format) => xf(format, 0, 0, '/>')),
  ...FORMATS.slice(1).map((format) => xf(format, 1, 1, '/>')),
  wrapped('left'),
  wrapped('right'),
];
const OWN_FORMATS: readonly (readonly [id: number, code: string])[] = [
  [164, '0.00##'],
  [165, '0.0%'],
  [166, '[h]:mm:ss'],
  [167, 'yyyy\\-mm\\-dd\\ hh:mm:ss'],
  [168, 'yyyy\\-mm\\-dd'],
];
const FONTS = '<fonts count="2"><font><sz val="11"/><name val="Calibri"/></font><font><b/><sz val="11"/><name val="Calibri"/></font></fonts>';
const FILLS = '<fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills>';
const thin = (side: string): string => `<${side} style="thin"><color auto="1"/></${side}>`;
const BORDERS = `<borders count="3"><border/><border><left/><right/>${thin('top')}<bottom/><diagonal/></border><border><left/><right/><top/>${thin('bottom')}<diagonal/></border></borders>`;
const STYLES = `${XML}<styleSheet xmlns="${MAIN}"><numFmts count="${OWN_FORMATS.length}">${OWN_FORMATS.map(([id, code]) => `<numFmt numFmtId="${id}" formatCode="${code}"/>`).join('')}</numFmts>${FONTS}${FILLS}${BORDERS}<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs><cellXfs count="${CELL_STYLES.length}">${CELL_STYLES.join('')}</cellXfs></styleSheet>`;
