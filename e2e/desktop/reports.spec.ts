/** Report exports from the window, saved where the user chooses: the same rows, and the page itself as PDF. */
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import { readSheet } from 'read-excel-file/node';
import type { Operator, Source } from '#shared/contract/entities.ts';
import { type Desktop, expect, test } from './desktop.ts';

/** Answers save dialogs with this folder; null: cancels. */
const answerWith = (desktop: Desktop, folder: string | null): Promise<void> =>
  desktop.app.evaluate(({ dialog }, place) => {
    dialog.showSaveDialog = async (...given: unknown[]) => {
      const { defaultPath } = given.at(-1) as { defaultPath: string };
      return place === null ? { canceled: true, filePath: '' } : { canceled: false, filePath: `${place}/${defaultPath.split('/').pop()}` };
    };
  }, folder);

test('a report is saved from the window as CSV, XLSX and PDF, each with the content of the screen', async ({ desktop, dataDir }) => {
  const { page } = desktop;
  const anna = await desktop.api<Operator>('POST', '/operators', { name: 'Анна', max_load: 9 });
  const source = await desktop.api<Source>('POST', '/sources', { name: 'Telegram' });
  await desktop.api('PUT', `/operators/${anna.id}/competences/${source.id}`, { weight: 100 });
  for (let nth = 1; nth <= 7; nth++) await desktop.api('POST', '/contacts', { source_id: source.id, external_id: `tg-${nth}` });
  await page.evaluate(() => {
    location.hash = '#/reports?by=operator';
  });
  const total = page.getByTestId('reports').locator('tfoot a').first();
  await expect(total).toHaveText('7');

  const folder = join(dataDir, '..', 'out');
  mkdirSync(folder);
  const choose = async (name: string) => {
    await page.getByRole('button', { name: 'Скачать' }).click();
    await page.getByRole('menuitem', { name }).click();
  };
  await answerWith(desktop, null);
  await choose('CSV');
  await answerWith(desktop, folder);
  for (const [name, extension] of [
    ['CSV', 'csv'],
    ['XLSX', 'xlsx'],
    ['PDF', 'pdf'],
  ] as const) {
    await choose(name);
    const file = () => readdirSync(folder).find((entry) => entry.endsWith(`.${extension}`));
    await expect.poll(file, { message: `a ${extension} file` }).toBeDefined();
    await expect.poll(() => statSync(join(folder, file() ?? '')).size).toBeGreaterThan(0);
  }
  const written = (extension: string) => join(folder, readdirSync(folder).find((entry) => entry.endsWith(`.${extension}`)) ?? '');
  expect(existsSync(written('csv'))).toBe(true);

  const records: string[][] = parse(readFileSync(written('csv'), 'utf8'), { bom: true, delimiter: ';', relax_column_count: true });
  const received = records[0]?.indexOf('Поступило') ?? -1;
  expect(records.at(-1)?.[received]).toBe('7');
  const sheet = await readSheet(written('xlsx'));
  const column = sheet.findIndex((row) => row.includes('Поступило'));
  expect(sheet.at(-1)?.[sheet[column]?.indexOf('Поступило') ?? -1]).toBe(7);
  const pdf = readFileSync(written('pdf'));
  expect([pdf.subarray(0, 5).toString(), pdf.length > 10_000]).toEqual(['%PDF-', true]);
});
