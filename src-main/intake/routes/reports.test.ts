import { parse } from 'csv-parse/sync';
import { readSheet } from 'read-excel-file/node';
import { expect, onTestFinished, test, vi } from 'vitest';
import { listen } from '#intake/listen.ts';
import { createIntake } from '#intake/server.ts';
import { Reports } from '#reports/reports.ts';
import { KeptDesk } from '#vault/testing/keeper.ts';

const TOKEN = 'a'.repeat(32);
const DAY = 'from=2026-11-22&to=2026-11-22';

async function port(contacts: number) {
  const desk = await (await KeptDesk.open()).filled(contacts);
  const made = { ended: 0 };
  class Watched extends Reports {
    override file(...given: Parameters<Reports['file']>) {
      return super.file(...given).finally(() => {
        made.ended += 1;
      });
    }
  }
  const reports = new Watched({ reader: desk.reader, now: () => desk.now, timeZone: 'Europe/Moscow', serviceSeconds: () => 20, language: 'ru' });
  const app = createIntake({ engine: desk.engine, adminToken: TOKEN, version: '1', log: { error: () => undefined }, reports });
  const { port: number } = await listen(app, { port: 0 });
  onTestFinished(() => app.close());
  const get = (path: string, token = TOKEN) => fetch(`http://127.0.0.1:${number}/reports/${path}`, { headers: { authorization: `Bearer ${token}` } });
  return { desk, get, made };
}

test('a report is returned as JSON, with units in the names of its fields', async () => {
  const { desk, get } = await port(3);
  const response = await get(`summary?${DAY}&group_by=source&hours=11,12,13`);
  expect(response.status).toBe(200);
  const answer = (await response.json()) as { items: object[]; total: object };
  expect(answer).toMatchObject({ report: 'summary', time_zone: 'Europe/Moscow', row_count: 1, next_cursor: null, at: new Date(desk.now).toISOString() });
  expect(answer.items[0]).toMatchObject({ source_id: 1, source: 'Сайт', received: 3, service_level: 1, wait_average_ms: null });
  expect(answer.total).toMatchObject({ received: 3 });
});

test('contacts are returned page by page as JSON, and all together as a file', async () => {
  const { get } = await port(1203);
  const first = (await (await get(`contacts?${DAY}&limit=500`)).json()) as {
    items: { contact_id: number; created_at: string }[];
    row_count: number;
    next_cursor: string;
  };
  expect([first.items.length, first.items[0]?.contact_id, first.items[0]?.created_at, first.row_count]).toEqual([500, 1203, '2026-11-22T09:15:00.000Z', 1203]);
  const second = (await (await get(`contacts?${DAY}&limit=500&cursor=${first.next_cursor}`)).json()) as { items: { contact_id: number }[] };
  expect(second.items[0]?.contact_id).toBe(703);

  const unknown = await get(`contacts?${DAY}&cursor=zzz`);
  expect([unknown.status, await unknown.json()]).toMatchObject([422, { errors: [{ path: 'cursor', message: 'is not a cursor of this API' }] }]);

  const csv = await get(`contacts?${DAY}&format=csv`);
  expect([csv.headers.get('content-type'), csv.headers.get('content-disposition')]).toEqual([
    'text/csv; charset=utf-8',
    'attachment; filename="switchyard-contacts-2026-11-22.csv"',
  ]);
  const rows: string[][] = parse(Buffer.from(await csv.arrayBuffer()), { bom: true, delimiter: ';' });
  expect([rows.length, rows[0]?.[0], rows[1]?.[0], rows[1203]?.[0]]).toEqual([1204, 'Обращение', '1203', '1']);
  const xlsx = await get(`contacts?${DAY}&format=xlsx&lang=en`);
  const sheet = await readSheet(Buffer.from(await xlsx.arrayBuffer()));
  expect([sheet.length, sheet[0]?.[0], sheet[1203]?.[0]]).toEqual([1204, 'Contact', 1]);
});

test('a reader who disconnects causes no further work', async () => {
  const { desk, get, made } = await port(2000);
  const response = await get(`contacts?${DAY}&format=csv`);
  const reader = response.body?.getReader();
  await reader?.read();
  await reader?.cancel();
  await vi.waitFor(() => expect(made.ended).toBe(1), { timeout: 20_000 });
  expect((await (await get(`waits?${DAY}`)).json()) as object).toMatchObject({ report: 'waits', total: { received: 2000 } });
  expect(desk.errors).toEqual([]);
});

test.each([
  ['summary?from=2026-11-23&to=2026-11-22', 422, 'to'],
  ['summary?from=yesterday&to=2026-11-22', 422, 'from'],
  [`summary?${DAY}&hours=24`, 422, 'hours.0'],
  [`summary?${DAY}&group_by=colour`, 422, 'group_by'],
  ['summary?from=2000-01-01&to=2026-11-22', 422, 'to'],
  [`summary?${DAY}&since=2026-11-22T09:00:00Z`, 422, 'since'],
  [`waits?${DAY}&wait_from_ms=1000`, 422, 'wait_from_ms'],
  [`contacts?${DAY}&until=noon`, 422, 'until'],
  [`contacts?${DAY}&limit=501`, 422, 'limit'],
  [`contacts?${DAY}&format=pdf`, 422, 'format'],
])('%s is refused with %i, naming the invalid part', async (path, status, part) => {
  const { get } = await port(1);
  const response = await get(path);
  expect([response.status, ((await response.json()) as { errors: { path: string }[] }).errors.map((error) => error.path)]).toEqual([status, [part]]);
});

test('the contacts of a part of an hour can be requested', async () => {
  const { get } = await port(3); // all of them arrived at 09:15
  const count = async (since: string, until: string) =>
    ((await (await get(`contacts?${DAY}&since=${since}&until=${until}`)).json()) as { row_count: number }).row_count;
  expect([await count('2026-11-22T09:15:00Z', '2026-11-22T09:16:00Z'), await count('2026-11-22T09:00:00Z', '2026-11-22T09:15:00Z')]).toEqual([3, 0]);
});

test('only the admin may read reports, and only existing ones', async () => {
  const { desk, get } = await port(1);
  expect((await get(`summary?${DAY}`, 'wrong')).status).toBe(401);
  expect((await get(`gossip?${DAY}`)).status).toBe(404);
  expect(desk.errors).toEqual([]);
});
