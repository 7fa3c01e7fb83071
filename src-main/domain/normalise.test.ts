import { fc, test } from '@fast-check/vitest';
import { describe, expect } from 'vitest';
import { SEED } from '#shared/testing/tables.ts';
import { normalise, normaliseEmail, normalisePhone } from './normalise.ts';

describe('a phone', () => {
  test.each([
    ['8 (900) 123-45-67', '+79001234567'],
    ['+79001234567', '+79001234567'],
    ['+7 900 123 45 67', '+79001234567'],
    ['7 (900) 123-45-67', '+79001234567'],
    ['9001234567', '+79001234567'],
    ['tel:+79001234567', '+79001234567'],
    ['\u00a08\u2011900\u2011123\u201145\u201167 ', '+79001234567'],
    ['＋７９００１２３４５６７', '+79001234567'],
    ['８ （９００） １２３－４５－６７', '+79001234567'],
    ['٨٩٠٠١٢٣٤٥٦٧', '+79001234567'],
    ['+7 701 123 45 67', '+77011234567'],
    ['8 701 123 45 67', '+77011234567'],
    ['+44 20 7946 0958', '+442079460958'],
    ['8-800-555-35-35', '+78005553535'],
  ])('%s is %s', (given, expected) => {
    expect(normalisePhone(given, 'RU')).toBe(expected);
  });

  test.each([
    '0000000000', // what people type to get past a form
    '+7 (111) 111-11-11',
    '',
    ' ',
    '-',
    'no phone',
    'anna@example.com',
    '02',
    '112',
    '12345',
    '+1',
    '+7 900 123-45-6',
    '+7 900 123-45-678',
    '+999 123 456 789',
    '123456789012345678901',
  ])('%j is none', (given) => {
    expect(normalisePhone(given, 'RU')).toBe(null);
  });

  test("is read as the workspace's region writes it", () => {
    expect([normalisePhone('020 7946 0958', 'GB'), normalisePhone('8 701 123 45 67', 'KZ')]).toEqual(['+442079460958', '+77011234567']);
  });
});

describe('an email', () => {
  test.each([
    [' Anna@Example.COM ', 'anna@example.com'],
    ['ANNA+bot@mail.example.co.uk', 'anna+bot@mail.example.co.uk'],
    ['анна@пример.рф', 'анна@xn--e1afmkfd.xn--p1ai'],
    ['info@ПРИМЕР.РФ', 'info@xn--e1afmkfd.xn--p1ai'],
    ['info@xn--e1afmkfd.xn--p1ai', 'info@xn--e1afmkfd.xn--p1ai'],
    ['ａｎｎａ＠ｅｘａｍｐｌｅ．ｃｏｍ', 'anna@example.com'],
    ['"a"@example.com', '"a"@example.com'],
  ])('%s is %s', (given, expected) => {
    expect(normaliseEmail(given)).toBe(expected);
  });

  test.each([
    '',
    '@',
    'anna',
    'anna@',
    '@example.com',
    'anna@example',
    'anna@@example.com',
    'an na@example.com',
    'anna@exa mple.com',
    'anna@-example.com',
    'anna@example-.com',
    'anna@example..com',
    'anna@.example.com',
    'anna@example.com.',
    'anna@example.com, boris@example.com',
    'Anna <anna@example.com>',
    `${'a'.repeat(65)}@example.com`,
    `anna@${'a.'.repeat(130)}com`,
  ])('%j is none', (given) => {
    expect(normaliseEmail(given)).toBe(null);
  });
});

describe('what a bot gave', () => {
  test('becomes identifiers in the order of look-up; blank ones count as not given', () => {
    expect(normalise({ email: ' A@b.ru ', phone: '8 900 123-45-67', external_id: ' tg-77 ' }, 'RU')).toEqual({
      identifiers: [
        { kind: 'external_id', value: 'tg-77' },
        { kind: 'phone', value: '+79001234567' },
        { kind: 'email', value: 'a@b.ru' },
      ],
      unusable: [],
    });
    expect(normalise({ external_id: '  ', phone: null, email: undefined }, 'RU')).toEqual({ identifiers: [], unusable: [] });
  });

  test('what cannot be normalised is told apart, as it was given', () => {
    expect(normalise({ phone: ' call me ', email: 'nobody', external_id: 'TG-77' }, 'RU')).toEqual({
      identifiers: [{ kind: 'external_id', value: 'TG-77' }],
      unusable: [
        { kind: 'phone', given: 'call me' },
        { kind: 'email', given: 'nobody' },
      ],
    });
  });

  const digits = fc.string({ unit: fc.constantFrom(...Array.from('0123456789+-() ８９')), maxLength: 16 });
  const anything = fc.string({ unit: 'binary' });
  test.prop({ phone: fc.oneof(digits, anything), email: fc.oneof(fc.emailAddress(), anything) }, { seed: SEED, numRuns: 3000 })(
    'is never changed by being normalised once more, whatever it was',
    (given) => {
      const once = normalise(given, 'RU').identifiers;
      const again = normalise(Object.fromEntries(once.map(({ kind, value }) => [kind, value])), 'RU');
      expect(again).toEqual({ identifiers: once, unusable: [] });
    },
  );
});
