/** Opens our files with LibreOffice: `SOFFICE=soffice npx vitest run src-main/reports/files/libreoffice.test.ts`. Skipped where SOFFICE names no program. */
import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import { readSheet } from 'read-excel-file/node';
import { describe, expect, test } from 'vitest';
import { value } from '#engine/testing/desk.ts';
import { hostileTexts } from '#reports/testing/hostile.ts';
import { finished, ReportingDesk } from '#reports/testing/reporting-desk.ts';
import { type FileFormat, reportQuery } from '#shared/contract/reports.ts';
import { folder } from '#store/testing/folder.ts';
import { reportFile } from './file.ts';

const { SOFFICE } = process.env;
const query = reportQuery.parse({ report: 'contacts', from: '2026-11-22', to: '2026-11-22' });
/** Filter options: separator, quotes, UTF-8, first line; quoted fields as text; number parsing in the Russian locale. */
const RUSSIAN_CSV = 'CSV:59,34,76,1,,1049,false,true';
const PLAIN_CSV = 'csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,false,false,false,-1';
const MORE = ['007', '00123', '+79001234567', '-1', '@x', 'a\tb', 'line\nbreak', 'x'.repeat(4000), '👩‍👩‍👧‍👦', '1,5', '2026-11-22', '12:30', 'TRUE'];

async function desk(): Promise<ReportingDesk> {
  const reporting = await ReportingDesk.open();
  const source = await reporting.desk.source('@SUM(1+1)');
  await reporting.desk.weights(source, { [await reporting.desk.operator('=HYPERLINK("http://evil.example","x")', 1000)]: 1 });
  for (const [i, text] of [...MORE, ...hostileTexts].entries())
    value(await reporting.desk.submit(source, { external_id: `x${i}`, name: text.slice(0, 200), message: text }));
  return reporting;
}

/** The file after conversion by LibreOffice. */
function opened(reporting: ReportingDesk, format: FileFormat, to: string, infilter?: string): Buffer {
  const own = folder();
  const chunks: Uint8Array[] = [];
  const { timeZone: time_zone } = reporting;
  finished(reportFile(reporting.from, { query, now: reporting.desk.now, time_zone, service_seconds: 20, format, language: 'ru' }), (step) => {
    if (step && 'chunk' in step) chunks.push(step.chunk);
  });
  const file = join(own, `in.${format}`);
  writeFileSync(file, Buffer.concat(chunks));
  const out = join(own, 'out');
  const profile = `-env:UserInstallation=file://${join(own, 'profile')}`;
  execFileSync(SOFFICE ?? '', [profile, '--headless', ...(infilter ? [`--infilter=${infilter}`] : []), '--convert-to', to, '--outdir', out, file]);
  return readFileSync(join(out, readdirSync(out)[0] ?? ''));
}

describe.skipIf(!SOFFICE)('in LibreOffice', () => {
  test('a workbook has the content of the screen: texts exactly, times as times', async () => {
    const reporting = await desk();
    const [headings = [], ...read]: string[][] = parse(opened(reporting, 'xlsx', PLAIN_CSV), { bom: true });
    const column = (name: string) => headings.indexOf(name);
    const rows = reporting.rows(query);
    expect(read.length).toBe(rows.length);
    for (const [r, row] of rows.entries()) {
      const [lead, message, operator] = ['Лид', 'Сообщение', 'Оператор'].map((name) => read[r]?.[column(name)]?.replaceAll('\r', ''));
      const plain = (text: unknown) => (typeof text === 'string' ? text : '').replaceAll('\r', '');
      expect({ lead, message, operator }).toEqual({ lead: plain(row.lead), message: plain(row.message), operator: row.operator });
      expect(read[r]?.[1]).toBe('2026-11-22 12:15:00');
    }
  });

  test('a Russian CSV has columns, numbers and times, and no formula', async () => {
    const reporting = await desk();
    const book = opened(reporting, 'csv', 'xlsx', RUSSIAN_CSV);
    const [headings, ...read] = await readSheet(book, { trim: false });
    expect(headings?.length).toBe(19);
    expect(read.length).toBe(hostileTexts.length + MORE.length);
    for (const row of read) expect([typeof row[0], row[1] instanceof Date, row[3], typeof row[16]]).toEqual(['number', true, "'@SUM(1+1)", 'number']);
    expect(book.includes('<f>')).toBe(false);
  });
});
