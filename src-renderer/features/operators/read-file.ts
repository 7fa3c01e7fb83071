/** A file of a spreadsheet as rows of text. What reads it is loaded with the first file. */
import type { CellValue } from 'read-excel-file/browser';
import { PartMissing, part } from '../../kit/later.tsx';
import { headIn, type Table } from './import-table.ts';

/** More is no list of operators. */
const MAX_BYTES = 10_000_000;
/** Of one part of a workbook, unpacked. */
const MAX_PART_BYTES = 100_000_000;

export type FileRead =
  /** `sheet`: which of several it is of */
  | { readonly ok: true; readonly table: Table; readonly sheet?: string }
  | { readonly ok: false; readonly problem: 'too_large' | 'not_opened' | 'old_excel' | 'unreadable' | 'no_reader' };

export async function readFile(file: File): Promise<FileRead> {
  if (file.size > MAX_BYTES) return { ok: false, problem: 'too_large' };
  let bytes: Uint8Array<ArrayBuffer>;
  try {
    bytes = new Uint8Array(await file.arrayBuffer());
  } catch {
    return { ok: false, problem: 'not_opened' }; // gone since it was chosen, or locked by the program that has it open
  }
  try {
    if (bytes[0] === 0x50 && bytes[1] === 0x4b) return { ok: true, ...(await sheetOf(bytes)) }; // a ZIP: .xlsx
    if (bytes[0] === 0xd0 && bytes[1] === 0xcf) return { ok: false, problem: 'old_excel' }; // a compound file: .xls
    return { ok: true, table: await csvOf(textOf(bytes)) };
  } catch (error) {
    return { ok: false, problem: error instanceof PartMissing ? 'no_reader' : 'unreadable' };
  }
}

/**
 * The first sheet of a workbook with a head of names, or else its first: before the list there may be a sheet about it. Unpacks large parts itself:
 * the library would have a worker do it, of a script that the page's policy refuses; what is merely stored needs none.
 */
async function sheetOf(bytes: Uint8Array): Promise<{ readonly table: Table; readonly sheet?: string }> {
  const [{ default: readSheets }, { unzipSync, zipSync }] = await part(() => Promise.all([import('read-excel-file/browser'), import('fflate')]));
  const parts = unzipSync(bytes, { filter: ({ name, originalSize }) => /\.(xml|rels)$/.test(name) && originalSize <= MAX_PART_BYTES });
  const sheets = (await readSheets(new Blob([zipSync(parts, { level: 0 })]))).map(({ sheet, data }) => ({ sheet, table: data.map((row) => row.map(textIn)) }));
  const found = sheets.find(({ table }) => headIn(table) !== -1) ?? sheets[0] ?? { sheet: '', table: [] };
  return sheets.length > 1 ? found : { table: found.table };
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
export async function csvOf(text: string): Promise<Table> {
  const { parse } = await part(() => import('csv-parse/browser/esm/sync'));
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
