import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { handInRefusedContact } from '#engine/contacts/hand-in-again.ts';
import { value } from '#engine/testing/desk.ts';
import { refusedContact, refusedContacts } from '#engine/views/queries.ts';
import { Port } from '#intake/testing/port.ts';
import { SERVED_AT_ONCE } from '#intake/waiting-room.ts';
import { keptRefusals, type ProblemCode, problems } from '#shared/contract/problems.ts';

let port: Port;
let bot: Awaited<ReturnType<Port['source']>>;
beforeEach(async () => {
  port = await Port.open();
  bot = await port.source('bot', 2);
});
afterEach(() => port.close());

const submit = (body: unknown, headers: Record<string, string> = {}, token = bot.key) => port.call('POST', '/contacts', { token, body, headers });
const refusals = () => value(refusedContacts(port.desk.engine.read, { limit: 100 })).items.map(({ id }) => value(refusedContact(port.desk.engine.read, id)));

describe('POST /contacts', () => {
  test('answers 201 with the contact, its operator and its lead', async () => {
    const { status, body, headers } = await submit({
      external_id: ' tg-77 ',
      phone: '8 (900) 123-45-67',
      name: 'Борис',
      message: 'Перезвоните',
      attributes: { page: '/price', n: 3, vip: true, ref: null },
      unknown: 'ignored',
    });
    expect(status).toBe(201);
    expect(headers.get('location')).toBe('/contacts/1');
    expect(headers.get('content-type')).toBe('application/json; charset=utf-8');
    expect(headers.get('cache-control')).toBe('no-store');
    expect(headers.get('x-content-type-options')).toBe('nosniff');
    expect(headers.get('idempotent-replayed')).toBeNull();
    expect(body).toEqual({
      id: 1,
      source_id: bot.source_id,
      lead_id: 1,
      operator_id: bot.operator_id,
      status: 'assigned',
      created_at: '2026-11-22T09:15:00.000Z',
      assigned_at: '2026-11-22T09:15:00.000Z',
      closed_at: null,
      accept_by: null,
      accepted_at: null,
      outcome: null,
      note: null,
      message: 'Перезвоните',
      attributes: { page: '/price', n: 3, vip: true, ref: null },
      operator: { id: bot.operator_id, name: 'operator of bot' },
      lead: { id: 1, external_id: 'tg-77', phone: '+79001234567', email: null, name: 'Борис', operator_id: bot.operator_id, created: true },
      waiting_reason: null,
      next_at: null,
      returned: 0,
      cost: 1,
      messages: 0,
      owner_id: null,
      target_at: '2026-11-22T09:15:20.000Z',
      opens_at: null,
      warnings: [],
    });
    expect((await port.call('GET', '/contacts/1', { token: bot.key })).body).toEqual(body);
  });

  test('answers 201 also for a waiting contact, with the reason', async () => {
    await submit({ external_id: 'a' });
    await submit({ external_id: 'b' });
    const { status, body } = await submit({ external_id: 'c' });
    expect(status).toBe(201);
    expect(body).toMatchObject({ status: 'waiting', operator_id: null, operator: null, assigned_at: null, waiting_reason: 'all_full' });
  });

  test('accepts the source from the admin', async () => {
    const { status, body } = await port.call('POST', '/contacts', { body: { source_id: bot.source_id, external_id: 'a' } });
    expect([status, body.source_id]).toEqual([201, bot.source_id]);
  });

  test('requires the source from the admin', async () => {
    for (const body of [{ external_id: 'a' }, { external_id: 'a', source_id: null }]) {
      const answer = await port.call('POST', '/contacts', { body });
      expect(answer.status).toBe(422);
      expect(answer.body).toMatchObject({ code: 'validation_failed', errors: [{ path: '/source_id', message: 'is needed with the admin token' }] });
    }
    const unknown = await port.call('POST', '/contacts', { body: { external_id: 'a', source_id: 99 } });
    expect([unknown.status, unknown.body.code]).toEqual([404, 'not_found']);
    expect(refusals()).toEqual([]);
  });

  test.each(['/contacts/', '//contacts', '///contacts//', '//contacts?x=1'])('is the same as %s', async (path) => {
    expect((await port.call('POST', path, { token: bot.key, body: { external_id: 'a' } })).status).toBe(201);
  });
});

test('storing a refused contact waits for its turn like any other write', async () => {
  const { engine } = port.desk;
  const takeIn = engine.takeIn.bind(engine);
  const begun: (() => void)[] = [];
  vi.spyOn(engine, 'takeIn').mockImplementation(async (...command) => {
    await new Promise<void>((begin) => begun.push(begin));
    return await takeIn(...command);
  });
  const turns = async () => {
    for (let i = 0; i < 100; i++) await new Promise((resolve) => setImmediate(resolve));
  };
  const others = Array.from({ length: SERVED_AT_ONCE }, () => port.call('POST', '/contacts', { body: { source_id: bot.source_id, external_id: 'a' } }));
  while (begun.length < SERVED_AT_ONCE) await turns();
  const misfit = submit({ name: 7 });
  await turns();
  expect(begun).toHaveLength(SERVED_AT_ONCE);
  begun[0]?.();
  while (begun.length === SERVED_AT_ONCE) await turns();
  for (const begin of begun) begin();
  expect([(await misfit).status, refusals().length]).toEqual([422, 1]);
  expect((await Promise.all(others)).map(({ status }) => status)).toEqual(others.map(() => 201));
});

describe('an Idempotency-Key', () => {
  test('makes one contact of many attempts', async () => {
    const first = await submit({ external_id: 'a', message: 'hello' }, { 'idempotency-key': 'k-1' });
    const again = await submit({ message: 'hello', external_id: 'a' }, { 'idempotency-key': 'k-1' });
    expect([first.status, again.status]).toEqual([201, 200]);
    expect(again.body).toEqual(first.body);
    expect(again.headers.get('idempotent-replayed')).toBe('true');
    expect(again.headers.get('location')).toBe('/contacts/1');
    const asAdmin = await port.call('POST', '/contacts', {
      body: { source_id: bot.source_id, external_id: 'a', message: 'hello' },
      headers: { 'idempotency-key': 'k-1' },
    });
    expect([asAdmin.status, asAdmin.body.id]).toEqual([200, 1]);
    expect((await port.call('GET', '/contacts')).body.items).toHaveLength(1);
  });

  test('makes one contact of many simultaneous attempts', async () => {
    const answers = await Promise.all(Array.from({ length: 20 }, () => submit({ external_id: 'a' }, { 'idempotency-key': 'k-1' })));
    expect(answers.filter(({ status }) => status === 201)).toHaveLength(1);
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(19);
    expect(new Set(answers.map(({ body }) => body.id))).toEqual(new Set([1]));
  });

  test('with another body is refused, and nothing is stored', async () => {
    await submit({ external_id: 'a' }, { 'idempotency-key': 'k-1' });
    for (const body of [{ external_id: 'b' }, { external_id: 'a', message: 'x' }, { external_id: 'a', attributes: { a: 1 } }]) {
      const answer = await submit(body, { 'idempotency-key': 'k-1' });
      expect([answer.status, answer.body.code]).toEqual([422, 'idempotency_key_reused']);
    }
    expect(port.desk.engine.board().refused).toBe(0);
  });

  test('with another body that is shortened to the same contact is also refused', async () => {
    const long = (end: string) => ({ external_id: 'a', message: `${'x'.repeat(16_000)} order ${end}` });
    const answers = [await submit(long('1'), { 'idempotency-key': 'k-1' }), await submit(long('1'), { 'idempotency-key': 'k-1' })];
    expect(answers.map(({ status }) => status)).toEqual([201, 200]);
    const other = await submit(long('2'), { 'idempotency-key': 'k-1' });
    expect([other.status, other.body.code]).toEqual([422, 'idempotency_key_reused']);
  });

  test('of another source is another key', async () => {
    const other = await port.source('other');
    await submit({ external_id: 'a' }, { 'idempotency-key': 'k-1' });
    expect((await submit({ external_id: 'b' }, { 'idempotency-key': 'k-1' }, other.key)).status).toBe(201);
  });

  test('is 1 to 255 visible ASCII characters', async () => {
    for (const key of ['!', '~', 'x'.repeat(255), '"quoted"']) expect((await submit({ external_id: 'a' }, { 'idempotency-key': key })).status).toBe(201);
    for (const key of ['', 'x'.repeat(256), 'a b', 'ключ'.replaceAll(/./g, 'é'), 'a\tb']) {
      const { status, body } = await submit({ external_id: 'a' }, { 'idempotency-key': key });
      expect([status, body.code, body.errors]).toEqual([
        422,
        'validation_failed',
        [{ path: 'Idempotency-Key', message: 'must be 1 to 255 visible ASCII characters' }],
      ]);
    }
    const twice = `POST /contacts HTTP/1.1\r\nHost: 127.0.0.1:${port.port}\r\nAuthorization: Bearer ${bot.key}\r\nContent-Type: application/json\r\n`;
    expect(await port.raw(`${twice}Idempotency-Key: a\r\nIdempotency-Key: b\r\nConnection: close\r\nContent-Length: 19\r\n\r\n{"external_id":"a"}`)).toMatch(
      /^HTTP\/1\.1 422 /,
    );
  });
});

describe('a refused contact', () => {
  test('names errors by JSON Pointer', async () => {
    const { status, body, headers } = await submit({ external_id: true, attributes: { 'a/b~c': { deep: true } } });
    expect(status).toBe(422);
    expect(headers.get('content-type')).toBe('application/problem+json; charset=utf-8');
    expect(body).toEqual({
      type: '/docs#validation_failed',
      title: 'The request does not fit the schema',
      status: 422,
      detail: 'The body does not fit the schema: /external_id must be text.',
      code: 'validation_failed',
      errors: [
        { path: '/external_id', message: 'must be text' },
        { path: '/attributes/a~1b~0c', message: 'must be text, a number, true or false, null' },
      ],
    });
  });

  test.each<[string, unknown]>([
    ['no identifier', {}],
    ['blank identifiers', { external_id: '  ', phone: '', email: null }],
    ['an object for a phone', { phone: { number: '+79001234567' } }],
    ['a NUL', { external_id: 'a\u0000b' }],
    ['a lone surrogate', { external_id: '\ud800' }],
    ['a long message and nobody', { message: 'x'.repeat(16_001) }],
    ['an identifier that is too long', { external_id: 'a'.repeat(256) }],
    ['a list of identifiers', { external_id: ['a', 'b'] }],
    ['a list', [{ external_id: 'a' }]],
    ['a text', 'external_id'],
    ['null', null],
  ])('with %s is stored as sent', async (_, body) => {
    const answer = await submit(body, { 'idempotency-key': 'k-1' });
    expect([answer.status, answer.body.code]).toEqual([422, 'validation_failed']);
    expect(refusals()).toEqual([
      {
        id: 1,
        source_id: bot.source_id,
        refused_at: '2026-11-22T09:15:00.000Z',
        attempts: 1,
        code: 'validation_failed',
        detail: answer.body.detail,
        errors: answer.body.errors,
        payload: body,
        settled_at: null,
        contact_id: null,
      },
    ]);
    expect((await port.call('GET', '/contacts')).body.items).toEqual([]);
    expect((await port.call('GET', '/leads')).body.items).toEqual([]);
  });

  test('is one contact however often it is retried with its key, and settled when a retry succeeds', async () => {
    await submit({ phone: true }, { 'idempotency-key': 'k-1' });
    await submit({ phone: true }, { 'idempotency-key': 'k-1' });
    expect(refusals()).toMatchObject([{ id: 1, attempts: 2 }]);
    expect((await submit({ phone: '89001234567' }, { 'idempotency-key': 'k-1' })).status).toBe(201);
    expect(refusals()).toEqual([]);
  });

  test('is also stored with a malformed key', async () => {
    await submit({ external_id: 'a' }, { 'idempotency-key': 'a b' });
    expect(refusals()).toMatchObject([{ code: 'validation_failed', payload: { external_id: 'a' } }]);
  });

  test('is stored when the source has no competences, and when no identifier can be used', async () => {
    const { body } = await port.call('POST', '/sources', { body: { name: 'bare' } });
    const bare = await submit({ external_id: 'a' }, {}, body.api_key);
    expect([bare.status, bare.body.code]).toEqual([400, 'source_has_no_competences']);
    const unusable = await submit({ phone: '12' });
    expect([unusable.status, unusable.body.code]).toEqual([422, 'no_usable_identifier']);
    expect(refusals().map(({ code, payload }) => ({ code, payload }))).toEqual([
      { code: 'no_usable_identifier', payload: { source_id: bot.source_id, phone: '12' } },
      { code: 'source_has_no_competences', payload: { source_id: body.id, external_id: 'a' } },
    ]);
    expect((await port.call('GET', '/leads')).body.items).toEqual([]);
  });

  test('is stored or not as documented', async () => {
    const bare = await port.call('POST', '/sources', { body: { name: 'bare' } });
    const other = await port.source('other');
    await submit({ external_id: 'a' }, { 'idempotency-key': 'k-1' });
    const answers = [
      await submit({}),
      await submit({ external_id: 'a' }, { 'idempotency-key': 'a b' }),
      await submit({ phone: '12' }),
      await submit({ external_id: 'a' }, {}, bare.body.api_key),
      await submit({ external_id: 'b' }, { 'idempotency-key': 'k-1' }),
      await submit({ external_id: 'a' }, {}, 'sw_nobody'),
      await submit({ external_id: 'a', source_id: other.source_id }),
      await submit({ external_id: 'a', message: 'x'.repeat(270_000) }),
      await port.call('POST', '/contacts', { token: bot.key, raw: '{' }),
      await port.call('POST', '/contacts', { body: { source_id: 99, external_id: 'a' } }),
    ].map(({ body }) => body.code as ProblemCode);
    expect(new Set(answers)).toEqual(new Set([...keptRefusals, 'idempotency_key_reused', 'unauthorized', 'other_source', 'body_too_large', 'not_found']));
    expect(
      refusals()
        .map(({ code }) => code)
        .toReversed(),
    ).toEqual(answers.filter((code) => keptRefusals.includes(code)));
    const { info, paths } = (await port.call('GET', '/openapi.json')).body;
    for (const code of keptRefusals) {
      expect(info.description).toContain(`\`${problems[code].status} ${code}\``);
      expect(paths['/contacts'].post.description).toContain(`\`${code}\``);
    }
  });

  test('is stored for the source that the admin names, if it exists', async () => {
    await port.call('POST', '/contacts', { body: { source_id: bot.source_id } });
    await port.call('POST', '/contacts', { body: { source_id: 99 } });
    await port.call('POST', '/contacts', { body: {} });
    const archived = await port.source('archived');
    await port.call('DELETE', `/sources/${archived.source_id}`);
    await port.call('POST', '/contacts', { body: { source_id: archived.source_id } });
    expect(refusals().map(({ source_id }) => source_id)).toEqual([bot.source_id]);
  });
});

describe('a refused contact that a supervisor has corrected', () => {
  const mend = (id: number, fields: object) => port.desk.do((write) => handInRefusedContact(write, id, fields));

  test.each<[string, string]>([
    ['misfits', '{"phone":"12","name":"Анна"}'],
    ['cannot be read', '{"phone":"12","name":"Анна"'],
    ['is ambiguous', '{"phone":"12","phone":"13","name":"Анна"}'],
  ])('is the answer to a retry of its bot, whose body still %s', async (_, raw) => {
    const send = () => port.call('POST', '/contacts', { token: bot.key, raw, headers: { 'idempotency-key': 'k-1' } });
    expect((await send()).status).toBeGreaterThanOrEqual(400);
    expect(await mend(1, { phone: '13' })).toMatchObject({ ok: false, problem: { code: 'no_usable_identifier' } });
    expect(refusals()).toMatchObject([{ attempts: 2, code: 'no_usable_identifier' }]);
    const contact = value(await mend(1, { phone: '8 900 123-45-67' }));
    expect(contact.lead).toMatchObject({ phone: '+79001234567', name: 'Анна' });
    expect(refusals()).toEqual([]);
    const again = await send();
    expect([again.status, again.headers.get('idempotent-replayed'), again.body.id]).toEqual([200, 'true', contact.id]);
    expect(refusals()).toEqual([]);
    const settled = port.desk.rows<{ data: string }>("SELECT data FROM journal WHERE kind = 'refused_contact_settled'");
    expect(settled.map(({ data }) => JSON.parse(data))).toEqual([{ refused_contact_id: 1, contact_id: contact.id, is_mended: true }]);
  });

  test('that was resubmitted unchanged does not count as corrected', async () => {
    const { body } = await port.call('POST', '/sources', { body: { name: 'bare' } });
    await submit({ external_id: 'a' }, {}, body.api_key);
    await port.desk.weights(body.id, { [bot.operator_id]: 1 });
    value(await mend(1, {}));
    const settled = port.desk.rows<{ data: string }>("SELECT data FROM journal WHERE kind = 'refused_contact_settled'");
    expect(settled.map(({ data }) => JSON.parse(data))).toEqual([{ refused_contact_id: 1, contact_id: 1 }]);
  });
});

describe('a body with many errors', () => {
  const attributes = (count: number) => Object.fromEntries(Array.from({ length: count }, (_, i) => [`a${i.toString(36)}`, []]));

  test('is answered and stored with the first twenty errors and the number of the others', async () => {
    const { status, body } = await submit({ attributes: attributes(100) });
    expect([status, body.errors.length]).toEqual([422, 21]);
    expect(body.errors[0]).toEqual({ path: '/attributes/a0', message: 'must be text, a number, true or false, null' });
    expect(body.errors[20]).toEqual({ path: '', message: 'and 80 more' });
    expect(refusals()[0]?.errors).toEqual(body.errors);
  });

  test('is not examined in detail when it has more attributes than allowed', async () => {
    const { body } = await submit({ attributes: attributes(6000) });
    expect(body.errors).toEqual([{ path: '/attributes', message: 'at most 100 attributes' }]);
    expect(refusals()[0]?.errors).toEqual(body.errors);
    const settings = await port.call('PATCH', `/sources/${bot.source_id}`, { body: { settings: attributes(6000) } });
    expect([settings.status, settings.body.errors]).toEqual([422, [{ path: '/settings', message: 'at most 100 settings' }]]);
  });

  test('is accepted with a hundred attributes', async () => {
    const hundred = Object.fromEntries(Array.from({ length: 100 }, (_, i) => [`a${i}`, i]));
    const { status, body } = await submit({ external_id: 'a', attributes: hundred });
    expect([status, body.attributes]).toEqual([201, hundred]);
  });
});
