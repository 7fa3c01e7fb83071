/** An exported list of contacts contains exactly what the console's list shows, whatever the filter. */
import { parse } from 'csv-parse/sync';
import { expect, test } from 'vitest';
import { value } from '#engine/testing/desk.ts';
import { listContacts } from '#reports/lists.ts';
import { hostileTexts } from '#reports/testing/hostile.ts';
import { finished, ReportingDesk } from '#reports/testing/reporting-desk.ts';
import { type ContactsFile, contactListQuery } from '#shared/contract/lists.ts';
import { DAY_MS } from '#shared/time.ts';
import { contactsFile } from './file.ts';

type List = Partial<ContactsFile['list']>;

function fileOf({ desk, from, timeZone: time_zone }: ReportingDesk, list: List): { rows: number; records: Record<string, string>[] } {
  const chunks: Uint8Array[] = [];
  const input = { list: contactListQuery.parse(list), format: 'csv', language: 'ru', now: desk.now, time_zone, phone_region: 'RU' } as const;
  const { rows } = finished(contactsFile(from, input), (step) => {
    if (step && 'chunk' in step) chunks.push(step.chunk);
  });
  return { rows, records: parse(Buffer.concat(chunks), { delimiter: ';', bom: true, columns: true }) };
}

/** Ids on all pages of the console's list. */
function idsShown({ from, timeZone }: ReportingDesk, list: List): number[] {
  const ids: number[] = [];
  for (;;) {
    const query = contactListQuery.parse({ ...list, after: ids.at(-1) ?? null, limit: 7 });
    const page = finished(listContacts(from, { query, timeZone, phoneRegion: 'RU' }));
    if ('indexing' in page) continue;
    ids.push(...page.items.map(({ id }) => id));
    if (!page.has_more) return ids;
  }
}

async function twoDays(): Promise<ReportingDesk> {
  const reporting = await ReportingDesk.open();
  const { desk } = reporting;
  desk.now = Date.parse('2026-11-21T09:00:00Z');
  const [anna, boris] = [await desk.operator('Анна', 6), await desk.operator('=Борис', 6)];
  const sources = [await desk.source('Сайт'), await desk.source('ВКонтакте')];
  for (const source of sources) await desk.weights(source, { [anna]: 1, [boris]: 1 });
  for (let i = 0; i < 40; i++) {
    if (i === 20) desk.now += DAY_MS;
    desk.now += 60_000;
    const said = { name: `Лид ${i}`, message: i % 4 ? `доставка ${i}` : 'цена' };
    const { contact } = value(await desk.submit(sources[i % 2] ?? 0, { phone: `+790012300${10 + i}`, ...said }));
    if (i % 3 === 0) value(await reporting.close(contact.id));
  }
  return reporting;
}

test('for any filter and order of a list, its file has the same contacts in the same order', async () => {
  const reporting = await twoDays();
  const lists: List[] = [
    {},
    { order: 'oldest' },
    { status: 'waiting', order: 'oldest' },
    { status: 'assigned', operator_id: 1 },
    { status: 'open', source_id: 2 },
    { status: 'closed', operator_id: 2 },
    { from: '2026-11-22', to: '2026-11-22' },
    { period_of: 'assigned', from: '2026-11-21', to: '2026-11-21' },
    { text: 'достав' },
    { text: '123-00-15' },
    { text: '#17' },
    { text: 'цена', status: 'closed', from: '2026-11-22T00:00:00Z' },
    { text: 'такого нет' },
  ];
  const sizes = lists.map((list) => {
    const shown = idsShown(reporting, list);
    const { rows, records } = fileOf(reporting, list);
    expect(
      records.map((record) => Number(record.Обращение)),
      JSON.stringify(list),
    ).toEqual(shown);
    expect(rows).toBe(shown.length);
    return rows;
  });
  expect(sizes[0]).toBe(40);
  expect(sizes.slice(1, -1).every((size) => size > 0)).toBe(true);
  expect(new Set(sizes).size).toBeGreaterThan(6);
  expect(sizes.at(-1)).toBe(0);
});

test('text from strangers stays text in it', async () => {
  const reporting = await ReportingDesk.open();
  const { desk } = reporting;
  const source = await desk.source('=SUM(A1)');
  await desk.weights(source, { [await desk.operator('@Анна', 1000)]: 1 });
  for (const [i, text] of hostileTexts.entries()) value(await desk.submit(source, { external_id: `x${i}`, name: text.slice(0, 200), message: text }));
  const { records } = fileOf(reporting, {});
  expect(records.length).toBe(hostileTexts.length);
  for (const { Лид, Сообщение, Источник, Оператор } of records)
    for (const written of [Лид, Сообщение, Источник, Оператор])
      expect(/^[+-]?\d+([.,]\d+)?$/.test(written ?? '') || !/[=+\-@＝＋－＠\t\r\n]/.test((written ?? '').trimStart().charAt(0)), written).toBe(true);
});
