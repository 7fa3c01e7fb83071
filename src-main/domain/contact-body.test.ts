import { fc, test as property } from '@fast-check/vitest';
import { describe, expect, test } from 'vitest';
import { type ContactInput, contactBody, contactInput } from '#shared/contract/entities.ts';
import { SEED } from '#shared/testing/tables.ts';
import { readKept, readOddContact, UnclearBody } from './contact-body.ts';
import { membersOf, readJson, withEscapedControls, withoutTrailingCommas } from './json.ts';

const refusal = { code: 'validation_failed', detail: 'It does not fit.' } as const;

function read(body: unknown): { input: ContactInput; warnings: readonly string[] } {
  const reading = readKept(body);
  if (!reading.ok) throw new Error(reading.problem.detail);
  return reading;
}

/** Null and an empty object are the same as absent, and identifiers are trimmed later. */
const plain = (reading: object) =>
  JSON.parse(
    JSON.stringify(reading, (name, value) => {
      if (value === null || (name === 'attributes' && JSON.stringify(value) === '{}')) return undefined;
      return (name === 'external_id' || name === 'email') && typeof value === 'string' ? value.trim() : value;
    }),
  );

describe('whatever surrounds an identifier', () => {
  const text = fc.oneof(fc.string({ unit: 'binary' }), fc.string({ unit: 'grapheme' }), fc.string({ minLength: 190, maxLength: 210 }));
  const anything = fc.anything({
    withNullPrototype: false,
    withBigInt: false,
    withDate: false,
    withMap: false,
    withSet: false,
    withSparseArray: false,
    withTypedArray: false,
    withObjectString: false,
  });
  const decoration = fc.record(
    {
      name: fc.oneof(text, anything),
      message: fc.oneof(text, fc.constant('я'.repeat(16_001)), anything),
      attributes: fc.oneof(fc.dictionary(text, fc.oneof(text, anything)), anything),
      source_id: anything,
      email: fc.oneof(text, anything),
      other: anything,
    },
    { requiredKeys: [] },
  );
  /** As JSON, since bodies are JSON. Undefined and infinite numbers are not. */
  const body = fc
    .tuple(
      decoration,
      fc.string({ unit: 'grapheme-ascii', minLength: 1, maxLength: 255 }).filter((id) => id.trim() !== ''),
    )
    .map(([rest, external_id]) => JSON.parse(JSON.stringify({ ...rest, external_id })));

  /** Throws where a body is not accepted, does not fit the schema, or something is lost without a warning. */
  const examine = (reader: typeof read) => (sent: Record<string, unknown> & { external_id: string }) => {
    const { input, warnings } = reader(sent);
    expect(input.external_id?.trim()).toBe(sent.external_id.trim());
    expect(contactInput.safeParse(input).success).toBe(true);
    if (warnings.length > 0) return;
    for (const field of ['name', 'message'] as const) if (typeof sent[field] === 'string') expect(input[field]).toBe(sent[field].normalize('NFC'));
    const given = sent.attributes ?? {};
    for (const [name, value] of Object.entries(given))
      expect(input.attributes?.[name.normalize('NFC')]).toBe(typeof value === 'string' ? value.normalize('NFC') : value);
  };

  property.prop([body])('the body is accepted, fits the schema, and nothing is lost without a warning', examine(read));

  test.each<[string, typeof read]>([
    ['accepts the documented types only', (sent) => ({ input: contactInput.parse(sent), warnings: [] })],
    ['shortens without a warning', (sent) => ({ input: read(sent).input, warnings: [] })],
    ['drops the message', (sent) => ({ input: { ...read(sent).input, message: undefined } as ContactInput, warnings: read(sent).warnings })],
    ['keeps long texts', (sent) => ({ input: { ...read(sent).input, ...(sent as ContactInput) }, warnings: ['kept'] })],
  ])('a reader that %s is found', (_what, reader) => {
    const isRight = fc.property(body, (sent) => {
      examine(reader)(sent);
    });
    expect(fc.check(isRight, { seed: SEED, numRuns: 1000 }).failed).toBe(true);
  });

  property.prop([body.filter((sent) => readJson(JSON.stringify(sent)).ok), fc.nat()])(
    'it is read from an ambiguous body as from an unambiguous one',
    (sent, at) => {
      const twice = `{"unread":1,"unread":${at},${JSON.stringify(sent).slice(1)}`;
      expect(plain(readKept(twice))).toEqual(plain(readKept(sent)));
    },
  );

  property.prop([
    fc.record({
      external_id: fc.option(fc.oneof(fc.string(), fc.maxSafeInteger()), { nil: undefined }),
      phone: fc.maxSafeInteger(),
      name: fc.string(),
      attributes: fc.dictionary(fc.string(), fc.jsonValue()),
    }),
  ])('a body of the documented types is accepted', (sent) => {
    const parsed = JSON.parse(JSON.stringify(sent));
    if (contactBody.safeParse(parsed).success) expect(readKept(parsed)).toMatchObject({ ok: true });
  });
});

describe('a body with the maximum number of attributes', () => {
  const attributes = Object.fromEntries(Array.from({ length: 100 }, (_, n) => [`a${n}`, n]));

  test.each<[string, object]>([
    ['a name that is too long', { name: 'x'.repeat(201) }],
    ['a phone that is an object', { phone: { a: 1 } }],
    ['a source that is a word', { source_id: 'crm' }],
    ['a message that is a list', { message: ['x'] }],
    ['all of them', { name: 'x'.repeat(201), phone: { a: 1 }, email: [1, 2], source_id: 'crm', message: ['x'] }],
  ])('is also accepted with %s', (_, odd) => {
    const { input } = read({ external_id: 'a1', attributes, ...odd });
    expect(input.external_id).toBe('a1');
    expect(Object.keys(input.attributes ?? {}).length).toBeLessThanOrEqual(100);
  });

  test('keeps both of two attributes with the same name', () => {
    const { input } = read({ external_id: 'a1', attributes: { '\u00e9': 'first', 'e\u0301': 'second', l: [1] } });
    expect(JSON.stringify(input.attributes)).toMatch(/first.*second/);
  });
});

test.each(['phone', 'email'])('a %s of blanks that fill the largest body is read to the end', (kind) => {
  expect(readKept({ external_id: 'a1', [kind]: `1${' '.repeat(250_000)}1` })).toMatchObject({ ok: true, input: { external_id: 'a1' } });
});

describe('control characters that should have been escaped', () => {
  const text = fc.string({ unit: fc.constantFrom(...Array.from('ab"\\\n\r\t\u0001яё{}[],:')), maxLength: 12 });
  const given = fc.record({ message: text, note: text });
  /** The body as a template writes it that escapes quotes only. */
  const written = ({ message, note }: { message: string; note: string }) =>
    [message, note]
      .map((one) => `"${one.replaceAll(/["\\]/g, '\\$&')}"`)
      .reduce((body, one, n) => `${body},"${n === 0 ? 'message' : 'note'}":${one}`, '{"external_id":"x"')
      .concat('}');
  const isSame = (readText: (text: string) => unknown) =>
    fc.property(given, (one) => JSON.stringify(readText(written(one))) === JSON.stringify({ external_id: 'x', ...one }));
  const parsed = (body: string) => {
    const reading = readJson(body);
    return reading.ok ? reading.value : null;
  };

  test('are read as intended', () => {
    expect(
      fc.check(
        isSame((body) => parsed(withEscapedControls(body))),
        { numRuns: 2000 },
      ),
    ).toMatchObject({ failed: false, counterexample: null });
  });

  test('are not always inside a string: the generator finds such a body', () => {
    const everywhere = (body: string) => parsed(body.replaceAll('\n', '\\n'));
    expect(fc.check(isSame(everywhere), { numRuns: 2000 }).failed).toBe(true);
    const quotesOnly = (body: string) => parsed(body.replaceAll(/"[^"]*"/g, (string) => withEscapedControls(string)));
    expect(fc.check(isSame(quotesOnly), { numRuns: 2000 }).failed).toBe(true);
  });
});

describe('commas after last values', () => {
  const json = fc.jsonValue({ maxDepth: 4 });
  /** The value as JSON with a comma and a blank at each end of an object or list that is not empty. */
  const written = (value: unknown, comma: string): string => {
    if (typeof value !== 'object' || value === null) return JSON.stringify(value);
    const parts = Array.isArray(value)
      ? value.map((one) => written(one, comma))
      : Object.entries(value).map(([name, one]) => `${JSON.stringify(name)}:${written(one, comma)}`);
    const inside = parts.length === 0 ? '' : parts.join(',') + comma;
    return Array.isArray(value) ? `[${inside}]` : `{${inside}}`;
  };
  const isSame = (mend: (text: string) => string) => fc.property(json, (value) => mend(written(value, ' ,\n')) === written(value, ' \n'));

  test('are left out, and nothing else', () => {
    expect(fc.check(isSame(withoutTrailingCommas), { numRuns: 1000 })).toMatchObject({ failed: false, counterexample: null });
    expect(fc.check(fc.property(json, (value) => withoutTrailingCommas(JSON.stringify(value)) === JSON.stringify(value))).failed).toBe(false);
  });

  test('may stand in a text: the generator finds one', () => {
    const everywhere = (text: string) => text.replaceAll(/,(?=\s*[}\]])/g, '');
    expect(
      fc.check(fc.property(fc.string({ unit: fc.constantFrom(',', ']', 'a') }), (text) => everywhere(JSON.stringify(text)) === JSON.stringify(text))).failed,
    ).toBe(true);
  });
});

describe('a name given twice', () => {
  property.prop([fc.constantFrom('external_id', 'phone', 'email'), fc.uniqueArray(fc.string({ minLength: 1 }), { minLength: 2, maxLength: 4 })])(
    'never identifies with one of several values',
    (kind, values) => {
      const text = `{${values.map((value) => `${JSON.stringify(kind)}:${JSON.stringify(value)}`).join(',')}}`;
      expect(readKept(text)).toMatchObject({ ok: false });
      const beside = read(`{${text.slice(1, -1)},"${kind === 'external_id' ? 'phone' : 'external_id'}":"+79001234567"}`);
      expect(beside.input[kind as 'phone']).toBeUndefined();
      expect(beside.warnings).toEqual([`${kind} was given twice with different values: it is kept in attributes`]);
      expect(JSON.parse(String(beside.input.attributes?.[kind])).length).toBe(values.length);
    },
  );
});

describe('members of an object', () => {
  property.prop([fc.array(fc.tuple(fc.string(), fc.jsonValue())), fc.constantFrom('', ' ', '\n\t')])('are found as written', (members, blank) => {
    const parts = members.map(([name, value]) => [JSON.stringify(name), JSON.stringify(value)] as const);
    const text = `${blank}{${blank}${parts.map(([name, value]) => `${name}${blank}:${blank}${value}`).join(`${blank},${blank}`)}${blank}}${blank}`;
    expect(membersOf(text)).toEqual(members.map(([name], n) => ({ name, text: parts[n]?.[1] })));
  });

  test.each(['[]', '1', '"{}"', 'null'])('are not found by %s', (text) => {
    expect(readJson(text).ok).toBe(true);
    expect(membersOf(text)).toBeNull();
  });
});

test('a body that cannot be read is refused with its own reason', () => {
  const problem = { code: 'malformed_json', detail: 'Not JSON.' } as const;
  expect(readOddContact(new UnclearBody('{', problem), refusal)).toEqual({ ok: false, problem });
  expect(readOddContact([{ external_id: 'a' }], refusal)).toEqual({ ok: false, problem: refusal });
});
