import type { Language } from '#kit/locale/format.ts';
import { part } from '#kit/navigation/lazy.tsx';
import { defused } from '#shared/csv-text.ts';

/** Separator that spreadsheets of each language expect. */
const SEPARATOR: Readonly<Record<Language, string>> = { ru: ';', en: ',' };

/**
 * A CSV file that a spreadsheet in the given language opens directly: with a byte order mark, all text quoted and no formulas.
 * @throws PartMissing
 */
export async function csvFile(rows: readonly (readonly (string | number | undefined)[])[], language: Language): Promise<string> {
  const { stringify } = await part(() => import('csv-stringify/browser/esm/sync'));
  const cells = rows.map((row) => row.map((cell) => (typeof cell === 'string' ? defused(cell) : cell)));
  return stringify(cells, { delimiter: SEPARATOR[language], record_delimiter: '\r\n', quoted_string: true, bom: true });
}
