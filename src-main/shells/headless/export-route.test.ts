import { fastify } from 'fastify';
import { expect, onTestFinished, test } from 'vitest';
import { value } from '#engine/testing/desk.ts';
import { Exports } from '#reports/exports.ts';
import { Reports } from '#reports/reports.ts';
import { reportQuery } from '#shared/contract/reports.ts';
import { KeptDesk } from '#vault/testing/keeper.ts';
import { EXPORTS_URL, exportRoute } from './export-route.ts';

test('a file can be fetched once from its address, which cannot be guessed', async () => {
  const desk = await (await KeptDesk.open()).filled(3);
  const exports = new Exports(new Reports({ reader: desk.reader, now: () => desk.now, timeZone: 'UTC', serviceSeconds: () => 20, language: 'ru' }), {
    url: EXPORTS_URL,
  });
  const app = fastify();
  exportRoute(app, exports);
  onTestFinished(() => app.close());
  const origin = await app.listen({ port: 0, host: '127.0.0.1' });

  const query = reportQuery.parse({ report: 'contacts', from: '2026-11-22', to: '2026-11-22' });
  const job = value(await exports.begin({ query, format: 'csv', language: 'ru' }));
  const url = `${origin}${job?.url}`;
  for (const guess of [String(job?.id), 'x', '%2e%2e', '']) expect((await fetch(`${origin}${EXPORTS_URL}${guess}`)).status, guess).toBe(404);
  expect((await fetch(url, { method: 'HEAD' })).status, 'it is not spent by a look').toBe(404);
  const response = await fetch(url);
  expect([response.status, response.headers.get('content-disposition'), response.headers.get('content-type'), response.headers.get('cache-control')]).toEqual([
    200,
    'attachment; filename="switchyard-contacts-2026-11-22.csv"',
    'text/csv; charset=utf-8',
    'no-store',
  ]);
  expect((await response.text()).split('\r\n').length).toBe(5);
  expect((await fetch(url)).status).toBe(404);
});
