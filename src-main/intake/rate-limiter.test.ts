import { once } from 'node:events';
import { connect } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import { createSource } from '#engine/configuration/sources.ts';
import { Desk, value } from '#engine/testing/desk.ts';
import { ManualClock } from './testing/manual-clock.ts';
import { type Answer, Port } from './testing/port.ts';

async function scene() {
  const clock = new ManualClock();
  const port = await Port.open(() => {}, new Desk(), clock);
  onTestFinished(() => port.close());
  const get = (token: string) => port.call('GET', '/contacts?limit=1', { token });
  /** Sends requests until one is refused. Returns the number allowed and the refusal. */
  const exhaust = async (token: string): Promise<{ allowed: number; refusal: Answer }> => {
    for (let allowed = 0; ; allowed++) {
      const refusal = await get(token);
      if (refusal.status !== 200) return { allowed, refusal };
    }
  };
  const settings = (source_id: number, given: object) => port.call('PATCH', `/sources/${source_id}`, { body: { settings: given } });
  return { clock, port, get, exhaust, settings };
}

const limitsOf = ({ headers }: Answer) => ['ratelimit-policy', 'ratelimit', 'retry-after'].map((name) => headers.get(name));

test('a source may make 100 requests at once and 50 a second, and is told how many remain', async () => {
  const { clock, port, get, exhaust } = await scene();
  const { key } = await port.source('bot');
  expect(limitsOf(await get(key))).toEqual(['"source";q=100;w=2', '"source";r=99;t=1', null]);
  const { allowed, refusal } = await exhaust(key);
  expect(allowed).toBe(99);
  expect(refusal.body).toEqual({
    type: '/docs#rate_limited',
    title: 'Too many requests',
    status: 429,
    detail: 'This source may send 50 requests a second, 100 at once. Wait 1 s.',
    code: 'rate_limited',
  });
  expect([refusal.status, ...limitsOf(refusal)]).toEqual([429, '"source";q=100;w=2', '"source";r=0;t=1', '1']);
  clock.advance(19);
  expect((await get(key)).status).toBe(429);
  clock.advance(1);
  expect((await exhaust(key)).allowed).toBe(1);
  clock.advance(1000);
  expect((await exhaust(key)).allowed).toBe(50);
  clock.advance(3_600_000);
  expect((await exhaust(key)).allowed).toBe(100);
});

test('the admin is not limited, and no source is limited by another', async () => {
  const { port, get, exhaust } = await scene();
  const [own, other] = [await port.source('own'), await port.source('other')];
  await exhaust(own.key);
  expect((await get(other.key)).headers.get('ratelimit')).toBe('"source";r=99;t=1');
  for (let i = 0; i < 150; i++) {
    const answer = await port.call('GET', '/operators');
    expect([answer.status, ...limitsOf(answer)]).toEqual([200, null, null, null]);
  }
});

test('both keys of a source share one limit', async () => {
  const { port, get, exhaust } = await scene();
  const { source_id, key } = await port.source('bot');
  const second = (await port.call('POST', `/sources/${source_id}/keys`)).body.api_key;
  await exhaust(key);
  expect((await get(second)).status).toBe(429);
});

test('every request with a valid key counts, and requests without one do not', async () => {
  const { port, get } = await scene();
  const { key } = await port.source('bot');
  const statuses: number[] = [];
  for (const path of ['/nowhere', '/operators', '/contacts/99', '/contacts?limit=x']) {
    const answer = await port.call('GET', path, { token: key });
    statuses.push(answer.status);
    expect(answer.headers.get('ratelimit-policy')).toBe('"source";q=100;w=2');
  }
  for (const token of [null, `${key}x`]) {
    const answer = await port.call('GET', '/contacts', { token });
    statuses.push(answer.status);
    expect(limitsOf(answer)).toEqual([null, null, null]);
  }
  expect(statuses).toEqual([404, 403, 404, 422, 401, 401]);
  expect((await get(key)).headers.get('ratelimit')).toBe('"source";r=95;t=1');
});

test('beyond the limit a body is not even read', async () => {
  const { port, exhaust } = await scene();
  const { key } = await port.source('bot');
  await exhaust(key);
  const socket = connect(port.port, '127.0.0.1');
  onTestFinished(() => void socket.destroy());
  socket.write(
    `POST /contacts HTTP/1.1\r\nHost: 127.0.0.1:${port.port}\r\nAuthorization: Bearer ${key}\r\nContent-Type: application/json\r\nContent-Length: 50\r\n\r\n{`,
  );
  expect(String((await once(socket, 'data'))[0])).toMatch(/^HTTP\/1\.1 429 [\s\S]*\r\nretry-after: 1\r\n/);
  expect(port.desk.rows('SELECT * FROM refused_contacts')).toEqual([]);
});

test('a setting of the source changes the limit from the next request on', async () => {
  const { clock, port, get, exhaust, settings } = await scene();
  const { source_id, key } = await port.source('bot');
  await get(key);
  await settings(source_id, { rate_limit_per_second: 2 });
  expect((await get(key)).headers.get('ratelimit')).toBe('"source";r=2;t=1'); // the first request still counts
  expect(await exhaust(key)).toMatchObject({ allowed: 2 });
  await settings(source_id, { rate_limit_per_second: null, colour: 'red' });
  for (let i = 0; i < 150; i++) expect(limitsOf(await get(key))).toEqual([null, null, null]);
  await settings(source_id, { rate_limit_per_second: 0.4 });
  const first = await get(key);
  const { refusal } = await exhaust(key);
  expect([limitsOf(first), limitsOf(refusal)]).toEqual([
    ['"source";q=1;w=3', '"source";r=0;t=3', null],
    ['"source";q=1;w=3', '"source";r=0;t=3', '3'],
  ]);
  clock.advance(3000);
  expect((await get(key)).status).toBe(200);
  await settings(source_id, {});
  expect((await get(key)).headers.get('ratelimit-policy')).toBe('"source";q=100;w=2');
});

test('saving a source does not reset its limit', async () => {
  const { port, get, exhaust } = await scene();
  const { source_id, key } = await port.source('bot');
  await exhaust(key);
  await port.call('PATCH', `/sources/${source_id}`, { body: { name: 'renamed' } });
  expect((await get(key)).status).toBe(429);
});

test.each([0, -1, 0.001, '50', true])('a limit of %j is refused, and counts as 50 if an earlier version stored it', async (limit) => {
  const { port, get, settings } = await scene();
  const { source_id } = await port.source('bot');
  const { status, body } = await settings(source_id, { rate_limit_per_second: limit });
  expect([status, body.errors]).toEqual([422, [{ path: '/settings/rate_limit_per_second', message: 'must be a number from 0.01, or null for no limit' }]]);
  if (limit === 0.001) return;
  const { api_key } = value(await port.desk.do((write) => createSource(write, { name: 'old', settings: { rate_limit_per_second: limit } })));
  expect((await get(api_key)).headers.get('ratelimit-policy')).toBe('"source";q=100;w=2');
});
