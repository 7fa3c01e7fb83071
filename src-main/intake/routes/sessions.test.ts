import { afterAll, beforeAll, expect, test } from 'vitest';
import { Port } from '#intake/testing/port.ts';

let port: Port;
let key: string;
beforeAll(async () => {
  port = await Port.open();
  ({ key } = await port.source('bot'));
});
afterAll(() => port.close());

const followed = (url: string, user_agent = 'Mozilla/5.0') => port.sessions.open(url.split('?token=')[1] ?? '', { host: '', user_agent });

test('the administrator creates a link under the host name of the request, which opens one session', async () => {
  const { status, body } = await port.call('POST', '/console-links');
  expect({ status, body }).toEqual({
    status: 201,
    body: {
      url: expect.stringMatching(new RegExp(`^http://127\\.0\\.0\\.1:${port.port}/console/\\?token=[\\w-]{43}$`)),
      expires_at: '2026-11-22T09:20:00.000Z',
    },
  });
  expect(followed(body.url)).not.toBeNull();
  expect(followed(body.url)).toBeNull();
});

test('sessions are listed page by page, and ended one by one', async () => {
  const before: { id: number }[] = (await port.call('GET', '/sessions')).body.items;
  const opened = [];
  for (let n = 0; n < 2; n++) opened.push(followed((await port.call('POST', '/console-links')).body.url, `browser ${n}`)?.id);
  const first = await port.call('GET', `/sessions?limit=${before.length + 1}`);
  expect(first.body.items.at(-1)).toEqual({
    id: opened[0],
    person_id: null,
    person: null,
    user_agent: 'browser 0',
    consoles: 0,
    created_at: '2026-11-22T09:15:00.000Z',
    last_used_at: '2026-11-22T09:15:00.000Z',
    expires_at: '2026-11-29T09:15:00.000Z',
  });
  const second = await port.call('GET', `/sessions?cursor=${first.body.next_cursor}`);
  expect(second.body).toMatchObject({ items: [{ id: opened[1] }], next_cursor: null });
  expect((await port.call('DELETE', `/sessions/${opened[0]}`)).status).toBe(204);
  expect((await port.call('DELETE', `/sessions/${opened[0]}`)).body).toMatchObject({
    status: 404,
    code: 'not_found',
    detail: `There is no session ${opened[0]}.`,
  });
  expect((await port.call('GET', '/sessions')).body.items.map(({ id }: { id: number }) => id)).toEqual([...before.map(({ id }) => id), opened[1]]);
});

test('the admin token is not a session that could be ended', async () => {
  expect((await port.call('DELETE', '/sessions/current')).body).toMatchObject({
    status: 404,
    code: 'not_found',
    detail: expect.stringContaining('GET /sessions'),
  });
});

test.each([
  ['POST', '/console-links'],
  ['GET', '/sessions'],
  ['DELETE', '/sessions/1'],
  ['DELETE', '/sessions/current'],
])('%s %s is not for strangers and bots', async (method, path) => {
  const before = (await port.call('GET', '/sessions')).body;
  expect((await port.call(method, path, { token: null })).status).toBe(401);
  expect((await port.call(method, path, { token: key })).status).toBe(403);
  expect((await port.call('GET', '/sessions')).body).toEqual(before);
});
