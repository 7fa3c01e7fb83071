import { fastify } from 'fastify';
import { expect, onTestFinished, test } from 'vitest';
import { value } from '#engine/testing/desk.ts';
import { KeptDesk } from '#engine/testing/keeper.ts';
import { Exports } from '#reports/exports.ts';
import { Reports } from '#reports/reports.ts';
import { reportQuery } from '#shared/contract/reports.ts';
import { EXPORTS_URL, exportRoute } from './export-route.ts';
import { consoleSession } from './session.ts';

test('a file goes to a browser that has the console open, once, and to nobody else', async () => {
  const desk = await (await KeptDesk.open()).filled(3);
  const exports = new Exports(new Reports({ reader: desk.reader, now: () => desk.now, timeZone: 'UTC', serviceSeconds: () => 20, language: 'ru' }), {
    url: EXPORTS_URL,
  });
  const session = consoleSession('t'.repeat(32));
  const app = fastify();
  exportRoute(app, session, exports);
  onTestFinished(() => app.close());
  const origin = await app.listen({ port: 0, host: '127.0.0.1' });
  const cookie = session.cookieFor(Number(new URL(origin).port)).split(';')[0] ?? '';

  const query = reportQuery.parse({ report: 'contacts', from: '2026-11-22', to: '2026-11-22' });
  const job = value(await exports.begin({ query, format: 'csv', language: 'ru' }));
  const url = `${origin}${job?.url}`;
  expect((await fetch(url)).status).toBe(403);
  const response = await fetch(url, { headers: { cookie } });
  expect([response.status, response.headers.get('content-disposition'), response.headers.get('content-type')]).toEqual([
    200,
    'attachment; filename="switchyard-contacts-2026-11-22.csv"',
    'text/csv; charset=utf-8',
  ]);
  expect((await response.text()).split('\r\n').length).toBe(5);
  expect((await fetch(url, { headers: { cookie } })).status).toBe(404);
});
