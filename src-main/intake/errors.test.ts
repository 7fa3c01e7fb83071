import { afterEach, describe, expect, test } from 'vitest';
import { Desk } from '#engine/testing/desk.ts';
import { Port } from './testing/port.ts';

const PHONE = '+79001234567';
const closers: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0)) await close();
});

/** A desk whose clock throws on command, with a message that quotes a phone: stands for any bug inside a write. */
async function fragile() {
  let broken = false;
  const desk = new Desk({
    now: () => {
      if (broken) throw new RangeError(`no time for ${PHONE}`);
      return Date.UTC(2026, 10, 22);
    },
  });
  const port = await Port.open(() => {}, desk);
  closers.push(() => port.close());
  const { key } = await port.source('bot');
  return {
    port,
    key,
    break: () => {
      broken = true;
    },
    mend: () => {
      broken = false;
    },
  };
}

describe('a bug', () => {
  test('is answered with 503, outcome unknown, and the retry succeeds', async () => {
    const desk = await fragile();
    const submit = () => desk.port.call('POST', '/contacts', { token: desk.key, body: { phone: PHONE }, headers: { 'idempotency-key': 'k' } });
    desk.break();
    const { status, headers, body } = await submit();
    expect([status, headers.get('retry-after'), headers.get('content-type')]).toEqual([503, '1', 'application/problem+json; charset=utf-8']);
    expect(body).toEqual({
      type: '/docs#outcome_unknown',
      title: 'The outcome is unknown, retry with the same Idempotency-Key',
      status: 503,
      detail: 'It is not known whether this was stored. Retry with the same Idempotency-Key.',
      code: 'outcome_unknown',
    });
    desk.mend();
    expect((await submit()).status).toBe(201);
  });

  test('is logged with its location, without request data', async () => {
    const desk = await fragile();
    desk.break();
    await desk.port.call('POST', '/contacts', { token: desk.key, body: { phone: PHONE, message: 'secret' }, headers: { 'idempotency-key': 'k-secret' } });
    const [line = '', ...more] = desk.port.logged;
    expect(more).toEqual([]);
    expect(JSON.parse(line)).toMatchObject({
      message: 'a request failed',
      route: '/contacts',
      method: 'POST',
      thrown: { type: 'RangeError', stack: expect.arrayContaining([expect.stringMatching(/^ {4}at /)]) },
    });
    expect(line).not.toMatch(/9001234567|secret/);
    expect(line).not.toContain(desk.key);
  });

  test('in a route of the shells is treated the same way', async () => {
    const port = await Port.open((app) => {
      app.get('/console/broken', () => {
        throw new Error('secret');
      });
    });
    closers.push(() => port.close());
    const { status, body } = await port.call('GET', '/console/broken', { token: null });
    expect([status, body.code, JSON.stringify(body).includes('secret')]).toEqual([503, 'overloaded', false]);
  });
});

test('an engine that is closing does nothing, and the answer says so', async () => {
  const port = await Port.open();
  closers.push(() => port.app.close());
  const { key } = await port.source('bot');
  port.desk.engine.close();
  const { status, headers, body } = await port.call('POST', '/contacts', { token: key, body: { external_id: 'a' } });
  expect([status, headers.get('retry-after'), body.code]).toEqual([503, '1', 'overloaded']);
});

describe('a route of the console', () => {
  test('has its own tokens and the same checks of Host and Origin', async () => {
    const port = await Port.open((app) => {
      app.get('/console/', (_request, reply) => reply.send('console'));
    });
    closers.push(() => port.close());
    expect((await port.call('GET', '/console', { token: null })).body).toBe('console');
    expect((await port.call('GET', '/console/', { token: null })).body).toBe('console');
    expect((await port.call('GET', '/console/', { token: null, headers: { origin: 'https://evil.example' } })).status).toBe(403);
    expect(await port.raw('GET /console/ HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\n\r\n')).toMatch(/^HTTP\/1\.1 403 /);
    expect((await port.call('GET', '/consolex', { token: null })).status).toBe(401);
  });
});
