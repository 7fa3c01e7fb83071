import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { Port } from '#intake/testing/port.ts';
import { proofOf } from '#shared/session-proof.ts';

const PASSWORD = 'correct horse battery staple';

let port: Port;
beforeAll(async () => {
  port = await Port.open();
  await port.source('bot');
});
afterAll(() => port.close());

const add = async (name: string, role = 'supervisor') => (await port.call('POST', '/people', { body: { name, role } })).body;
const tokenOf = ({ invite_url }: { invite_url: string }) => new URL(invite_url).searchParams.get('invite') ?? '';
const signIn = (body: object, headers?: Record<string, string>) => port.call('POST', '/sessions', { token: null, body, ...(headers && { headers }) });

test('a person is added with a link under the host name of the request, renamed, and removed', async () => {
  const { status, body, headers } = await port.call('POST', '/people', { body: { name: ' Анна ', role: 'supervisor' } });
  expect({ status, location: headers.get('location'), body }).toEqual({
    status: 201,
    location: `/people/${body.id}`,
    body: {
      id: body.id,
      name: 'Анна',
      role: 'supervisor',
      operator_id: null,
      has_password: false,
      invited_until: '2026-11-23T09:15:00.000Z',
      keys: [],
      created_at: '2026-11-22T09:15:00.000Z',
      invite_url: expect.stringMatching(new RegExp(`^http://127\\.0\\.0\\.1:${port.port}/console/\\?invite=sw_[\\w-]{43}$`)),
    },
  });
  const path = `/people/${body.id}`;
  expect((await port.call('PATCH', path, { body: { name: 'Анна П.', role: 'administrator' } })).body).toMatchObject({ name: 'Анна П.', role: 'administrator' });
  expect((await port.call('GET', path)).body).not.toHaveProperty('invite_url');
  expect((await port.call('GET', '/people')).body.items).toMatchObject([{ id: body.id, name: 'Анна П.' }]);
  expect((await port.call('DELETE', path)).status).toBe(204);
  for (const method of ['GET', 'DELETE']) expect((await port.call(method, path)).body).toMatchObject({ status: 404, code: 'not_found' });
  expect((await port.call('GET', '/people')).body.items).toEqual([]);
});

test.each([
  [{ name: '', role: 'supervisor' }, '/name'],
  [{ name: 'Борис' }, '/role'],
  [{ name: 'Борис', role: 'owner' }, '/role'],
])('what is missing or wrong is named: %j', async (body, path) => {
  const answer = await port.call('POST', '/people', { body });
  expect(answer.body).toMatchObject({ status: 422, code: 'validation_failed', errors: [{ path }] });
});

test('two people cannot have names that look the same', async () => {
  await add('Вера');
  expect((await port.call('POST', '/people', { body: { name: 'вера', role: 'supervisor' } })).body).toMatchObject({ status: 409, code: 'name_taken' });
});

test('an invitation is accepted with a password, which must have ten characters; then name and password open sessions', async () => {
  const made = await add('Глеб');
  const invitation = tokenOf(made);
  expect((await signIn({ invitation, password: 'too short' })).body).toMatchObject({ status: 422, code: 'validation_failed' });
  const accepted = await signIn({ invitation, password: PASSWORD });
  expect(accepted).toMatchObject({
    status: 201,
    body: { id: expect.any(Number), secret: expect.stringMatching(/^[0-9a-f]{64}$/), device: expect.any(String) },
  });
  expect(accepted.headers.get('cache-control')).toBe('no-store');
  const opened = await signIn({ name: 'глеб', password: PASSWORD });
  const host = `127.0.0.1:${port.port}`;
  expect(port.sessions.isOpenedBy(opened.body.id, proofOf(opened.body.secret, 'c', host), { challenge: 'c', host })).toBe(true);
  expect((await port.call('GET', '/sessions')).body.items.map(({ person }: { person: string }) => person)).toEqual(['Глеб', 'Глеб']);
  expect((await signIn({ name: 'Глеб', password: `${PASSWORD}!` })).body).toMatchObject({ status: 401, code: 'sign_in_failed' });
  expect((await signIn({ invitation, password: PASSWORD })).body).toMatchObject({ status: 401, code: 'sign_in_failed' });
});

test('a web page of another origin cannot sign anybody in', async () => {
  const foreign = await signIn({ name: 'Глеб', password: PASSWORD }, { origin: 'http://evil.example' });
  expect(foreign.body).toMatchObject({ status: 403, code: 'foreign_origin' });
  const form = await port.call('POST', '/sessions', {
    token: null,
    raw: `{"name":"Глеб","password":"${PASSWORD}"}`,
    headers: { 'content-type': 'text/plain' },
  });
  expect(form.body).toMatchObject({ status: 415 });
});

test('after five wrong passwords further attempts have to wait, which the answer says', async () => {
  await add('Дарья');
  port.desk.now += 3_600_000; // earlier failures from this address are forgotten
  const answers = [];
  for (let n = 0; n < 6; n++) answers.push(await signIn({ name: 'Дарья', password: `guess ${n}` }));
  const last = answers.at(-1);
  expect(answers.slice(0, 5).map(({ status }) => status)).toEqual([401, 401, 401, 401, 401]);
  expect({ status: last?.status, code: last?.body.code, wait: last?.headers.get('retry-after') }).toEqual({ status: 429, code: 'rate_limited', wait: '1' });
  port.desk.now += 3_600_000;
});

describe('a key of a person', () => {
  const keyOf = async (role: string, name: string) => {
    const { id } = await add(name, role);
    const made = await port.call('POST', `/people/${id}/keys`);
    return { id, key_id: made.body.id, key: made.body.key as string };
  };

  test('has the rights of the role: a supervisor’s changes weights, and neither people nor leads’ data', async () => {
    const { id, key } = await keyOf('supervisor', 'Ева');
    const before = port.desk.engine.board().revision;
    const as = (method: string, path: string, body?: object) => port.call(method, path, { token: key, ...(body && { body }) });
    expect((await as('GET', '/operators')).status).toBe(200);
    expect((await as('PUT', '/operators/1/competences/1', { weight: 7 })).status).toBe(200);
    expect(port.desk.engine.board().revision).toBe(before + 1);
    const refused = [await as('GET', '/people'), await as('POST', '/leads/1/erase'), await as('POST', '/console-links'), await as('DELETE', `/people/${id}`)];
    for (const { status, body } of refused) expect({ status, code: body.code }).toEqual({ status: 403, code: 'not_allowed' });
    expect(new Set(refused.map(({ body }) => JSON.stringify(body))).size, 'the same bytes, whatever exists').toBe(1);
    const rows = port.desk.rows<{ actor: string }>('SELECT actor FROM journal ORDER BY revision DESC LIMIT 1');
    expect(rows).toEqual([{ actor: `person:${id}` }]);
  });

  test('a viewer’s reads everything and changes nothing', async () => {
    const { key } = await keyOf('viewer', 'Павел');
    const before = port.desk.engine.board().revision;
    for (const path of ['/operators', '/contacts', '/leads', '/sources', '/competences', '/schedules'])
      expect((await port.call('GET', path, { token: key })).status, path).toBe(200);
    const refused = [
      await port.call('POST', '/contacts', { token: key, body: { source_id: 1, phone: '+79001112233' } }),
      await port.call('POST', '/contacts/1/close', { token: key }),
      await port.call('PUT', '/operators/1/competences/1', { token: key, body: { weight: 7 } }),
      await port.call('POST', '/operators', { token: key, body: { name: 'Нина' } }),
    ];
    for (const { status, body } of refused) expect({ status, code: body.code }).toEqual({ status: 403, code: 'not_allowed' });
    expect(port.desk.engine.board().revision).toBe(before);
  });

  test('an administrator’s may do what the admin token may', async () => {
    const { key } = await keyOf('administrator', 'Жанна');
    expect((await port.call('GET', '/people', { token: key })).status).toBe(200);
  });

  test('is made and revoked by the person, not for others; it ends at once', async () => {
    const [one, two] = [await keyOf('supervisor', 'Зоя'), await keyOf('supervisor', 'Инна')];
    expect((await port.call('POST', `/people/${two.id}/keys`, { token: one.key })).body).toMatchObject({ status: 403, code: 'not_allowed' });
    expect((await port.call('DELETE', `/people/${two.id}/keys/${two.key_id}`, { token: one.key })).status).toBe(403);
    const second = await port.call('POST', `/people/${one.id}/keys`, { token: one.key });
    expect(second.status).toBe(201);
    expect((await port.call('GET', `/people/${one.id}`)).body.keys).toEqual([
      { id: one.key_id, hint: one.key.slice(-4), created_at: expect.any(String) },
      { id: second.body.id, hint: second.body.key.slice(-4), created_at: expect.any(String) },
    ]);
    expect((await port.call('DELETE', `/people/${one.id}/keys/${one.key_id}`, { token: second.body.key })).status).toBe(204);
    expect((await port.call('GET', '/operators', { token: one.key })).status).toBe(401);
    expect((await port.call('DELETE', `/people/${one.id}/keys/${one.key_id}`)).body).toMatchObject({ status: 404, code: 'not_found' });
  });

  test('reaches the sessions of its person alone', async () => {
    const { id, key } = await keyOf('supervisor', 'Клара');
    const others = port.sessions.openFor(id + 1000, { host: '', user_agent: 'other' }).id;
    const own = port.sessions.openFor(id, { host: '', user_agent: 'own' }).id;
    expect((await port.call('GET', '/sessions', { token: key })).body.items.map((one: { id: number }) => one.id)).toEqual([own]);
    expect((await port.call('DELETE', `/sessions/${others}`, { token: key })).body).toMatchObject({ status: 404, code: 'not_found' });
    expect((await port.call('DELETE', `/sessions/${own}`, { token: key })).status).toBe(204);
  });

  test('no more than ten are live at a time', async () => {
    const { id } = await keyOf('supervisor', 'Лев');
    for (let n = 1; n < 10; n++) await port.call('POST', `/people/${id}/keys`);
    expect((await port.call('POST', `/people/${id}/keys`)).body).toMatchObject({ status: 409, code: 'too_many_keys' });
  });
});
