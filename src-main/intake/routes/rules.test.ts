import { afterEach, beforeEach, expect, test } from 'vitest';
import { Port } from '#intake/testing/port.ts';

let port: Port;
let source: Awaited<ReturnType<Port['source']>>;
beforeEach(async () => {
  port = await Port.open();
  source = await port.source('bot');
});
afterEach(() => port.close());

const usual = { strategy: 'weighted', lines: [], open_early: true, version: 1 };

test('a source has the default rule until another is set; fields not named are kept', async () => {
  const path = `/sources/${source.source_id}/rule`;
  expect((await port.call('GET', path)).body).toEqual(usual);
  const changed = await port.call('PATCH', path, { body: { strategy: 'even', lines: [30, 60] } });
  expect([changed.status, changed.body]).toEqual([200, { strategy: 'even', lines: [30, 60], open_early: true, version: 2 }]);
  expect((await port.call('PATCH', path, { body: { open_early: false } })).body).toEqual({ strategy: 'even', lines: [30, 60], open_early: false, version: 3 });
  expect((await port.call('PATCH', path, { body: {} })).body.version).toBe(3);
  expect((await port.call('GET', path)).body.version).toBe(3);
});

test.each([
  [{ strategy: 'fair' }, '/strategy'],
  [{ stratagy: 'even' }, '/stratagy'],
  [{ strategy: 'even', cost: 2 }, '/cost'],
  [{ lines: [60, 30] }, '/lines'],
  [{ lines: [1, 2, 3, 4, 5] }, '/lines'],
  [{ lines: [-1] }, '/lines/0'],
  [{ lines: [86_401] }, '/lines/0'],
  [{ open_early: 'yes' }, '/open_early'],
])('%j is refused with its path, and changes nothing', async (body, path) => {
  const answer = await port.call('PATCH', `/sources/${source.source_id}/rule`, { body });
  expect([answer.status, answer.body.code, answer.body.errors?.[0]?.path]).toEqual([422, 'validation_failed', path]);
  expect((await port.call('GET', `/sources/${source.source_id}/rule`)).body).toEqual(usual);
});

test('is for the admin only, and needs an existing source', async () => {
  const path = `/sources/${source.source_id}/rule`;
  expect((await port.call('GET', path, { token: source.key })).status).toBe(403);
  expect((await port.call('PATCH', path, { token: source.key, body: { strategy: 'even' } })).status).toBe(403);
  expect((await port.call('GET', '/sources/99/rule')).status).toBe(404);
  expect((await port.call('PATCH', '/sources/99/rule', { body: {} })).status).toBe(404);
});

test('a competence keeps its line until another is set', async () => {
  const path = `/operators/${source.operator_id}/competences/${source.source_id}`;
  expect((await port.call('PUT', path, { body: { weight: 5, line: 2 } })).body).toEqual({
    operator_id: source.operator_id,
    source_id: source.source_id,
    weight: 5,
    line: 2,
  });
  expect((await port.call('PUT', path, { body: { weight: 7 } })).body.line).toBe(2);
  expect((await port.call('GET', '/competences')).body.items).toEqual([{ operator_id: source.operator_id, source_id: source.source_id, weight: 7, line: 2 }]);
  const all = await port.call('PUT', `/sources/${source.source_id}/competences`, { body: [{ operator_id: source.operator_id, weight: 9, line: 1 }] });
  expect(all.body.items).toEqual([{ operator_id: source.operator_id, source_id: source.source_id, weight: 9, line: 1 }]);
  expect((await port.call('PUT', path, { body: { weight: 5, line: 6 } })).body.errors[0].path).toBe('/line');
});

test('a waiting contact has its reason, and the time when that changes by itself', async () => {
  await port.call('PATCH', `/operators/${source.operator_id}`, { body: { max_load: 0 } });
  const other = (await port.call('POST', '/operators', { body: { name: 'Second line' } })).body.id;
  await port.call('PUT', `/operators/${other}/competences/${source.source_id}`, { body: { weight: 1, line: 2 } });
  await port.call('PATCH', `/sources/${source.source_id}/rule`, { body: { lines: [60] } });
  const { body } = await port.call('POST', '/contacts', { token: source.key, body: { external_id: 'a' } });
  expect([body.status, body.waiting_reason, body.next_at, body.returned]).toEqual(['waiting', 'line_closed', '2026-11-22T09:16:00.000Z', 0]);
});
