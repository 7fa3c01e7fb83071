/** What real bots send along with a valid identifier: it is accepted, kept as given, and named in `warnings`. See docs/input.md. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { value } from '#engine/testing/desk.ts';
import { refusedContact, refusedContacts } from '#engine/views/queries.ts';
import { Port } from '#intake/testing/port.ts';

let port: Port;
let bot: Awaited<ReturnType<Port['source']>>;
beforeAll(async () => {
  port = await Port.open();
  bot = await port.source('bot', 10_000);
  await port.call('PATCH', `/sources/${bot.source_id}`, { body: { settings: { rate_limit_per_second: null } } });
});
afterAll(() => port.close());

interface Taken {
  external_id?: string | null;
  phone?: string | null;
  email?: string | null;
  name?: string | null;
  message?: string | null;
  attributes?: object;
  warnings?: readonly string[];
}

let count = 0;
/** Submits the body beside an identifier of its own, if it has none. Undefined fields of the expectation are not looked at. */
async function taken(body: object | string, headers: Record<string, string> = {}): Promise<Taken & { status: number; code?: string }> {
  const sent = typeof body === 'string' ? { raw: body } : { body };
  const answer = await port.call('POST', '/contacts', { token: bot.key, headers, ...sent });
  const { lead = {}, message, attributes, warnings, code } = answer.body;
  const { external_id, phone, email, name } = lead;
  return { status: answer.status, external_id, phone, email, name, message, attributes, warnings, ...(code && { code }) };
}
const someone = () => ({ external_id: `someone-${++count}` });
const newestRefused = () => {
  const [newest] = value(refusedContacts(port.desk.engine.read, { limit: 1 })).items;
  return newest && value(refusedContact(port.desk.engine.read, newest.id));
};

const kept = 'it is kept in attributes';

describe('an identifier of another type', () => {
  test.each<[string, object, Taken]>([
    ['Telegram’s chat.id', { external_id: 123456789 }, { external_id: '123456789', warnings: [] }],
    ['a group’s negative id', { external_id: -1001234567890 }, { external_id: '-1001234567890', warnings: [] }],
    ['zero', { external_id: 0 }, { external_id: '0', warnings: [] }],
    ['the largest exact number', { external_id: 9007199254740991 }, { external_id: '9007199254740991', warnings: [] }],
    ['a phone as a number', { phone: 79001230001 }, { phone: '+79001230001', warnings: [] }],
    ['a national phone as a number', { phone: 89001230002 }, { phone: '+79001230002', warnings: [] }],
    ['a list of one id', { external_id: ['list-1'] }, { external_id: 'list-1', warnings: [] }],
    ['a list of one phone', { phone: [79001230003] }, { phone: '+79001230003', warnings: [] }],
  ])('%s identifies', async (_, body, expected) => {
    expect(await taken(body)).toMatchObject({ status: 201, ...expected });
  });

  test.each<[string, string, unknown, unknown, string]>([
    ['a phone that is false', 'phone', false, undefined, 'phone was false and counts as not given'],
    ['an e-mail that is an empty list', 'email', [], undefined, 'email was [] and counts as not given'],
    ['a phone that is an empty object', 'phone', {}, undefined, 'phone was {} and counts as not given'],
    ['a phone that is true', 'phone', true, true, `phone is not text: ${kept}`],
    ['an e-mail that is a number', 'email', 17, '17', 'email could not be normalised and is kept in attributes'],
    ['a phone that is an object', 'phone', { number: '+79001234567' }, '{"number":"+79001234567"}', `phone is not text: ${kept}`],
    ['a phone that is a fraction', 'phone', 1.5, 1.5, `phone is not text: ${kept}`],
    ['two e-mails in a list of lists', 'email', [['a@example.com']], '[["a@example.com"]]', `email is not text: ${kept}`],
  ])('%s does not', async (_, field, given, attribute, warning) => {
    expect(await taken({ ...someone(), [field]: given })).toMatchObject({
      status: 201,
      [field]: null,
      attributes: attribute === undefined ? {} : { [field]: attribute },
      warnings: [warning],
    });
  });

  test.each<[string, object, string]>([
    ['an id that is true', { external_id: true }, '/external_id must be text'],
    ['an id that is an object', { external_id: { id: 5 } }, '/external_id must be text'],
    ['a phone that is false', { phone: false }, '/phone must be text'],
    ['several ids in a list', { external_id: ['a', 'b'] }, '/external_id must be text'],
  ])('%s alone is stored as a refused contact', async (_, body, fault) => {
    expect(await taken(body)).toMatchObject({ status: 422, code: 'validation_failed' });
    expect(newestRefused()).toMatchObject({ payload: body, detail: expect.stringContaining(fault) });
  });
});

describe('several identifiers in one field', () => {
  const NOTED = 'phone holds more than was read from it and is kept in attributes';
  const PARTS = `phone is a list with parts that were not used: ${kept}`;
  const numbers = (from: number, count: number) => Array.from({ length: count }, (_, n) => `8 (900) 124-${10 + from}-${10 + n}`);
  const sentence = '8 (900) 125-00-01, звоните после обеда, лучше в будни, или напишите сообщение, пожалуйста';

  test.each<[string, object, Taken]>([
    ['a sentence of more than 64 characters', { phone: sentence }, { phone: '+79001250001', attributes: { phone: sentence }, warnings: [NOTED] }],
    ['six numbers', { phone: numbers(1, 6).join(', ') }, { phone: '+79001241110', attributes: { phone: numbers(1, 6).join(', ') }, warnings: [NOTED] }],
    ['a list with null', { phone: ['89001250002', null] }, { phone: '+79001250002', attributes: { phone: '["89001250002",null]' }, warnings: [PARTS] }],
    ['a list with an object', { phone: [{ a: 1 }, 89001250003] }, { phone: '+79001250003', warnings: [PARTS] }],
    ['a list with a list', { phone: ['89001250004', ['x']] }, { phone: '+79001250004', warnings: [PARTS] }],
    ['a list of more than fits', { phone: numbers(2, 40) }, { phone: '+79001241210', warnings: [PARTS, NOTED] }],
    ['a list as Bitrix24 has it', { phone: [{ ID: '1', VALUE: '89001250005', VALUE_TYPE: 'WORK' }] }, { phone: '+79001250005', warnings: [] }],
    [
      'lists as amoCRM has them',
      { email: [{ value: 'a@example.org', enum_code: 'WORK' }, { value: 'b@example.org' }] },
      { email: 'a@example.org', warnings: [] },
    ],
    ['an address with a note', { email: 'c@example.org (рабочая)' }, { email: 'c@example.org', attributes: { email: 'c@example.org (рабочая)' } }],
  ])('%s identifies, and everything is kept', async (_, body, expected) => {
    expect(await taken(body)).toMatchObject({ status: 201, ...expected });
  });

  test('several external ids do not identify: it is unclear which is meant', async () => {
    expect(await taken({ external_id: [{ value: 'a' }], phone: '89001250006' })).toMatchObject({ external_id: null, phone: '+79001250006' });
  });
});

describe('other fields of another type', () => {
  test.each<[string, object, Taken]>([
    ['attributes that are an empty list', { attributes: [] }, { attributes: {}, warnings: ['attributes was [] and counts as not given'] }],
    ['attributes that are a list', { attributes: ['a', 1] }, { attributes: { attributes: '["a",1]' }, warnings: [`attributes is not an object: ${kept}`] }],
    ['attributes that are a text', { attributes: '{"a":1}' }, { attributes: { attributes: '{"a":1}' }, warnings: [`attributes is not an object: ${kept}`] }],
    [
      'a list in attributes',
      { attributes: { tags: ['a', 'b'] } },
      { attributes: { tags: '["a","b"]' }, warnings: ['attributes/tags is a list and is kept as its JSON'] },
    ],
    [
      'an object in attributes',
      { attributes: { utm: { source: 'vk' } } },
      { attributes: { utm: '{"source":"vk"}' }, warnings: ['attributes/utm is an object and is kept as its JSON'] },
    ],
    ['a name that is a number', { name: 42 }, { name: '42', warnings: [] }],
    ['a name that is false', { name: false }, { name: null, warnings: ['name was false and counts as not given'] }],
    ['a name in parts', { name: { first: 'Анна' } }, { name: null, attributes: { name: '{"first":"Анна"}' }, warnings: [`name is not text: ${kept}`] }],
    ['a message that is a number', { message: 1 }, { message: '1', warnings: [] }],
    ['a message that is a list', { message: ['a'] }, { message: null, attributes: { message: '["a"]' }, warnings: [`message is not text: ${kept}`] }],
    ['a source that is the text of its id', { source_id: '1' }, { warnings: [] }],
    [
      'a source that is no id',
      { source_id: 'landing' },
      { attributes: { source_id: 'landing' }, warnings: [`source_id is not the id of a source and was not used: ${kept}`] },
    ],
    ['a source that is zero', { source_id: 0 }, { attributes: { source_id: 0 }, warnings: [`source_id is not the id of a source and was not used: ${kept}`] }],
    [
      'an own attribute of the same name',
      { phone: true, attributes: { phone: 'home' } },
      { attributes: { phone: 'home', phone_2: true }, warnings: [`phone is not text: ${kept}`] },
    ],
  ])('%s is not a reason to refuse', async (_, body, expected) => {
    expect(await taken({ ...someone(), ...body })).toMatchObject({ status: 201, ...expected });
  });

  test('the source of another key is refused, in any type', async () => {
    const other = await port.source('other');
    for (const source_id of [other.source_id, String(other.source_id), ` ${other.source_id} `])
      expect(await taken({ ...someone(), source_id })).toMatchObject({ status: 403, code: 'other_source' });
  });

  test('an administrator has to name the source', async () => {
    const { status, body } = await port.call('POST', '/contacts', { body: { ...someone(), source_id: 'bot', phone: false } });
    expect([status, body.code]).toEqual([422, 'validation_failed']);
  });
});

describe('more than the limits', () => {
  const long = (length: number, sign = 'я') => sign.repeat(length);

  test.each<[string, object, Taken]>([
    [
      'a name of 201 characters',
      { name: long(201) },
      { name: `${long(199)}…`, attributes: { name: long(201) }, warnings: [`name has more than 200 characters and was shortened: ${kept}`] },
    ],
    [
      'a name of 5,000',
      { name: long(5000) },
      { name: `${long(199)}…`, attributes: { name: `${long(4095)}…` }, warnings: [`name has more than 200 characters and was shortened: ${kept}, shortened`] },
    ],
    [
      'a message of 16,001',
      { message: long(16_001) },
      { message: `${long(15_999)}…`, warnings: ['message has 16,001 characters and was shortened to 16,000'] },
    ],
    [
      'emoji at the cut',
      { message: `${long(15_998)}😀😀😀` },
      { message: `${long(15_998)}😀…`, warnings: ['message has 16,001 characters and was shortened to 16,000'] },
    ],
    [
      'an attribute of 4,097',
      { attributes: { a: long(4097) } },
      { attributes: { a: `${long(4095)}…` }, warnings: ['attributes/a has more than 4096 characters and was shortened'] },
    ],
    [
      'a large object as an attribute',
      { attributes: { a: [long(5000, 'x')] } },
      {
        attributes: { a: `["${long(4093, 'x')}…` },
        warnings: ['attributes/a is a list and is kept as its JSON', 'attributes/a has more than 4096 characters and was shortened'],
      },
    ],
    [
      'an attribute’s name of 101',
      { attributes: { [long(101, 'k')]: 1 } },
      { attributes: { more_attributes: `{"${long(101, 'k')}":1}` }, warnings: ['attributes 1 of 1 do not fit: they are kept in more_attributes'] },
    ],
    [
      'a phone of 501',
      { phone: long(501, '1') },
      { phone: null, attributes: { phone: long(501, '1') }, warnings: [`phone has more than 500 characters and was not used: ${kept}`] },
    ],
    [
      'an e-mail of 501',
      { email: `${long(496, 'a')}@b.ru` },
      { email: null, attributes: { email: `${long(496, 'a')}@b.ru` }, warnings: [`email has more than 500 characters and was not used: ${kept}`] },
    ],
    [
      'an external id of 256 beside a phone',
      { external_id: long(256, 'x'), phone: '+79001239999' },
      { phone: '+79001239999', attributes: { external_id: long(256, 'x') }, warnings: [`external_id has more than 255 characters and was not used: ${kept}`] },
    ],
    ['blanks around a phone', { phone: `+79001238888${long(80, ' ')}` }, { phone: '+79001238888', warnings: [] }],
    ['a field that nobody reads', { utm: long(70_000, 'x') }, { warnings: [] }],
  ])('%s is not a reason to refuse', async (_, body, expected) => {
    expect(await taken({ ...someone(), ...body })).toMatchObject({ status: 201, ...expected });
  });

  test('of 101 attributes 99 are kept as they are, and the others together', async () => {
    const attributes = Object.fromEntries(Array.from({ length: 101 }, (_, n) => [`a${n}`, n]));
    const answer = await taken({ ...someone(), attributes });
    const { a99, a100, ...first } = attributes;
    expect(answer).toMatchObject({ status: 201, warnings: ['attributes 2 of 101 do not fit: they are kept in more_attributes'] });
    expect(answer.attributes).toEqual({ ...first, more_attributes: JSON.stringify({ a99, a100 }) });
  });

  test('of many warnings twenty are returned, with the number of the others', async () => {
    const attributes = Object.fromEntries(Array.from({ length: 60 }, (_, n) => [`a${n}`, []]));
    const { status, warnings = [] } = await taken({ ...someone(), attributes, phone: '12' });
    expect([status, warnings.length, warnings.at(0), warnings.at(-1)]).toEqual([201, 21, 'attributes/a0 is a list and is kept as its JSON', 'and 41 more']);
  });

  test('a body of 200 KB with thousands of attributes is accepted', async () => {
    const attributes = Object.fromEntries(Array.from({ length: 6000 }, (_, n) => [`attribute ${n}`, { n }]));
    const { status, warnings = [], attributes: stored = {} } = await taken({ ...someone(), attributes });
    expect([status, warnings.length, Object.keys(stored).length]).toEqual([201, 21, 100]);
  });
});

describe('characters that cannot be shown', () => {
  const replaced = (field: string) => `${field} has control characters or broken ones, which were replaced`;

  test.each<[string, string, string]>([
    ['half an emoji', 'Привет \ud83d', 'Привет \ufffd'],
    ['the other half', '\ude00 привет', '\ufffd привет'],
    ['U+000B, Word’s line break', 'one\u000btwo', 'one\ntwo'],
    ['U+000C, a page break', 'one\u000ctwo', 'one\ntwo'],
    ['CR and U+000B', 'one\r\u000btwo', 'one\ntwo'],
    ['NUL', 'one\u0000two', 'one\ufffdtwo'],
    ['U+001F', 'one\u001ftwo', 'one\ufffdtwo'],
    ['backspace', 'one\u0008two', 'one\ufffdtwo'],
    ['an escape sequence', '\u001b[31mred', '\ufffd[31mred'],
    ['DEL', 'one\u007ftwo', 'one\ufffdtwo'],
    ['a record separator', 'one\u001etwo', 'one\ufffdtwo'],
    ['end of text', 'one\u0003', 'one\ufffd'],
    ['surrogates in the wrong order', '\udc00\ud800', '\ufffd\ufffd'],
  ])('%s is replaced in a message, a name and an attribute', async (_, given, shown) => {
    expect(await taken({ ...someone(), message: given })).toMatchObject({ status: 201, message: shown, warnings: [replaced('message')] });
    expect(await taken({ ...someone(), name: `a${given}b` })).toMatchObject({
      status: 201,
      name: `a${shown.replace('\n', ' ')}b`,
      warnings: [replaced('name')],
    });
    expect(await taken({ ...someone(), attributes: { a: given } })).toMatchObject({
      status: 201,
      attributes: { a: shown },
      warnings: [replaced('attributes/a')],
    });
  });

  test.each(['tab\there', 'line\nbreak', 'Windows\r\nbreak', '👩‍👩‍👧‍👦', 'zero\u200bwidth', '\u202aphone\u202c'])('%j is kept as it is', async (message) => {
    expect(await taken({ ...someone(), message })).toMatchObject({ status: 201, message, warnings: [] });
  });

  test('are removed at the ends of a phone or address, and make it unusable inside', async () => {
    expect(await taken({ phone: '\u0000+79001237777\u000b' })).toMatchObject({
      status: 201,
      phone: '+79001237777',
      warnings: ['phone had control characters, which were left out'],
    });
    expect(await taken({ email: 'anna-7@example.com\u0000' })).toMatchObject({ status: 201, email: 'anna-7@example.com' });
    expect(await taken({ ...someone(), email: 'anna-8@example.com\u0000garbage' })).toMatchObject({
      status: 201,
      email: null,
      attributes: { email: 'anna-8@example.com\ufffdgarbage' },
      warnings: [`email has control characters or broken ones and was not used: ${kept}`],
    });
  });

  test('never make two external ids equal', async () => {
    for (const external_id of ['a\u0000b', 'a\u0001b', 'a\ud800b', 'ab\u0000'])
      expect(await taken({ external_id })).toMatchObject({ status: 422, code: 'validation_failed' });
    const beside = await taken({ external_id: 'a\u0000b', phone: '+79001236666' });
    expect(beside).toMatchObject({ status: 201, external_id: null, attributes: { external_id: 'a\ufffdb' } });
  });

  test('in the name of an attribute move it to `more_attributes`', async () => {
    const { status, attributes } = await taken({ ...someone(), attributes: { 'a\u0000b': 1, 'a\u007fb': 2, fine: 3 } });
    expect([status, attributes]).toEqual([201, { fine: 3, more_attributes: '{"a\\u0000b":1,"a\ufffdb":2}' }]);
  });
});

describe('unescaped line breaks in JSON', () => {
  const ESCAPED = 'The body is no JSON, for it has control characters in its texts, which should be escaped. It was read nevertheless';

  test.each<[string, string, Taken]>([
    ['in a message', '{"external_id":"t-1","message":"one\ntwo"}', { external_id: 't-1', message: 'one\ntwo', warnings: [ESCAPED] }],
    ['of Windows', '{\r\n"external_id":"t-2",\r\n"message":"one\r\ntwo"\r\n}', { external_id: 't-2', message: 'one\r\ntwo', warnings: [ESCAPED] }],
    ['and tabs', '{"external_id":"t-3","message":"a\tb"}', { message: 'a\tb', warnings: [ESCAPED] }],
    ['in an attribute', '{"external_id":"t-4","attributes":{"note":"a\nb"}}', { attributes: { note: 'a\nb' }, warnings: [ESCAPED] }],
    ['after an escaped quote', '{"external_id":"t-5","message":"say \\"hi\\"\nbye\\\\"}', { message: 'say "hi"\nbye\\', warnings: [ESCAPED] }],
    ['in a field that nobody reads', '{"external_id":"t-6","html":"<p>1</p>\n<p>2</p>"}', { external_id: 't-6', warnings: [ESCAPED] }],
    ['around a phone', '{"phone":"+79001260001\n"}', { phone: '+79001260001', warnings: [ESCAPED] }],
  ])('%s are not a reason to refuse', async (_, raw, expected) => {
    expect(await taken(raw)).toMatchObject({ status: 201, ...expected });
  });

  test.each(['{"external_id":"a\nb"', '{"external_id":"x","message":"say "hi"\n"}', '{"external_id":"a\u0001b"}', '"a\nb"'])(
    'but a body that is not JSON even without them, or identifies nobody, is stored: %j',
    async (raw) => {
      expect(await taken(raw)).toMatchObject({ status: 400, code: 'malformed_json' });
      expect(newestRefused()).toMatchObject({ payload: raw });
    },
  );
});

describe('a comma after the last value in JSON', () => {
  const COMMA = 'The body is no JSON, for it has a comma after a last value, which should be left out. It was read nevertheless';

  test.each<[string, string, Taken]>([
    ['of an object', '{"external_id":"c-1","message":"a",}', { external_id: 'c-1', message: 'a', warnings: [COMMA] }],
    ['of a line each', '{\n  "external_id": "c-2",\n  "message": "a, ]",\n}\n', { external_id: 'c-2', message: 'a, ]', warnings: [COMMA] }],
    ['of a list', '{"external_id":"c-3","attributes":{"tags":["a","b",],},}', { attributes: { tags: '["a","b"]' } }],
    ['beside unescaped line breaks', '{"external_id":"c-4","message":"a,\n}",}', { external_id: 'c-4', message: 'a,\n}' }],
    ['in a field nobody reads', '{"external_id":"c-5","x":[1,{"y":"\\",}",},]}', { external_id: 'c-5', warnings: [COMMA] }],
  ])('%s is not a reason to refuse', async (_, raw, expected) => {
    expect(await taken(raw)).toMatchObject({ status: 201, ...expected });
  });

  test('is named once, beside what else is wrong', async () => {
    expect((await taken('{"external_id":"c-6","message":"a\nb",}')).warnings).toHaveLength(2);
  });

  test.each(['{"name":"Anna",}', '{"external_id":"c-7",},', '["external_id","c-7",]', '{"external_id":"c-7",'])(
    'does not make a contact of a body that is none: %j',
    async (raw) => {
      expect(await taken(raw)).toMatchObject({ status: 400, code: 'malformed_json' });
      expect(newestRefused()).toMatchObject({ payload: raw });
    },
  );
});

describe('ambiguous JSON', () => {
  const deep = `${'['.repeat(17)}${']'.repeat(17)}`;

  test.each<[string, string, Taken]>([
    ['a byte order mark', '\ufeff{"external_id":"j-1"}', { external_id: 'j-1', warnings: [] }],
    ['a rounded number in a field nobody reads', '{"external_id":"j-2","update_id":1234567890123456789}', { external_id: 'j-2', warnings: [] }],
    ['an infinite number in a field nobody reads', '{"external_id":"j-3","x":[1e400]}', { external_id: 'j-3', warnings: [] }],
    ['a name twice in a field nobody reads', '{"external_id":"j-4","utm":{"a":1,"a":2}}', { external_id: 'j-4', warnings: [] }],
    ['a field twice that nobody reads', '{"x":1,"external_id":"j-5","x":2}', { external_id: 'j-5', warnings: [] }],
    ['17 levels in a field nobody reads', `{"external_id":"j-6","x":${deep}}`, { external_id: 'j-6', warnings: [] }],
    ['__proto__ that nobody reads', '{"external_id":"j-7","__proto__":{"is_admin":true}}', { external_id: 'j-7', attributes: {}, warnings: [] }],
    ['the same value twice', '{"external_id":"j-8","external_id":"j-8","message":"a","message":"a"}', { external_id: 'j-8', message: 'a', warnings: [] }],
    ['an exact id beyond 2^53', '{"external_id":1234567890123456789}', { external_id: '1234567890123456789', warnings: [] }],
    ['its neighbour', '{"external_id":1234567890123456790}', { external_id: '1234567890123456790', warnings: [] }],
    [
      'an id beyond 2^53 as an attribute',
      '{"external_id":"j-9","attributes":{"tg":9007199254740993}}',
      { attributes: { tg: '9007199254740993' }, warnings: ['attributes/tg has no certain meaning and is kept as text'] },
    ],
    [
      'a message given twice',
      '{"external_id":"j-10","message":"a","message":"b"}',
      { message: null, attributes: { message: '["a","b"]' }, warnings: [`message was given twice with different values: ${kept}`] },
    ],
    [
      'a phone given twice',
      '{"external_id":"j-11","phone":"+79001235551","ph\\u006fne":"+79001235552"}',
      { phone: null, attributes: { phone: '["+79001235551","+79001235552"]' }, warnings: [`phone was given twice with different values: ${kept}`] },
    ],
    [
      'an attribute given twice',
      '{"external_id":"j-12","attributes":{"a":1,"a":2}}',
      { attributes: { a: '[1,2]' }, warnings: ['attributes/a was given twice with different values and is kept as text'] },
    ],
    [
      'attributes given twice',
      '{"external_id":"j-13","attributes":{"a":1},"attributes":{"b":2}}',
      { attributes: { attributes: '[{"a":1},{"b":2}]' }, warnings: [`attributes was given twice with different values: ${kept}`] },
    ],
    [
      '__proto__ in attributes',
      '{"external_id":"j-14","attributes":{"__proto__":{"a":1},"b":2}}',
      { attributes: { b: 2, more_attributes: '{"__proto__":{"a":1}}' } },
    ],
    [
      '17 levels in attributes',
      `{"external_id":"j-15","attributes":{"a":${deep}}}`,
      { attributes: { a: deep }, warnings: ['attributes/a has no certain meaning and is kept as text'] },
    ],
    ['a source given twice', '{"external_id":"j-16","source_id":1,"source_id":2}', { attributes: { source_id: '[1,2]' } }],
  ])('%s is read unambiguously', async (_, raw, expected) => {
    expect(await taken(raw)).toMatchObject({ status: 201, ...expected });
  });

  test('gets the contact of its key again', async () => {
    const headers = { 'idempotency-key': 'odd-1' };
    const raw = '{"external_id":"j-17","x":1,"x":2,"message":"a\\u0000"}';
    expect([await taken(raw, headers), await taken(raw, headers)].map(({ status }) => status)).toEqual([201, 200]);
    expect(await taken('{"external_id":"j-17","message":"b\\u0000"}', headers)).toMatchObject({ status: 422, code: 'idempotency_key_reused' });
  });
});

test('a body that could not be assigned is stored as sent', async () => {
  const bare = (await port.call('POST', '/sources', { body: { name: 'bare' } })).body;
  for (const [sent, payload] of [
    ['{"external_id":5,"attributes":[]}', { external_id: 5, attributes: [] }],
    ['{"external_id":5,"external_id":5}', '{"external_id":5,"external_id":5}'],
  ] as const) {
    const { status } = await port.call('POST', '/contacts', { token: bare.api_key, raw: sent });
    expect([status, newestRefused()?.payload]).toEqual([400, payload]);
  }
});
