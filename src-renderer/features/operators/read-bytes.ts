/** The bytes of a spreadsheet's file as rows of text: what `file-reader.ts` does, apart from the page. Pure. */
import { parse } from 'csv-parse/browser/esm/sync';
import { type UnzipFileInfo, unzipSync, zipSync } from 'fflate';
import readSheets, { type CellValue } from 'read-excel-file/web-worker';
import { MAX_IMPORT } from '#shared/contract/changes.ts';
import { HEAD_WITHIN, headIn, type Table } from './import-table.ts';

/** Of all parts of a workbook together, unpacked. */
const MAX_UNPACKED_BYTES = 50_000_000;
/** That are not empty: one more than any list may have. */
const MOST_ROWS = HEAD_WITHIN + MAX_IMPORT + 1;

export type BytesRead =
  /** `sheet`: which of several it is of */
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
 * The first sheet of a workbook with a head of names, or else its first: before the list there may be a sheet about it. Unpacks all parts itself, within the
 * limit; the library would have workers do it, of scripts that the page's policy refuses, and what is merely stored needs none.
 */
async function sheetOf(bytes: Uint8Array): Promise<{ readonly table: Table; readonly sheet?: string }> {
  const parts = zipSync(unzipSync(bytes, { filter: withinLimit() }), { level: 0 });
  const sheets = (await readSheets(new Blob([parts]))).map(({ sheet, data }) => ({ sheet, table: data.map((row) => row.map(textIn)) }));
  const { sheet, table } = sheets.find((one) => headIn(one.table) !== -1) ?? sheets[0] ?? { sheet: '', table: [] };
  return { table: firstRows(table), ...(sheets.length > 1 && { sheet }) };
}

/** Lets the parts through that are read. A part that is larger than it says is cut off where it said. @throws TooMuch */
function withinLimit(): (part: UnzipFileInfo) => boolean {
  let unpacked = 0;
  return ({ name, originalSize }) => {
    if (!/\.(xml|rels)$/.test(name)) return false;
    unpacked += originalSize;
    if (unpacked > MAX_UNPACKED_BYTES) throw new TooMuch();
    return true;
  };
}

/** Those after are too many in any case, and need not be handed to the page. */
function firstRows(table: Table): Table {
  let left = MOST_ROWS;
  const end = table.findIndex((row) => row.some((cell) => cell.trim() !== '') && left-- === 0);
  return end === -1 ? table : table.slice(0, end);
}

const textIn = (cell: CellValue | null): string => (cell === null ? '' : cell instanceof Date ? cell.toISOString() : String(cell));

/** UTF-8, UTF-16 with its mark or without, or what Russian Excel writes: windows-1251. */
export function textOf(bytes: Uint8Array): string {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return new TextDecoder('utf-16le').decode(bytes);
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return new TextDecoder('utf-16be').decode(bytes);
  const zero = bytes.subarray(0, 1024).indexOf(0); // half of each separator is one in UTF-16, and no other text has any
  if (zero !== -1) return new TextDecoder(zero % 2 === 1 ? 'utf-16le' : 'utf-16be').decode(bytes);
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder('windows-1251').decode(bytes);
  }
}

/** Separated as its first line says (`sep=;`, for Excel), or by whichever of `;`, tab and `,` is in most of its lines. */
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
