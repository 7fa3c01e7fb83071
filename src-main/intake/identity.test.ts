import { describe, expect, onTestFinished, test } from 'vitest';
import { fingerprint } from '#engine/contacts/fingerprint.ts';
import { ADMIN_TOKEN, Port } from './testing/port.ts';

async function scene() {
  const port = await Port.open();
  onTestFinished(() => port.close());
  const bot = await port.source('Bot', 100);
  const submit = (body: object, headers: Record<string, string> = {}) => port.call('POST', '/contacts', { token: bot.key, body, headers });
  const leadOf = async (body: object): Promise<number> => (await submit(body)).body.lead_id as number;
  const find = async (query: string): Promise<number[]> =>
    ((await port.call('GET', `/leads?${query}`, { token: ADMIN_TOKEN })).body.items as { id: number }[]).map(({ id }) => id);
  return { port, submit, leadOf, find };
}

describe('the same person is one lead:', () => {
  test.each([
    ['375291234567', '+375 29 123-45-67'],
    ['4791234567', '+47 912 34 567'],
    ['5215512345678', '+525512345678'],
    ['551187654321', '+55 11 98765-4321'],
    ['+54 9 11 2345-6789', '541123456789'],
    ['+54 11 2345-6789', '+54 9 11 2345-6789'],
    ['22997123456', '+229 01 97 12 34 56'],
    ['79001234567@s.whatsapp.net', '8 (900) 123-45-67'],
    ['8 495 222-33-44 доб. 12', '+74952223344;ext=12'],
  ])('%s and %s', async (one, other) => {
    const { leadOf } = await scene();
    expect(await leadOf({ phone: other })).toBe(await leadOf({ phone: one }));
  });

  test.each([
    [{ phone: '8 495 222-33-44 доб. 12' }, { phone: '8 495 222-33-44 доб. 13' }],
    [{ phone: '8 495 222-33-44 доб. 12' }, { phone: '8 495 222-33-44' }],
    [{ phone: '4951234567' }, { phone: '+4951234567' }],
    [
      { external_id: 'a', phone: '1234567890' },
      { external_id: 'b', phone: '1234567890' },
    ],
    [
      { external_id: 'a', phone: '+7 (123) 456-78-90' },
      { external_id: 'b', phone: '+7 (123) 456-78-90' },
    ],
  ])('but %j and %j are two people', async (one, other) => {
    const { leadOf } = await scene();
    expect(await leadOf(other)).not.toBe(await leadOf(one));
  });

  test('two numbers in one field both identify, also later and separately', async () => {
    const { leadOf } = await scene();
    const lead = await leadOf({ phone: '8 900 123-45-67, 8 900 123-45-68' });
    expect([await leadOf({ phone: '89001234568' }), await leadOf({ phone: '89001234567' })]).toEqual([lead, lead]);
  });

  test('text that was not read is kept as given, and named in a warning', async () => {
    const { submit } = await scene();
    const { status, body } = await submit({ external_id: 'a', phone: '8 495 222-33-44 1234', email: 'anna@example.com.' });
    expect([status, body.attributes, body.warnings, body.lead.email]).toEqual([
      201,
      { phone: '8 495 222-33-44 1234' },
      ['phone could not be normalised and is kept in attributes'],
      'anna@example.com',
    ]);
    expect((await submit({ phone: '4951234567' })).body.warnings).toEqual([
      'ambiguous_phone: read as +74951234567; with a plus in front it would be +4951234567',
    ]);
  });
});

test('a query finds a lead by an identifier with an unencoded plus', async () => {
  const { leadOf, find } = await scene();
  const lead = await leadOf({ external_id: 'tg+77', phone: '+375291110001', email: 'anna+bot@example.org' });
  const german = await leadOf({ phone: '+4951234567' });
  const moscow = await leadOf({ phone: '4951234567' });
  const queries = [
    'phone=+375291110001',
    'phone=%2B375291110001',
    'email=anna+bot@example.org',
    'email=anna%2Bbot@example.org',
    'external_id=tg+77',
    'phone=375291110001',
  ];
  expect(await Promise.all(queries.map(find))).toEqual(queries.map(() => [lead]));
  expect([await find('phone=+4951234567'), await find('phone=4951234567'), await find('email=+')]).toEqual([[german], [moscow], []]);
});

describe('what an earlier version stored', () => {
  /** A lead with an identifier as it was written to the database then. */
  async function stored(kind: string, value: string) {
    const all = await scene();
    const lead = await all.leadOf({ external_id: 'old' });
    const { connection } = all.port.desk.engine.read.store;
    connection.prepare('INSERT INTO lead_identifiers (kind, value, lead_id, created_at) VALUES (?, ?, ?, 1)').run(kind, value, lead);
    return { ...all, lead };
  }

  test.each([
    ['phone', '+74791234567', '4791234567', '+4791234567'],
    ['phone', '+5215512345678', '+52 1 55 1234 5678', '+525512345678'],
    ['email', 'i̇van@example.com', 'İVAN@example.com', 'ivan@example.com'],
    ['email', 'anna@example.xn--net-7m0a', 'anna@example.net\u200b', 'anna@example.net'],
    ['external_id', '\u202atg-77\u202c', '\u202atg-77\u202c', 'tg-77'],
  ])('is found: %s %s by %j, and afterwards by %s', async (kind, value, text, normal) => {
    const { leadOf, find, lead } = await stored(kind, value);
    expect(await find(`${kind}=${encodeURIComponent(value)}`)).toEqual([lead]);
    expect([await leadOf({ [kind]: text }), await leadOf({ [kind]: normal })]).toEqual([lead, lead]);
  });

  test('is found by a query even if it no longer identifies', async () => {
    const { find, lead, leadOf } = await stored('phone', '+71234567890');
    expect([await find('phone=%2B71234567890'), await find('phone=1234567890')]).toEqual([[lead], [lead]]);
    expect(await leadOf({ external_id: 'new', phone: '1234567890' })).not.toBe(lead);
  });

  test('an idempotency key of an earlier version is compared by the rules of its time', async () => {
    const { submit, port } = await scene();
    const key = { 'idempotency-key': 'k1' };
    const first = await submit({ phone: '8 900 123-45-67', name: 'Анна' }, key);
    const identifiers = [{ kind: 'phone', value: '+79001234567' }];
    const meaning = fingerprint({ source_id: 1, identifiers, unusable: [], name: 'Анна', message: null, attributes: {} });
    port.desk.engine.read.store.connection
      .prepare('UPDATE contacts SET fingerprint = ? WHERE id = ?')
      .run(Buffer.concat([Uint8Array.of(2), meaning, new Uint8Array(32)]), first.body.id);
    const again = await submit({ name: 'Анна', phone: '+79001234567' }, key);
    expect([again.status, again.body.id]).toEqual([200, first.body.id]);
    expect((await submit({ name: 'Анна', phone: '+79001234568' }, key)).body.code).toBe('idempotency_key_reused');
  });
});
