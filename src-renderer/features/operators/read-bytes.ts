/** Converts the bytes of a spreadsheet file to rows of text, in the worker of `file-reader.ts`. Pure. */
import { parse } from 'csv-parse/browser/esm/sync';
import { type UnzipFileInfo, unzipSync, zipSync } from 'fflate';
import readSheets, { type CellValue } from 'read-excel-file/web-worker';
import { MAX_IMPORT } from '#shared/contract/operators.ts';
import { HEAD_WITHIN, headIn, type Table } from './import-table.ts';

/** Maximum total of all unpacked parts of a workbook. */
const MAX_UNPACKED_BYTES = 50_000_000;
/** Maximum of non-empty rows: one more than a list may have. */
const MOST_ROWS = HEAD_WITHIN + MAX_IMPORT + 1;

export type BytesRead =
  /** `sheet`: the sheet read, when there are several */
  { readonly ok: true; readonly table: Table; readonly sheet?: string } | { readonly ok: false; readonly problem: 'too_much' | 'old_excel' | 'unreadable' };

class TooMuch extends Error {}

export async function readBytes(bytes: Uint8Array<ArrayBuffer>): Promise<BytesRead> {
  try {
    if (bytes[0] === 0x50 && bytes[1] === 0x4b) return { ok: true, ...(await sheetOf(bytes)) }; // a ZIP: .xlsx
    if (bytes[0] === 0xd0 && bytes[1] === 0xcf) return { ok: false, problem: 'old_excel' }; // a compound file: .xls
    return { ok: true, table: firstRows(csvOf(textOf(bytes))) };
  } catch (error) {
    return { ok: false, problem: error instanceof TooMuch ? 'too_much' : 'unreadable' };
  }
}

/**
 * The first sheet of a workbook with a header of names, else its first sheet, since a cover sheet may come first. Unpacks all parts itself, within the
 * limit: the library would start workers from scripts that the page's policy forbids, and stored parts need no unpacking.
 */
async function sheetOf(bytes: Uint8Array): Promise<{ readonly table: Table; readonly sheet?: string }> {
  const parts = zipSync(unzipSync(bytes, { filter: withinLimit() }), { level: 0 });
  const sheets = (await readSheets(new Blob([parts]))).map(({ sheet, data }) => ({ sheet, table: data.map((row) => row.map(textIn)) }));
  const { sheet, table } = sheets.find((one) => headIn(one.table) !== -1) ?? sheets[0] ?? { sheet: '', table: [] };
  return { table: firstRows(table), ...(sheets.length > 1 && { sheet }) };
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

const textIn = (cell: CellValue | null): string => (cell === null ? '' : cell instanceof Date ? cell.toISOString() : String(cell));

/** UTF-8, UTF-16 with or without a byte order mark, or windows-1251, which Russian Excel writes. */
export function textOf(bytes: Uint8Array): string {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return new TextDecoder('utf-16le').decode(bytes);
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return new TextDecoder('utf-16be').decode(bytes);
  const zero = bytes.subarray(0, 1024).indexOf(0); // in UTF-16 half of each separator is a zero byte; no other text has any
  if (zero !== -1) return new TextDecoder(zero % 2 === 1 ? 'utf-16le' : 'utf-16be').decode(bytes);
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder('windows-1251').decode(bytes);
  }
}

/** The separator that the first line declares (`sep=;`, for Excel), or whichever of `;`, tab and `,` occurs in most lines. */
export function csvOf(text: string): Table {
  const said = /^\ufeff?sep=(.)\r?\n/i.exec(text);
  const delimiter = said?.[1] ?? usualSeparator(text);
  return parse(said ? text.slice(said[0].length) : text, {
    delimiter,
    bom: true,
    relax_column_count: true,
    skip_empty_lines: false,
    relax_quotes: true,
  });
}

function usualSeparator(text: string): string {
  const lines = text
    .slice(0, 10_000)
    .replaceAll(/"(?:[^"]|"")*"/g, '')
    .split(/[\r\n]+/);
  const linesWith = (separator: string) => lines.filter((line) => line.includes(separator)).length;
  return [';', '\t', ','].sort((a, b) => linesWith(b) - linesWith(a))[0] ?? ';';
}
