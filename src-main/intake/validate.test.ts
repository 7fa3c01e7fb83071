import { afterAll, beforeAll, expect, test } from 'vitest';
import { Port } from './testing/port.ts';

let port: Port;
beforeAll(async () => {
  port = await Port.open();
});
afterAll(() => port.close());

test.each<[method: string, path: string, body: unknown, field: string, message: string]>([
  ['POST', '/operators', {}, '/name', 'is needed'],
  ['POST', '/operators', [], '', 'must be an object'],
  ['POST', '/operators', { name: 'A', max_load: '3' }, '/max_load', 'must be a number'],
  ['POST', '/operators', { name: 'A', max_load: 1.5 }, '/max_load', 'must be a whole number'],
  ['POST', '/operators', { name: 'A', max_load: -1 }, '/max_load', 'must be at least 0'],
  ['POST', '/operators', { name: 'A', is_active: 'yes' }, '/is_active', 'must be true or false'],
  ['POST', '/operators', { name: 'A'.repeat(201) }, '/name', 'must have at most 200 characters'],
  ['POST', '/sources', { name: 'a', settings: [] }, '/settings', 'must be an object'],
  ['POST', '/sources', { name: 'a', settings: { deep: {} } }, '/settings/deep', 'must be text, a number, true or false, null'],
  ['PUT', '/sources/1/competences', {}, '', 'must be a list'],
  ['GET', '/contacts?limit=all', undefined, 'limit', 'must be a number'],
  ['GET', '/contacts?limit=0', undefined, 'limit', 'must be at least 1'],
  ['GET', '/contacts?status=open', undefined, 'status', 'must be one of assigned, waiting, closed'],
  ['GET', '/contacts?from=yesterday', undefined, 'from', 'must be a time like 2026-11-22T09:15:02.113Z'],
])('%s %s %j: %s %s', async (method, path, body, field, message) => {
  const answer = await port.call(method, path, { body });
  expect(answer.status).toBe(422);
  expect(answer.body.errors).toEqual([{ path: field, message }]);
  expect(answer.body.detail).toContain([field, message].filter(Boolean).join(' '));
});

test('the path of an error is truncated when a name in the body is very long', async () => {
  const answer = await port.call('POST', '/sources', { body: { name: 'a', settings: { ['~'.repeat(60_000)]: 'v' } } });
  expect(answer.status).toBe(422);
  expect(answer.body.errors).toEqual([{ path: expect.stringMatching(/^\/settings\/(~0)+…$/), message: 'Invalid key in record' }]);
  expect(answer.body.detail.length).toBeLessThan(400);
});
