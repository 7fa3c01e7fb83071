import { brotliCompressSync, deflateSync, gzipSync } from 'node:zlib';
import { fc, test as property } from '@fast-check/vitest';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { readJson } from '#domain/json.ts';
import { value } from '#engine/testing/desk.ts';
import { refusedContact, refusedContacts } from '#engine/views/queries.ts';
import { MAX_BODY_BYTES } from './body.ts';
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

  test('is required, also for an empty body and where a body is not used', async () => {
    const head = `Host: 127.0.0.1:${port.port}\r\nAuthorization: Bearer ${key}\r\nConnection: close\r\n`;
    const refused = /^HTTP\/1\.1 415 [\s\S]*"code":"unsupported_media_type"/;
    expect(await port.raw(`POST /contacts HTTP/1.1\r\n${head}Content-Length: 2\r\n\r\n{}`)).toMatch(refused);
    expect(await port.raw(`POST /contacts HTTP/1.1\r\n${head}Content-Length: 0\r\n\r\n`)).toMatch(refused);
    expect(await port.raw(`POST /contacts HTTP/1.1\r\n${head}\r\n`)).toMatch(refused);
    expect(await port.raw(`POST /contacts/1/close HTTP/1.1\r\n${head}Content-Length: 2\r\n\r\n{}`)).toMatch(refused);
    expect(await port.raw(`GET /contacts HTTP/1.1\r\n${head}Content-Length: 2\r\n\r\n{}`)).toMatch(refused);
  });

  test('is not required without a body, and is harmless then', async () => {
    const { id } = (await port.call('POST', '/contacts', { token: key, body: { external_id: 'x' } })).body;
    expect((await port.call('POST', `/contacts/${id}/close`, { token: key })).status).toBe(200);
    expect((await port.call('POST', `/contacts/${id}/close`, { token: key, headers: { 'content-type': 'application/json' } })).status).toBe(200);
    expect((await port.call('POST', `/contacts/${id}/close`, { token: key, body: {} })).status).toBe(200);
  });
});

describe('the size', () => {
  test('may be 256 KiB and not one byte more', async () => {
    expect(MAX_BODY_BYTES).toBe(262_144);
    expect(sized(MAX_BODY_BYTES)).toHaveLength(MAX_BODY_BYTES);
    expect(await post(sized(MAX_BODY_BYTES))).toBe('201');
    expect(await withoutTrace(() => post(sized(MAX_BODY_BYTES + 1)))).toBe('413 body_too_large');
    expect(await withoutTrace(() => post(sized(1_000_000)))).toBe('413 body_too_large');
  });

  test('is counted in bytes, also for chunks', async () => {
    expect(await withoutTrace(() => post(sized(MAX_BODY_BYTES - 1).replace('xx', 'яяя')))).toBe('413 body_too_large');
    const chunked = (body: string) =>
      port.raw(
        `POST /contacts HTTP/1.1\r\nHost: 127.0.0.1:${port.port}\r\nAuthorization: Bearer ${key}\r\nContent-Type: application/json\r\n` +
          `Transfer-Encoding: chunked\r\nConnection: close\r\n\r\n${body.length.toString(16)}\r\n${body}\r\n0\r\n\r\n`,
      );
    expect(await chunked(sized(MAX_BODY_BYTES))).toMatch(/^HTTP\/1\.1 201 /);
    expect(await chunked(sized(MAX_BODY_BYTES + 1))).toMatch(/^HTTP\/1\.1 413 [\s\S]*"code":"body_too_large"/);
  });

  test('of gigabytes is refused by its declared length', async () => {
    const answer = await port.raw(
      `POST /contacts HTTP/1.1\r\nHost: 127.0.0.1:${port.port}\r\nAuthorization: Bearer ${key}\r\nContent-Type: application/json\r\nContent-Length: 9000000000\r\n\r\n{`,
    );
    expect(answer).toMatch(/^HTTP\/1\.1 413 /);
  });
});

describe('a compressed body', () => {
  const contact = '{"external_id":"packed"}';

  test.each<[string, string, Uint8Array]>([
    ['gzip', 'gzip', gzipSync(contact)],
    ['gzip by its old name', 'x-gzip', gzipSync(contact)],
    ['gzip in capitals', 'GZIP', gzipSync(contact)],
    ['deflate', 'deflate', deflateSync(contact)],
    ['brotli', 'br', brotliCompressSync(contact)],
    ['one that is not packed', 'identity', Buffer.from(contact)],
    ['gzip of 256 KiB', 'gzip', gzipSync(sized(MAX_BODY_BYTES))],
  ])('%s is read', async (_, encoding, raw) => {
    expect(await post(raw, { 'content-encoding': encoding })).toBe('201');
  });

  test.each<[string, string, Uint8Array, string]>([
    ['gzip of a byte more', 'gzip', gzipSync(sized(MAX_BODY_BYTES + 1)), '413 body_too_large'],
    ['a bomb', 'gzip', gzipSync(Buffer.alloc(64 * 1024 * 1024, 0x20)), '413 body_too_large'],
    ['a bomb in brotli', 'br', brotliCompressSync(Buffer.alloc(64 * 1024 * 1024, 0x20)), '413 body_too_large'],
    ['gzip that is cut off', 'gzip', gzipSync(contact).subarray(0, 20), '400 malformed_request'],
    ['plain JSON that says gzip', 'gzip', Buffer.from(contact), '400 malformed_request'],
    ['gzip that does not say so', '', gzipSync(contact), '415 unsupported_media_type'],
    ['zstd', 'zstd', Buffer.from(contact), '415 unsupported_media_type'],
    ['packed twice', 'gzip, gzip', gzipSync(gzipSync(contact)), '415 unsupported_media_type'],
  ])('%s is refused and leaves no trace', async (_, encoding, raw, answer) => {
    expect(await withoutTrace(() => post(raw, encoding ? { 'content-encoding': encoding } : {}))).toBe(answer);
  });

  test('in an unknown encoding gets the list of known ones', async () => {
    const { body, headers } = await port.call('POST', '/contacts', { token: key, raw: contact, headers: { 'content-encoding': 'compress' } });
    expect([headers.get('accept-encoding'), body.detail]).toEqual([
      'gzip, deflate, br',
      'Send the body as it is, or with one Content-Encoding of gzip, deflate, br.',
    ]);
  });
});

/** Posts a body, and returns the answer with what was kept of it among the refused contacts. */
async function refused(raw: string | Uint8Array): Promise<{ answer: string; kept: unknown }> {
  const answer = await post(raw);
  const [newest] = value(refusedContacts(port.desk.engine.read, { limit: 1 })).items;
  return { answer, kept: newest && value(refusedContact(port.desk.engine.read, newest.id)).payload };
}

describe('JSON', () => {
  test.each<[string, string]>([
    ['a broken one', '{"external_id":'],
    ['one with two trailing commas', '{"external_id":"x",,}'],
    ['one with a comma alone', '{,"external_id":"x"}'],
    ['one with a gap in a list', '{"external_id":"x","attributes":{"a":[,]}}'],
    ['one in single quotes', "{'external_id':'x'}"],
    ['NaN', '{"external_id":"x","attributes":{"a":NaN}}'],
    ['two values', '{"external_id":"x"}{}'],
    ['two lines of JSON', '{"external_id":"x"}\n{"external_id":"y"}'],
    ['a raw control character', '{"external_id":"a\u0000b"}'],
    ['a form', 'phone=%2B79001234567&name=Anna'],
    ['XML', '<contact><phone>+79001234567</phone></contact>'],
    ['a comment', '{"external_id":"x" /* it */}'],
    ['Python', "{'external_id': 'x', 'vip': True, 'name': None}"],
    ['a template that was not filled in', '{"phone": {{phone}} }'],
    ['30,000 levels unclosed', '['.repeat(30_000)],
  ])('%s is 400, and is stored as text', async (_, raw) => {
    expect(await refused(raw)).toEqual({ answer: '400 malformed_json', kept: raw });
  });

  test.each<[string, string]>([
    ['a name twice', '{"external_id":"a","external_id":"b"}'],
    ['a name twice, escaped', '{"external_id":"a","external\\u005fid":"b"}'],
    ['a name twice, once in another form', '{"external_id":"1","external_id":1}'],
    ['an identifier that would be rounded', '{"external_id":1234567890.12345678901234567890e30}'],
    ['an infinite number', '{"phone":1e400}'],
    ['30,000 levels', `${'['.repeat(30_000)}${']'.repeat(30_000)}`],
  ])('%s in an identifier is 400, and is stored as text', async (_, raw) => {
    expect(await refused(raw)).toEqual({ answer: '400 malformed_json', kept: raw });
  });

  test.each(['', ' ', '\n\t'])('%j is 400, and leaves no trace', async (raw) => {
    expect(await withoutTrace(() => post(raw))).toBe('400 malformed_json');
  });

  test('that cannot be read is stored nowhere else: a call by an administrator is only refused', async () => {
    const call = (raw: string) => port.call('POST', '/operators', { raw });
    for (const raw of ['{"name":"A","name":"B"}', '{"name":"A","max_load":1e400}', '{']) expect((await call(raw)).body.code).toBe('malformed_json');
    for (const raw of [
      '\ufeff{"name":"A1"}',
      '{"name":"A2","x":{"a":1,"a":2}}',
      '{"name":"A3","x":1e400,"__proto__":{}}',
      `{"name":"A4","x":${'['.repeat(17)}${']'.repeat(17)}}`,
    ])
      expect((await call(raw)).status).toBe(201);
  });

  test('is refused with the reason, without repeating the body', async () => {
    const detail = async (raw: string) => (await port.call('POST', '/contacts', { token: key, raw })).body.detail;
    expect(await detail('{"phone":"+79001234567"')).toBe('The body is not valid JSON.');
    expect(await detail('{"phone":[{"b/c":9007199254740993}]}')).toBe(
      'A number is too large to be exact (beyond 2^53 - 1), send it as a string, at /phone/0/b~1c.',
    );
  });

  test.each<[string, unknown]>([
    ['[]', []],
    ['null', null],
    [' {"a" : "x:y,\\"z\\":", "b\\\\" : [ {}, "\\\\" ] } ', { a: 'x:y,"z":', 'b\\': [{}, '\\'] }],
    [`${'['.repeat(16)}${']'.repeat(16)}`, JSON.parse(`${'['.repeat(16)}${']'.repeat(16)}`)],
    ['{"a":9007199254740991,"b":-0.5}', { a: 9007199254740991, b: -0.5 }],
    ['{"constructor":1,"hasOwnProperty":2}', { constructor: 1, hasOwnProperty: 2 }],
  ])('%s is read', (text, value) => {
    expect(readJson(text)).toEqual({ ok: true, value });
  });

  property.prop([fc.jsonValue({ maxDepth: 6 })])('of any shape is read as written, or refused', (value) => {
    const text = JSON.stringify(value);
    const reading = readJson(text);
    if (reading.ok) expect(reading.value).toEqual(JSON.parse(text));
    else expect(reading.why).toMatch(/__proto__|too large to be exact/);
  });

  property.prop([fc.dictionary(fc.string(), fc.string(), { minKeys: 1 })])('with any name twice is ambiguous', (members) => {
    const [name = ''] = Object.keys(members);
    const text = `${JSON.stringify(members).slice(0, -1)},${JSON.stringify(name)}:1}`;
    expect(readJson(text)).toMatchObject({ ok: false, isJson: true });
  });
});

describe('bytes that are not UTF-8', () => {
  const cp1251 = (text: string) => Uint8Array.from(text, (sign) => (/[А-я]/.test(sign) ? sign.charCodeAt(0) - 0x410 + 0xc0 : sign.charCodeAt(0)));
  const bytes = (before: string, raw: number[], after: string) => Uint8Array.of(...Buffer.from(before), ...raw, ...Buffer.from(after));
  const contact = (raw: string | Uint8Array) => port.call('POST', '/contacts', { token: key, raw });

  test('do not affect identifiers that are certain', async () => {
    const { status, body } = await contact(cp1251('{"phone":"+79001112233","name":"Анна","message":"Позвоните мне"}'));
    expect([status, body.message, body.lead.phone, body.lead.name]).toEqual([201, 'Позвоните мне', '+79001112233', 'Анна']);
    expect(body.warnings).toEqual(['The body is not UTF-8 and was read as windows-1251']);
    const cut = await contact(bytes('{"phone":"+79001112244","message":"Перезвоните', [0xd0], '"}'));
    expect([cut.status, cut.body.message]).toEqual([201, 'Перезвоните\ufffd']);
  });

  test('in UTF-16 are read as UTF-16', async () => {
    for (const mark of ['\ufeff', '']) {
      const { status, body } = await contact(Buffer.from(`${mark}{"external_id":"utf-16","message":"Привет"}`, 'utf16le'));
      expect([status, body.message]).toEqual([201, 'Привет']);
    }
  });

  test('identify nobody: the body is stored, decoded by a guess', async () => {
    expect(await refused(cp1251('{"external_id":"Анна"}'))).toEqual({ answer: '400 malformed_json', kept: '{"external_id":"Анна"}' });
    expect(await refused(bytes('{"external_id":"Анна', [0xd0], '"}'))).toEqual({ answer: '400 malformed_json', kept: '{"external_id":"Анна\ufffd"}' });
    expect(await refused(bytes('{"external_id":"', [0xed, 0xa0, 0x80], '"}'))).toMatchObject({ answer: '400 malformed_json' });
  });
});
