import { fc, test as property } from '@fast-check/vitest';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { value } from '#engine/testing/desk.ts';
import { refusedContacts } from '#engine/views/queries.ts';
import { MAX_BODY_BYTES, parseJson } from './body.ts';
import { Refusal } from './problem.ts';
import { Port } from './testing/port.ts';

let port: Port;
let key: string;
beforeAll(async () => {
  port = await Port.open();
  ({ key } = await port.source('bot'));
});
afterAll(() => port.close());

async function post(raw: string | Uint8Array, headers: Record<string, string> = {}) {
  const { status, body } = await port.call('POST', '/contacts', { token: key, raw, headers });
  return body.code === undefined ? `${status}` : `${status} ${body.code}`;
}

/** Runs `run` and returns its answer. Fails if it left a contact, lead or refused contact. */
async function withoutTrace(run: () => Promise<string>): Promise<string> {
  const before = port.desk.engine.board();
  const answer = await run();
  expect(port.desk.engine.board()).toEqual(before);
  return answer;
}

const sized = (bytes: number) => `{"external_id":"x","ignored":"${'x'.repeat(bytes - 32)}"}`;

describe('the content type', () => {
  test.each(['application/json', 'Application/JSON', 'application/json; charset=utf-8', 'application/json;charset="UTF-8"', 'application/json ; x=y'])(
    '%s is JSON',
    async (type) => {
      expect(await post('{"external_id":"x"}', { 'content-type': type })).toBe('201');
    },
  );

  test.each([
    'text/plain',
    'application/x-www-form-urlencoded',
    'multipart/form-data; boundary=x',
    'application/jsonp',
    'application/json-patch+json',
    'text/json',
    'application/json; charset=windows-1251',
    'text/plain; application/json',
    'application/json, text/plain',
    '',
  ])('%j is refused before the body is read', async (type) => {
    expect(await withoutTrace(() => post('{"external_id":"x"}', { 'content-type': type }))).toBe('415 unsupported_media_type');
    expect(await withoutTrace(() => post('not JSON', { 'content-type': type }))).toBe('415 unsupported_media_type');
  });

  test('is needed, also for an empty body and where a body is of no use', async () => {
    const head = `Host: 127.0.0.1:${port.port}\r\nAuthorization: Bearer ${key}\r\nConnection: close\r\n`;
    const refused = /^HTTP\/1\.1 415 [\s\S]*"code":"unsupported_media_type"/;
    expect(await port.raw(`POST /contacts HTTP/1.1\r\n${head}Content-Length: 2\r\n\r\n{}`)).toMatch(refused);
    expect(await port.raw(`POST /contacts HTTP/1.1\r\n${head}Content-Length: 0\r\n\r\n`)).toMatch(refused);
    expect(await port.raw(`POST /contacts HTTP/1.1\r\n${head}\r\n`)).toMatch(refused);
    expect(await port.raw(`POST /contacts/1/close HTTP/1.1\r\n${head}Content-Length: 2\r\n\r\n{}`)).toMatch(refused);
    expect(await port.raw(`GET /contacts HTTP/1.1\r\n${head}Content-Length: 2\r\n\r\n{}`)).toMatch(refused);
  });

  test('is not needed without a body, and does no harm there', async () => {
    const { id } = (await port.call('POST', '/contacts', { token: key, body: { external_id: 'x' } })).body;
    expect((await port.call('POST', `/contacts/${id}/close`, { token: key })).status).toBe(200);
    expect((await port.call('POST', `/contacts/${id}/close`, { token: key, headers: { 'content-type': 'application/json' } })).status).toBe(200);
    expect((await port.call('POST', `/contacts/${id}/close`, { token: key, body: {} })).status).toBe(200);
  });
});

describe('the size', () => {
  test('may be 64 KiB and not a byte more', async () => {
    expect(MAX_BODY_BYTES).toBe(65_536);
    expect(sized(MAX_BODY_BYTES)).toHaveLength(MAX_BODY_BYTES);
    expect(await post(sized(MAX_BODY_BYTES))).toBe('201');
    expect(await withoutTrace(() => post(sized(MAX_BODY_BYTES + 1)))).toBe('413 body_too_large');
    expect(await withoutTrace(() => post(sized(1_000_000)))).toBe('413 body_too_large');
  });

  test('counts in bytes, and in chunks alike', async () => {
    expect(await withoutTrace(() => post(sized(MAX_BODY_BYTES - 1).replace('xx', 'яяя')))).toBe('413 body_too_large');
    const chunked = (body: string) =>
      port.raw(
        `POST /contacts HTTP/1.1\r\nHost: 127.0.0.1:${port.port}\r\nAuthorization: Bearer ${key}\r\nContent-Type: application/json\r\n` +
          `Transfer-Encoding: chunked\r\nConnection: close\r\n\r\n${body.length.toString(16)}\r\n${body}\r\n0\r\n\r\n`,
      );
    expect(await chunked(sized(MAX_BODY_BYTES))).toMatch(/^HTTP\/1\.1 201 /);
    expect(await chunked(sized(MAX_BODY_BYTES + 1))).toMatch(/^HTTP\/1\.1 413 [\s\S]*"code":"body_too_large"/);
  });

  test('of gigabytes is refused by its announcement', async () => {
    const answer = await port.raw(
      `POST /contacts HTTP/1.1\r\nHost: 127.0.0.1:${port.port}\r\nAuthorization: Bearer ${key}\r\nContent-Type: application/json\r\nContent-Length: 9000000000\r\n\r\n{`,
    );
    expect(answer).toMatch(/^HTTP\/1\.1 413 /);
  });
});

describe('JSON', () => {
  const cyrillic1251 = Uint8Array.of(...Buffer.from('{"external_id":"'), 0xc0, 0xed, 0xed, 0xe0, ...Buffer.from('"}'));
  test.each<[string, string | Uint8Array]>([
    ['an empty body', ''],
    ['a broken one', '{"external_id":'],
    ['one with a trailing comma', '{"external_id":"x",}'],
    ['one in single quotes', "{'external_id':'x'}"],
    ['NaN', '{"external_id":"x","attributes":{"a":NaN}}'],
    ['two values', '{"external_id":"x"}{}'],
    ['a raw control character', '{"external_id":"a\u0000b"}'],
    ['a byte order mark', '\ufeff{"external_id":"x"}'],
    ['windows-1251', cyrillic1251],
    ['UTF-16', Buffer.from('{"external_id":"x"}', 'utf16le')],
    ['a cut UTF-8 sequence', Uint8Array.of(...Buffer.from('{"external_id":"'), 0xd0)],
    ['an encoded surrogate', Uint8Array.of(...Buffer.from('{"external_id":"'), 0xed, 0xa0, 0x80, ...Buffer.from('"}'))],
    ['a name twice', '{"external_id":"a","external_id":"b"}'],
    ['a name twice, escaped', '{"external_id":"a","external\\u005fid":"b"}'],
    ['a name twice, deep inside', '{"external_id":"a","attributes":{"a":1,"a":1}}'],
    ['__proto__', '{"external_id":"a","__proto__":{"admin":true}}'],
    ['__proto__ inside', '{"external_id":"a","attributes":{"__proto__":1}}'],
    ['an integer that would be rounded', '{"external_id":"a","attributes":{"tg":9007199254740993}}'],
    ['an infinite number', '{"external_id":"a","attributes":{"n":1e400}}'],
    ['17 levels', `{"external_id":"a","x":${'['.repeat(16)}${']'.repeat(16)}}`],
    ['30,000 levels', `${'['.repeat(30_000)}${']'.repeat(30_000)}`],
    ['30,000 levels unclosed', '['.repeat(30_000)],
  ])('%s is 400 and leaves no trace', async (_, raw) => {
    expect(await withoutTrace(() => post(raw))).toBe('400 malformed_json');
  });

  test('says what is wrong without repeating the body', async () => {
    const detail = async (raw: string) => (await port.call('POST', '/contacts', { token: key, raw })).body.detail;
    expect(await detail('{"phone":"+79001234567"')).toBe('The body is not valid JSON.');
    expect(await detail('{"a":[{"b/c":9007199254740993}]}')).toBe('A number is too large to be exact (beyond 2^53 - 1), send it as a string, at /a/0/b~1c.');
  });

  test.each<[string, unknown]>([
    ['[]', []],
    ['null', null],
    [' {"a" : "x:y,\\"z\\":", "b\\\\" : [ {}, "\\\\" ] } ', { a: 'x:y,"z":', 'b\\': [{}, '\\'] }],
    [`${'['.repeat(16)}${']'.repeat(16)}`, JSON.parse(`${'['.repeat(16)}${']'.repeat(16)}`)],
    ['{"a":9007199254740991,"b":-0.5}', { a: 9007199254740991, b: -0.5 }],
    ['{"constructor":1,"hasOwnProperty":2}', { constructor: 1, hasOwnProperty: 2 }],
  ])('%s is read', (text, value) => {
    expect(parseJson(Buffer.from(text))).toEqual(value);
  });

  property.prop([fc.jsonValue({ maxDepth: 6 })])('of any shape is read as it was written, or refused', (value) => {
    const text = JSON.stringify(value);
    try {
      expect(parseJson(Buffer.from(text))).toEqual(JSON.parse(text));
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      expect(error.problem.detail).toMatch(/__proto__|too large to be exact/);
    }
  });

  property.prop([fc.dictionary(fc.string(), fc.string(), { minKeys: 1 })])('with any name twice is refused', (members) => {
    const [name = ''] = Object.keys(members);
    const text = `${JSON.stringify(members).slice(0, -1)},${JSON.stringify(name)}:1}`;
    expect(() => parseJson(Buffer.from(text))).toThrow(Refusal);
  });
});

test('nothing of all this was kept among the refused contacts', () => {
  expect(value(refusedContacts(port.desk.engine.read, { limit: 100 })).items).toEqual([]);
});
