/** Converts the bytes of a spreadsheet file to rows of text, in the worker of `file-reader.ts`. Pure. */
import { type CellObject, read as readWorkbook, type WorkBook, type WorkSheet } from '@e965/xlsx';
import { CsvError, parse } from 'csv-parse/browser/esm/sync';
import { strFromU8, strToU8, type UnzipFileInfo, unzipSync, zipSync } from 'fflate';
import { MAX_IMPORT } from '#shared/contract/operators.ts';
import { HEAD_WITHIN, headIn, NO_VALUE, type Table } from './import-table.ts';

/** Maximum total of all unpacked parts of a workbook. */
const MAX_UNPACKED_BYTES = 50_000_000;
/** Maximum of non-empty rows: one more than a list may have. */
const MOST_ROWS = HEAD_WITHIN + MAX_IMPORT + 1;

export type BytesRead =
  /** `sheet`: the sheet read, when there are several */
  | { readonly ok: true; readonly table: Table; readonly sheet?: string }
  | { readonly ok: false; readonly problem: 'too_much' | 'old_excel' | 'password' | 'unreadable' }
  | { readonly ok: false; readonly problem: 'open_quote' | 'after_quote'; readonly line: number };

class TooMuch extends Error {}

/** A quote in a CSV file that is never closed, or has text after it in its cell. */
class WrongQuote extends Error {
  readonly problem: 'open_quote' | 'after_quote';
  /** from 1 */
  readonly line: number;

  constructor(problem: 'open_quote' | 'after_quote', line: number) {
    super(`${problem} in line ${line}`);
    this.problem = problem;
    this.line = line;
  }
}

/** Whether a compound file contains a workbook protected by a password: by [MS-OFFCRYPTO] it is in a stream of this name, in UTF-16. */
function isEncrypted(bytes: Uint8Array): boolean {
  return new TextDecoder('latin1').decode(bytes).includes('EncryptedPackage'.split('').join('\0'));
}

/** Reads the first sheet of a file as a table, detecting its format by content. Never throws. */
export function readBytes(bytes: Uint8Array<ArrayBuffer>): BytesRead {
  try {
    if (bytes[0] === 0x50 && bytes[1] === 0x4b) return { ok: true, ...sheetOf(bytes) }; // a ZIP: .xlsx
    if (bytes[0] === 0xd0 && bytes[1] === 0xcf) return { ok: false, problem: isEncrypted(bytes) ? 'password' : 'old_excel' }; // a compound file
    const text = textOf(bytes);
    if (MARKUP.test(text)) return { ok: true, ...sheetIn(readWorkbook(withoutReferences(text), { ...AS_CELLS, type: 'string', raw: true })) };
    return { ok: true, table: firstRows(csvOf(text)) };
  } catch (error) {
    if (error instanceof WrongQuote) return { ok: false, problem: error.problem, line: error.line };
    return { ok: false, problem: error instanceof TooMuch ? 'too_much' : 'unreadable' };
  }
}

/**
 * The first visible sheet of a workbook with a header of names, else its first visible sheet, since a cover sheet may come first. Unpacks all parts itself,
 * so that no more than the limit is unpacked.
 */
function sheetOf(bytes: Uint8Array): { readonly table: Table; readonly sheet?: string } {
  const parts = zipSync(Object.fromEntries(Object.entries(unzipSync(bytes, { filter: withinLimit() })).map(withEmptyStrings)), { level: 0 });
  return sheetIn(readWorkbook(parts, { ...AS_CELLS, cellFormula: false }), parts);
}

/** Files that CRMs and 1C save as `.xls`: an HTML page with a table, or the XML of Excel 2003. */
const MARKUP = /^\ufeff?\s*<(?:\?xml|!doctype|html|table|meta|head|body)[\s>]/i;

/** The text without the numeric references (`&#39;`) that the library leaves in pages. */
const withoutReferences = (text: string): string =>
  text.replaceAll(/&#(?:x([\da-f]{1,5})|(\d{1,6}));/gi, (reference: string, hex: string | undefined, decimal: string | undefined) => {
    const sign = String.fromCodePoint(hex === undefined ? Number(decimal) : Number.parseInt(hex, 16));
    return /[<>&\0]|\p{Surrogate}/u.test(sign) ? reference : sign;
  });

/** @param parts of an `.xlsx`, which is read again where a formula may have no value */
function sheetIn({ SheetNames, Sheets, Workbook }: WorkBook, parts?: Uint8Array): { readonly table: Table; readonly sheet?: string } {
  const visible = SheetNames.filter((name, i) => !Workbook?.Sheets?.[i]?.Hidden && Sheets[name]?.['!type'] !== 'chart');
  const sheets = visible.map((name) => ({ name, cells: cellsOf(Sheets[name]), table: cellsOf(Sheets[name]).map((row) => row.map(textIn)) }));
  const chosen = sheets.find((one) => headIn(one.table) !== -1) ?? sheets[0];
  if (!chosen) return { table: [] };
  const { name, cells } = chosen;
  const table = parts && cells.some((row) => row.some((cell) => cell?.t === 'z')) ? withFailures(chosen.table, cells, formulasOf(parts, name)) : chosen.table;
  return { table: firstRows(table), ...(SheetNames.length > 1 && { sheet: name }) };
}

/** The table of shared strings with empty ones in a form that the library counts: it skips `<si/>`, and every later text would be in the wrong cell. */
function withEmptyStrings([name, bytes]: [string, Uint8Array]): [string, Uint8Array] {
  if (!/sharedstrings\.xml$/i.test(name)) return [name, bytes];
  const text = strFromU8(bytes, true);
  const filled = text.replaceAll(/<((?:\w+:)?)si\s*\/>/g, '<$1si><$1t></$1t></$1si>');
  return [name, filled === text ? bytes : strToU8(filled, true)];
}

const AS_CELLS = { dense: true, sheetStubs: true, cellDates: true, UTC: true, cellHTML: false } as const;

type Cells = readonly (readonly (CellObject | undefined)[])[];

/** The library distinguishes a formula without a value from an empty cell only when reading formulas, and then returns the value 0. */
const formulasOf = (parts: Uint8Array, sheet: string): Cells => cellsOf(readWorkbook(parts, { ...AS_CELLS, cellFormula: true, sheets: sheet }).Sheets[sheet]);

/** A formula without a value counts as failed: the program that wrote the file does not calculate. */
const withFailures = (table: Table, cells: Cells, formulas: Cells): Table =>
  table.map((row, r) => row.map((text, c) => (cells[r]?.[c]?.t === 'z' && formulas[r]?.[c]?.f !== undefined ? NO_VALUE : text)));

/** The cells of a sheet that was read with `dense`: its rows and cells may be absent. */
function cellsOf(sheet: WorkSheet | undefined): Cells {
  const rows = (sheet?.['!data'] ?? []) as readonly (readonly (CellObject | undefined)[] | undefined)[];
  return Array.from(rows, (row) => Array.from(row ?? []));
}

/** Accepts the parts that are read. A part larger than its declared size is truncated there. @throws TooMuch */
function withinLimit(): (part: UnzipFileInfo) => boolean {
  let unpacked = 0;
  return ({ name, originalSize }) => {
    if (!/\.(xml|rels)$/.test(name)) return false;
    unpacked += originalSize;
    if (unpacked > MAX_UNPACKED_BYTES) throw new TooMuch();
    return true;
  };
}

/** Rows beyond the limit are an error anyway and need not be sent to the page. */
function firstRows(table: Table): Table {
  let left = MOST_ROWS;
  const end = table.findIndex((row) => row.some((cell) => cell.trim() !== '') && left-- === 0);
  return end === -1 ? table : table.slice(0, end);
}

function textIn(cell: CellObject | undefined): string {
  if (cell?.t === 'e') return cell.w ?? NO_VALUE;
  return cell?.v === undefined ? '' : cell.v instanceof Date ? cell.v.toISOString() : String(cell.v);
}

/** The eight-bit encodings of Russian programs: Excel, DOS and 1C, Unix, old Macs. */
const EIGHT_BIT = ['windows-1251', 'ibm866', 'koi8-r', 'x-mac-cyrillic'];

/** UTF-8, UTF-16 with or without a byte order mark, or the eight-bit encoding in which the text looks most like Russian. */
export function textOf(bytes: Uint8Array): string {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return new TextDecoder('utf-16le').decode(bytes);
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return new TextDecoder('utf-16be').decode(bytes);
  const [even, odd] = zeros(bytes.subarray(0, 1024)); // in UTF-16 half of each separator is zero, always the same half; other texts may end with a few
  if (even + odd > 1 && Math.min(even, odd) === 0) return new TextDecoder(odd > 0 ? 'utf-16le' : 'utf-16be').decode(bytes);
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    const decoded = EIGHT_BIT.map((encoding) => new TextDecoder(encoding).decode(bytes));
    return decoded.reduce((best, text) => (russianIn(text) > russianIn(best) ? text : best));
  }
}

/** Zero bytes at even and at odd positions. */
function zeros(bytes: Uint8Array): [even: number, odd: number] {
  const counts: [number, number] = [0, 0];
  for (const [at, byte] of bytes.entries()) if (byte === 0) counts[at % 2 === 0 ? 0 : 1] += 1;
  return counts;
}

/** Number of Russian letters, minus capitals after a lower-case letter and letters next to characters of no language. */
function russianIn(text: string): number {
  const sample = text.slice(0, 20_000);
  const count = (pattern: RegExp) => sample.match(pattern)?.length ?? 0;
  return count(/[а-яё]/giu) - 4 * count(/[а-яё][А-ЯЁ]/gu) - 4 * count(/[\u2500-\u259f\u0402-\u040f\u0452-\u045f]/gu);
}

/** Line ends may be mixed, since lists are assembled by hand from several files. */
const LINE_ENDS = ['\r\n', '\n', '\r'];

/** The separator that the first line declares (`sep=;`, for Excel), or the one that fits best. @throws WrongQuote */
export function csvOf(given: string): Table {
  const text = withoutEntities(given);
  const said = /^\ufeff?sep=(.)(?:\r\n|\r|\n)/i.exec(text);
  const rest = said ? text.slice(said[0].length) : text;
  const delimiter = said?.[1] ?? usualSeparator(text);
  const trim = delimiter !== '\t'; // blanks around quotes
  const quote = hasSingleQuotes(rest, delimiter) ? "'" : '"';
  try {
    const table = parse(rest, {
      delimiter,
      record_delimiter: LINE_ENDS,
      bom: true,
      relax_column_count: true,
      skip_empty_lines: false,
      relax_quotes: true,
      trim,
      quote,
      escape: quote === '"' && ESCAPED_QUOTE.test(rest) ? '\\' : quote,
    });
    return isQuotedTwice(table)
      ? csvOf(table.map(([line = '']) => line).join('\n'))
      : table.map((row) => row.map((cell) => cell.replaceAll(ENTITY_QUOTE, '"')));
  } catch (error) {
    const code = error instanceof CsvError ? error.code : '';
    const isAfterQuote = code === 'CSV_INVALID_CLOSING_QUOTE' || code === 'CSV_NON_TRIMABLE_CHAR_AFTER_CLOSING_QUOTE'; // `"Anna" Lee`
    if (!isAfterQuote && code !== 'CSV_QUOTE_NOT_CLOSED') throw error;
    const line = isAfterQuote ? Number((error as CsvError).lines) : openQuoteLine(rest, delimiter, quote);
    throw new WrongQuote(isAfterQuote ? 'after_quote' : 'open_quote', line + (said ? 1 : 0));
  }
}

/** Whether the cells of the header are in single quotes. An apostrophe at the beginning alone is a guard against formulas. */
function hasSingleQuotes(text: string, delimiter: string): boolean {
  const lines = text.slice(0, 10_000).split(/[\r\n]+/, HEAD_WITHIN);
  const heads = lines.map((line) => line.split(delimiter).map((cell) => cell.replace('\ufeff', '').trim()));
  const bare = heads.map((cells) => cells.map((cell) => cell.slice(1, -1)));
  return heads[headIn(bare)]?.every((cell) => /^'[^']*'$/.test(cell)) ?? false;
}

/** A quote in a quoted cell as MySQL and PHP write it, within a word or with another one at the end of the cell; a doubled one is not among them. */
const ESCAPED_QUOTE = /\\"(?=[^\s";,\t|]|"\s*(?:[;,\t|\r\n]|$))/;

const ENTITIES = new Map(
  Object.entries({
    ...{ amp: '&', lt: '<', gt: '>', nbsp: ' ', apos: "'", lsquo: '‘', rsquo: '’', ldquo: '“', rdquo: '”', laquo: '«', raquo: '»', ndash: '–', mdash: '—' },
    ...{ szlig: 'ß', oslash: 'ø', Oslash: 'Ø', aelig: 'æ', AElig: 'Æ', quot: '\ue000' },
  }),
);
/** `&eacute;`: a letter and its mark. */
const MARKS = new Map(
  Object.entries({
    ...{ grave: '\u0300', acute: '\u0301', circ: '\u0302', tilde: '\u0303', uml: '\u0308', ring: '\u030a', cedil: '\u0327', caron: '\u030c' },
  }),
);
/** Stands for a quote that separates no cells. */
const ENTITY_QUOTE = '\ue000';

/** The text with the characters that entities of HTML stand for. CRMs store names with them, and their semicolons would separate cells. */
const withoutEntities = (text: string): string =>
  text.replaceAll(/&(?:([a-z]{2,7})|#(\d{2,6})|#x([\da-f]{2,5}));/gi, (entity: string, name?: string, decimal?: string, hex?: string) => {
    if (name !== undefined) {
      const mark = MARKS.get(name.slice(1));
      return ENTITIES.get(name) ?? ENTITIES.get(name.toLowerCase()) ?? (mark ? (name.charAt(0) + mark).normalize('NFC') : entity);
    }
    const sign = String.fromCodePoint(decimal === undefined ? Number.parseInt(hex ?? '', 16) : Number(decimal));
    return sign === '"' ? ENTITY_QUOTE : /[\p{Cc}\p{Surrogate};,|]/u.test(sign) ? entity : sign;
  });

/** Whether each line is one quoted cell that holds a line of CSV, perhaps with empty cells after it: a list that a spreadsheet opened and saved as a single column. */
function isQuotedTwice(table: Table): boolean {
  const lines = table.flatMap(([first = '', ...others]) => (others.some((cell) => cell !== '') ? [first, ...others] : [first]));
  const cells = lines.map((line) => line.split(ANY_SEPARATOR).map((cell) => cell.replaceAll('"', '')));
  return headIn(table) === -1 && lines.length === table.length && headIn(cells) !== -1 && cells.some((row) => row.length > 1);
}

/** The line of the first quote that opens a cell and is never closed, from 1. A quote within a cell closes it only before a separator or a line end. */
function openQuoteLine(text: string, delimiter: string, quote: string): number {
  const isEnd = (at: number) => at >= text.length || text[at] === delimiter || text[at] === '\r' || text[at] === '\n';
  let opened: number | null = null;
  for (let at = 0; at < text.length; at++) {
    if (text[at] !== quote) continue;
    if (opened === null) opened = at === 0 || isEnd(at - 1) || text[at - 1] === '\ufeff' ? at : null;
    else if (text[at + 1] === quote) at++;
    else if (isEnd(at + 1)) opened = null;
  }
  return text.slice(0, opened ?? text.length).split(/\r\n|\r|\n/).length;
}

/**
 * The one of `SEPARATORS` that splits a header with a column of names into most cells, else the one in most lines. A header of one cell does not
 * choose the comma: the list below it may be of «Surname, Name».
 */
function usualSeparator(text: string): string {
  const lines = text
    .slice(0, 10_000)
    .replaceAll(/"(?:[^"]|"")*"/g, (quoted) => quoted.replaceAll(new RegExp(`${ANY_SEPARATOR.source}|[\\r\\n]`, 'g'), ' '))
    .split(/[\r\n]+/);
  const cells = (separator: string) => {
    const heads = lines.map((line) => line.split(separator).map((cell) => cell.replaceAll(/^\s*'|["]|'\s*$/g, '')));
    return heads[headIn(heads)]?.length ?? 0;
  };
  const linesWith = (separator: string) => lines.filter((line) => line.includes(separator)).length;
  const most = Math.max(...SEPARATORS.map(cells));
  const fitting = SEPARATORS.filter((separator) => cells(separator) === most && (most !== 1 || !COMMAS.includes(separator)));
  return fitting.sort((a, b) => linesWith(b) - linesWith(a))[0] ?? ';';
}

/** Those of East Asian and Arabic keyboards, too. */
const SEPARATORS = [';', '\t', ',', '|', '；', '，', '、', '؛', '،', '｜'];
const COMMAS = [',', '，', '、', '،'];
const ANY_SEPARATOR = new RegExp(`[${SEPARATORS.join('')}]`);
