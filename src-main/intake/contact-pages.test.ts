import { expect, onTestFinished, test } from 'vitest';
import { Desk } from '#engine/testing/desk.ts';
import { wholePage } from '#store/tables/contact-pages.ts';
import { listen } from './listen.ts';
import { createIntake } from './server.ts';
import { ManualClock } from './testing/manual-clock.ts';
import { ADMIN_TOKEN, Port } from './testing/port.ts';

/** Two sources, and this number of waiting contacts of the first. */
async function crowd(waiting: number) {
  const clock = new ManualClock();
  const port = await Port.open(undefined, new Desk(), clock);
  onTestFinished(() => port.close());
  const [bot, other] = [await port.source('Bot', 0), await port.source('Other', 100)];
  await port.call('POST', '/contacts', { token: bot.key, body: { external_id: 'a' } });
  port.desk.engine.read.store.connection
    .prepare(
      `INSERT INTO contacts (source_id, lead_id, status, made_lead, created_at)
       WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n WHERE x < ?) SELECT ?, 1, 'waiting', 0, ? FROM n`,
    )
    .run(waiting, bot.source_id, port.desk.now);
  const list = (query: string, token = bot.key) => port.call('GET', `/contacts?${query}`, { token });
  return { port, clock, bot, other, list };
}

test('a page with few matches among many rows ends early, and its cursor leads to the rest', async () => {
  const { list, port } = await crowd(25_000);
  port.desk.engine.read.store.connection.exec("UPDATE contacts SET status = 'closed', closed_at = 1 WHERE id = 2");
  const first = await list('status=closed');
  expect(first).toMatchObject({ status: 200, body: { items: [] } });
  expect((await list(`status=closed&cursor=${first.body.next_cursor}`)).body).toMatchObject({ items: [{ id: 2 }], next_cursor: null });
});

test('the reads of a source are limited by the rows they cost, its contacts and other sources are not', async () => {
  const { list, clock, port, bot, other } = await crowd(21_000);
  const statuses: number[] = [];
  for (let i = 0; i < 7; i++) statuses.push((await list('status=closed')).status);
  expect(statuses).toEqual([200, 200, 200, 200, 200, 429, 429]);
  const refused = await list('status=closed');
  expect(refused).toMatchObject({ status: 429, body: { code: 'rate_limited' } });
  expect(refused.headers.get('retry-after')).toBe('1');
  expect((await port.call('POST', '/contacts', { token: bot.key, body: { external_id: 'b' } })).status).toBe(201);
  expect((await list('limit=1', other.key)).status).toBe(200);
  expect((await list('limit=1', ADMIN_TOKEN)).status).toBe(200);
  clock.advance(1000);
  expect((await list('status=closed')).status).toBe(200);
});

test('a slow page is found by the reading thread, two of a source at a time, and a fast one immediately', async () => {
  const desk = new Desk();
  const asked: number[] = [];
  let underWay = 0;
  const most: number[] = [];
  const { promise: gate, resolve: open } = Promise.withResolvers<void>();
  const reader = {
    ask: async (name: string, filter: { limit: number }) => {
      expect(name).toBe('contactPage');
      asked.push(filter.limit);
      most.push(++underWay);
      await gate;
      underWay -= 1;
      return wholePage(desk.engine.read.store.reading, filter);
    },
  };
  const app = createIntake({ engine: desk.engine, adminToken: ADMIN_TOKEN, version: '1', log: { error: () => {} }, reader: reader as never });
  const { port } = await listen(app, { port: 0 });
  onTestFinished(async () => {
    await app.close();
    desk.engine.close();
  });
  const headers = { 'content-type': 'application/json', authorization: `Bearer ${ADMIN_TOKEN}` };
  const made = await fetch(`http://127.0.0.1:${port}/sources`, { method: 'POST', headers, body: '{"name":"Bot"}' });
  const { api_key } = (await made.json()) as { api_key: string };
  const list = async (query: string) => (await fetch(`http://127.0.0.1:${port}/contacts?${query}`, { headers: { authorization: `Bearer ${api_key}` } })).status;
  expect(await list('limit=100')).toBe(200);
  expect(asked).toEqual([]);
  const long = Promise.all([list('limit=500'), list('limit=500'), list('limit=101'), list('limit=500')]);
  expect(await list('limit=10')).toBe(200);
  open();
  expect(await long).toEqual([200, 200, 200, 200]);
  expect([asked.length, Math.max(...most)]).toEqual([4, 2]);
});
