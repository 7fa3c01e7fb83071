import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type PersonRole, personRoles } from '#shared/contract/principal.ts';
import { ADMIN_TOKEN, Port } from './testing/port.ts';

let port: Port;
let own: Awaited<ReturnType<Port['source']>>;
let other: typeof own;
beforeAll(async () => {
  port = await Port.open((app) => app.get('/undeclared', (_request, reply) => reply.send('secret')));
  own = await port.source('own');
  other = await port.source('other');
});
afterAll(() => port.close());

/** All routes, with existing path parameters. */
const open = ['GET /health', 'GET /docs', 'GET /openapi.json'];
const forSources = [
  'POST /contacts',
  'GET /contacts',
  'GET /contacts/1',
  'GET /contacts/1/messages',
  'POST /contacts/1/close',
  'POST /contacts/1/accept',
  'POST /contacts/1/decline',
  'POST /sources/1/choose',
];
/** It asks for a password instead. */
const signsIn = 'POST /sessions';
/** Its answers do not end; its access is tested in routes/events.test.ts. */
const streamed = ['GET /events'];
const forAdmin = [
  'GET /contacts/1/decision',
  'POST /contacts/1/reassign',
  'GET /operators',
  'POST /operators',
  'GET /operators/1',
  'PATCH /operators/1',
  'DELETE /operators/1',
  'GET /schedules',
  'POST /schedules',
  'GET /schedules/1',
  'PATCH /schedules/1',
  'DELETE /schedules/1',
  'GET /operators/1/shifts',
  'PUT /operators/1/shifts/1',
  'GET /sources',
  'POST /sources',
  'GET /sources/1',
  'PATCH /sources/1',
  'DELETE /sources/1',
  'GET /sources/1/rule',
  'PATCH /sources/1/rule',
  'GET /sources/1/cases',
  'POST /sources/1/cases',
  'DELETE /sources/1/cases/1',
  'POST /sources/1/keys',
  'DELETE /sources/1/keys/1',
  'GET /competences',
  'PUT /operators/1/competences/1',
  'PUT /sources/1/competences',
  'DELETE /operators/1/competences/1',
  'GET /leads',
  'POST /leads',
  'GET /leads/1',
  'PATCH /leads/1',
  'GET /leads/1/export',
  'POST /leads/1/erase',
  'GET /identifiers/1',
  'POST /identifiers/1/share',
  'POST /identifiers/1/unshare',
  'POST /merges/1/undo',
  'GET /suggested-merges',
  'POST /suggested-merges/1/accept',
  'POST /suggested-merges/1/dismiss',
  'POST /console-links',
  'GET /sessions',
  'DELETE /sessions/1',
  'GET /people',
  'POST /people',
  'GET /people/1',
  'PATCH /people/1',
  'DELETE /people/1',
  'POST /people/1/invitations',
  'POST /people/1/keys',
  'DELETE /people/1/keys/1',
];
const forOperators = ['GET /me', 'POST /me/pause', 'POST /me/back'];
/** Open to administrators and to the person whose key it is; see people.test.ts. */
const forOneself = ['POST /people/1/keys', 'DELETE /people/1/keys/1'];

/** Which of these routes each role may call, written down apart from their declarations. */
const administratorsOnly = [
  ...['POST /leads/1/erase', 'POST /console-links', 'GET /people', 'POST /people', 'GET /people/1', 'PATCH /people/1', 'DELETE /people/1'],
  'POST /people/1/invitations',
];
const forViewers = [
  ...[...forSources, ...streamed, ...forAdmin].filter((route) => route.startsWith('GET ') && !administratorsOnly.includes(route)),
  ...['DELETE /sessions/1', 'POST /sources/1/choose'],
];
const forHolders = ['POST /contacts/1/close', 'POST /contacts/1/accept', 'POST /contacts/1/decline'];
const whose: Record<PersonRole, (route: string) => boolean> = {
  administrator: (route) => !forOperators.includes(route),
  supervisor: (route) => !forOperators.includes(route) && !administratorsOnly.includes(route),
  viewer: (route) => forViewers.includes(route),
  operator: (route) => [...forHolders, ...forOperators, 'GET /operators/1/shifts', 'GET /sessions', 'DELETE /sessions/1'].includes(route),
};

async function callOn(on: Port, route: string, token: string | null) {
  const [method = '', path = ''] = route.split(' ');
  return await on.call(method, path, { token });
}

const call = (route: string, token: string | null) => callOn(port, route, token);

test('every documented route is in the tables of this file', async () => {
  const { body } = await port.call('GET', '/openapi.json');
  const documented = Object.entries(body.paths).flatMap(([path, operations]) =>
    Object.keys(operations as object).map((method) => `${method.toUpperCase()} ${path.replaceAll(/\{\w+\}/g, '1')}`),
  );
  expect(new Set(documented)).toEqual(new Set([...forSources, ...streamed, ...forAdmin, ...forOperators, signsIn, 'GET /health']));
});

test.each(open)('%s needs no token', async (route) => {
  expect((await call(route, null)).status).toBe(200);
  expect((await call(route, 'wrong')).status).toBe(200);
});

describe.each([...forSources, ...streamed, ...forAdmin, ...forOperators])('%s', (route) => {
  test('answers 401 without a valid token', async () => {
    for (const token of [null, 'wrong', `${ADMIN_TOKEN}x`, ADMIN_TOKEN.slice(0, -1), `${own.key}x`]) {
      const { status, body, headers } = await call(route, token);
      expect({ status, body, challenge: headers.get('www-authenticate') }).toEqual({
        status: 401,
        body: {
          type: '/docs#unauthorized',
          title: 'A valid token is needed',
          status: 401,
          detail: 'Send a valid token as Authorization: Bearer TOKEN.',
          code: 'unauthorized',
        },
        challenge: 'Bearer',
      });
    }
  });
});

test.each([...forAdmin, ...forOperators])('%s is not allowed with a source key', async (route) => {
  const before = port.desk.engine.board().revision;
  const { status, body } = await call(route, own.key);
  expect({ status, code: body.code }).toEqual({ status: 403, code: 'not_allowed' });
  expect(port.desk.engine.board().revision).toBe(before);
});

test.each(forSources)('%s is open to a source key', async (route) => {
  expect([401, 403]).not.toContain((await call(route, own.key)).status);
});

test('the key of a person opens exactly the routes of the role', async () => {
  const wrong: string[] = [];
  const port = await Port.open(); // its operators, sources and people are changed
  await port.source('VK');
  const operator_id = await port.desk.operator('Вера');
  await port.call('POST', '/people', { body: { name: 'somebody', role: 'viewer' } });
  for (const role of personRoles) {
    const person = await port.call('POST', '/people', { body: { name: role, role, ...(role === 'operator' && { operator_id }) } });
    const { body } = await port.call('POST', `/people/${person.body.id}/keys`);
    for (const route of [...forSources, ...forAdmin, ...forOperators].filter((one) => !forOneself.includes(one))) {
      const answer = await callOn(port, route, body.key);
      if ((answer.status !== 403) !== whose[role](route)) wrong.push(`${role}: ${route} is ${answer.status}`);
    }
  }
  await port.close();
  expect(wrong).toEqual([]);
});

test('an unknown path or method is 401 without a token and 404 with one', async () => {
  for (const route of [
    'GET /nowhere',
    'PUT /contacts',
    'POST /nowhere',
    'DELETE /contacts/1',
    'GET /contacts/%ff',
    `GET /contacts/${'9'.repeat(200)}`,
    'GET /',
  ]) {
    expect((await call(route, null)).status).toBe(401);
    for (const token of [own.key, ADMIN_TOKEN]) {
      const { status, body } = await call(route, token);
      expect({ status, code: body.code }).toEqual({ status: 404, code: 'not_found' });
    }
  }
});

test('an unknown path is 404 whatever is sent', async () => {
  for (const headers of [{ 'content-type': 'text/plain' }, { 'content-type': 'application/json' }]) {
    expect((await port.call('POST', '/nowhere', { raw: 'not JSON', headers })).status).toBe(404);
  }
});

test('a route without access configuration serves the admin only', async () => {
  const statuses = [null, own.key, ADMIN_TOKEN].map(async (token) => (await port.call('GET', '/undeclared', { token })).status);
  expect(await Promise.all(statuses)).toEqual([401, 403, 200]);
});

test('every 401 has the same bytes', async () => {
  const variants = [
    '',
    'Authorization: \r\n',
    'Authorization: Bearer\r\n',
    'Authorization: Bearer \r\n',
    'Authorization: Basic YTpi\r\n',
    `Authorization: Bearer ${own.key}x\r\n`,
  ]
    .concat([
      `Authorization: ${ADMIN_TOKEN}\r\n`,
      `Authorization: Bearer ${ADMIN_TOKEN} x\r\n`,
      'Authorization: Bearer ü\r\n',
      `Authorization: Bearer ${'x'.repeat(4000)}\r\n`,
    ])
    .concat([`Authorization: Bearer wrong\r\nAuthorization: Bearer ${ADMIN_TOKEN}\r\n`]);
  const answers = new Set<string>();
  for (const target of ['GET /contacts', 'GET /nowhere', 'GET /sources/1']) {
    for (const header of variants) {
      const answer = await port.raw(`${target} HTTP/1.1\r\nHost: 127.0.0.1:${port.port}\r\n${header}Connection: close\r\n\r\n`);
      answers.add(answer.replace(/Date: .*\r\n/i, ''));
    }
  }
  expect([...answers]).toEqual([expect.stringMatching(/^HTTP\/1\.1 401 /)]);
});

test('the scheme is Bearer in any case', async () => {
  for (const scheme of ['Bearer', 'bearer', 'BEARER']) {
    expect((await port.call('GET', '/operators', { token: null, headers: { authorization: `${scheme} ${ADMIN_TOKEN}` } })).status).toBe(200);
  }
});

describe('a source key', () => {
  test('reaches only its own source', async () => {
    const mine = (await port.call('POST', '/contacts', { token: own.key, body: { external_id: 'a' } })).body;
    const theirs = (await port.call('POST', '/contacts', { token: other.key, body: { external_id: 'b' } })).body;
    const codes = async (...calls: [string, string, unknown?][]) => {
      const answers = await Promise.all(calls.map(([method, path, body]) => port.call(method, path, { token: own.key, body })));
      return answers.map(({ status, body }) => `${status} ${body.code ?? ''}`.trim());
    };
    expect(
      await codes(
        ['GET', `/contacts/${mine.id}`],
        ['GET', `/contacts/${theirs.id}`],
        ['POST', `/contacts/${theirs.id}/close`],
        ['GET', `/contacts?source_id=${own.source_id}`],
        ['GET', `/contacts?source_id=${other.source_id}`],
        ['POST', '/contacts', { source_id: own.source_id, external_id: 'c' }],
        ['POST', '/contacts', { source_id: other.source_id, external_id: 'c' }],
        ['POST', '/contacts', { source_id: other.source_id }],
        ['POST', '/contacts', { source_id: 99, external_id: 'c' }],
      ),
    ).toEqual(['200', '404 not_found', '404 not_found', '200', '403 other_source', '201', '403 other_source', '403 other_source', '403 other_source']);
    const list = (await port.call('GET', '/contacts', { token: own.key })).body.items;
    expect(list.length).toBeGreaterThan(0);
    expect(list.every((contact: { source_id: number }) => contact.source_id === own.source_id)).toBe(true);
    expect((await port.call('GET', `/contacts/${theirs.id}`)).body.status).toBe('assigned');
  });

  test('closes its own contacts; twice is harmless', async () => {
    const { id } = (await port.call('POST', '/contacts', { token: own.key, body: { external_id: 'd' } })).body;
    const first = await port.call('POST', `/contacts/${id}/close`, { token: own.key });
    const second = await port.call('POST', `/contacts/${id}/close`, { token: own.key });
    expect([first.status, first.body.status, second.status]).toEqual([200, 'closed', 200]);
    expect(second.body).toEqual(first.body);
  });

  test('works next to a second one, and stops when it is revoked or its source is archived', async () => {
    const { source_id, key } = await port.source('rotating');
    const added = await port.call('POST', `/sources/${source_id}/keys`);
    expect({ status: added.status, location: added.headers.get('location') }).toEqual({
      status: 201,
      location: `/sources/${source_id}/keys/${added.body.id}`,
    });
    const status = async (token: string) => (await port.call('GET', '/contacts', { token })).status;
    expect([await status(key), await status(added.body.api_key)]).toEqual([200, 200]);
    const third = await port.call('POST', `/sources/${source_id}/keys`);
    expect([third.status, third.body.code]).toEqual([409, 'too_many_keys']);

    const first = (await port.call('GET', `/sources/${source_id}`)).body.keys[0].id;
    const revoked = await port.call('DELETE', `/sources/${source_id}/keys/${first}`);
    expect([revoked.status, revoked.body]).toEqual([204, '']);
    expect((await port.call('DELETE', `/sources/${source_id}/keys/${first}`)).status).toBe(404);
    expect([await status(key), await status(added.body.api_key)]).toEqual([401, 200]);

    expect((await port.call('DELETE', `/sources/${source_id}`)).body).toMatchObject({ id: source_id, is_archived: true, keys: [] });
    expect(await status(added.body.api_key)).toBe(401);
  });
});
