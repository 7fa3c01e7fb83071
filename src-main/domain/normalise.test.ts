import { fc, test } from '@fast-check/vitest';
import { parsePhoneNumberFromString } from 'libphonenumber-js/max';
import { describe, expect } from 'vitest';
import type { IdentifierKind } from '#shared/contract/entities.ts';
import { SEED } from '#shared/testing/tables.ts';
import { type Given, normalise, normaliseEmail, normalisePhone, storedForms, warningsOf } from './normalise.ts';
import { otherForms, type PhoneRegion, readPhones, readText } from './phone.ts';

describe('digits that are labelled as something else', () => {
  test.each([
    'заказ 4520123456',
    'Заказ №4520123456',
    'номер заказа: 4520123456',
    'user_4791234567',
    'order4791234567',
    'INV-4520123456',
    '№ 4520123456',
    '#4520123456',
    'id 4791234567',
    'chat_id: 375291234567',
    'tg 4791234567',
    'договор 79001234567',
    'чек № 89001234567',
    'счёт 9001234567',
    'ИНН 500100732259',
    'order #89001234567',
    'Bestellung 4520123456',
    'лот 4520123456',
    '4791234567abc',
    'лид9001234567',
    'https://vk.com/id4791234567',
    'https://example.com/?order=4791234567',
    'example.com/4791234567/',
    't.me/joinchat/4791234567',
    'https://t.me/c/4791234567/12',
  ])('are not a telephone number: %j', (phone) => {
    expect(normalise({ phone }, 'RU').identifiers).toEqual([]);
  });

  test.each([
    ['заказ звонка 89001234567', '+79001234567'],
    ['Хочу заказать 8 900 123-45-67', '+79001234567'],
    ['заказ 4520123456, тел. 89001234567', '+79001234567'],
    ['89001234567 заказ 4520123456', '+79001234567'],
    ['заказ +79001234567', '+79001234567'],
    ['заказ 8 (900) 123-45-67', '+79001234567'],
    ['Анна 9001234567', '+79001234567'],
    ['Анна89001234567', '+79001234567'],
    ['Анна, 375291234567', '+375291234567'],
    ['т.375291234567', '+375291234567'],
    ['тел. № 375291234567', '+375291234567'],
    ['89001234567 и 375291234567', '+79001234567 +375291234567'],
    ['telegram: 375291234567', '+375291234567'],
    ['tel://89001234567', '+79001234567'],
    ['https://example.com/?phone=79001234567', '+79001234567'],
    ['p:+79001234567', '+79001234567'], // as Facebook exports leads
  ])('but %j is read as %s', (phone, expected) => {
    expect(normalise({ phone }, 'RU').identifiers.map(({ value }) => value)).toEqual(expected.split(' '));
  });

  const word = fc.oneof(
    fc.constantFrom('заказ', 'order', 'id', 'договор', 'ИНН', 'лот', 'партия', 'SKU'),
    fc.string({ unit: fc.constantFrom(...Array.from('абвгджзклмнabcdfgjklm')), minLength: 3, maxLength: 9 }),
  );
  const called = fc.record({
    word,
    mark: fc.constantFrom('', ' ', '_', '-', ' №', ': ', ' #', '=', '. '),
    digits: fc.string({ unit: fc.constantFrom(...Array.from('0123456789')), minLength: 10, maxLength: 13 }),
  });
  /** Whether digits are read as a number of the region, if they are read. */
  const isHome = (read: (text: string) => readonly string[]) =>
    fc.property(called, ({ word, mark, digits }) => read(`${word}${mark}${digits}`).every((number) => number.startsWith('+7')));

  test('are never read as a foreign number', () => {
    expect(
      fc.check(
        isHome((text) => readPhones(text, 'RU').numbers),
        { seed: SEED, numRuns: 5000 },
      ),
    ).toMatchObject({ failed: false, counterexample: null });
  });

  test('would be if the words next to them were ignored: the generator finds such a text', () => {
    const digitsOnly = (text: string) => readPhones(text.replaceAll(/\D/g, ''), 'RU').numbers;
    expect(fc.check(isHome(digitsOnly), { seed: SEED, numRuns: 5000 }).failed).toBe(true);
  });
});

describe('digits after a comma or a slash', () => {
  test.each([
    ['8 495 222-33-44, 12', '+74952223344;ext=12'],
    ['8 495 222-33-44,12', '+74952223344;ext=12'],
    ['8 495 222-33-44/12', '+74952223344;ext=12'],
    ['tel:+44-114-272-6444;1234', '+441142726444;ext=1234'],
    ['8 495 222-33-44; 12', '+74952223344;ext=12'],
    ['8 (495) 222-33-44 / 1204', '+74952223344;ext=1204'],
    ['8 800 555-35-35, 3', '+78005553535;ext=3'],
    ['8 495 222-33-44, 12; 8 900 123-45-67', '+74952223344;ext=12 +79001234567'],
    ['8 900 123-45-67, 12', '+79001234567'], // mobiles have none
    ['8 900 123-45-67/12', '+79001234567'],
    ['8 495 222-33-44, 18:00', '+74952223344'],
    ['8 495 222-33-44, 2 подъезд', '+74952223344'],
  ])('are an extension of a landline only: %j is %s, and is kept', (phone, expected) => {
    const { identifiers, noted } = normalise({ phone }, 'RU');
    expect([identifiers.map(({ value }) => value), noted.map(({ given }) => given)]).toEqual([expected.split(' '), [phone]]);
  });
});

describe('too many numbers in a text', () => {
  const many = Array.from({ length: 7 }, (_, n) => `8900123456${n}`);

  test('the first five identify, and all are kept', () => {
    const { identifiers, noted } = normalise({ phone: many.join(', ') }, 'RU');
    expect([identifiers.length, noted.length]).toEqual([5, 1]);
  });

  test('the same applies to addresses', () => {
    const { identifiers, noted } = normalise({ email: many.map((name) => `a${name}@example.com`).join(', ') }, 'RU');
    expect([identifiers.length, noted.length]).toEqual([5, 1]);
  });
});

describe('a date', () => {
  const REGIONS: PhoneRegion[] = ['RU', 'KZ', 'BY', 'DE', 'AT', 'FI', 'ID', 'IN', 'IT', 'NZ', 'SE', 'HU'];
  const two = (n: number) => String(n).padStart(2, '0');
  const FORMS: ((d: string, m: string, y: string, time: string) => string)[] = [
    (d, m, y) => `${d}.${m}.${y}`,
    (d, m, y) => `${d}/${m}/${y}`,
    (d, m, y) => `${d}-${m}-${y}`,
    (d, m, y) => `${y}.${m}.${d}`,
    (d, m, y) => `${y}/${m}/${d}`,
    (d, m, y) => `${y}-${m}-${d}`,
    (d, m, y) => `${y}${m}${d}`,
    (d, m, y) => `${d}.${m}.${y.slice(2)}`,
    (d, m, y) => `${d}/${m}/${y.slice(2)}`,
    (d, m, y) => `${d}-${m}-${y.slice(2)}`,
    (d, m, y, time) => `${y}-${m}-${d}T${time}Z`,
    (d, m, y, time) => `${y}-${m}-${d}T${time}.000+03:00`,
    (d, m, y, time) => `${y}-${m}-${d} ${time}`,
    (d, m, y, time) => `${d}.${m}.${y} ${time}`,
    (d, m, y, time) => `${d}.${m}.${y}, ${time.slice(0, 5)}`,
    (d, m, y, time) => `${y}${m}${d}${time.replaceAll(':', '')}`,
  ];
  const date = fc
    .record({
      form: fc.constantFrom(...FORMS),
      day: fc.integer({ min: 1, max: 28 }),
      month: fc.integer({ min: 1, max: 12 }),
      year: fc.integer({ min: 2020, max: 2039 }),
      second: fc.nat(86_399),
    })
    .map(({ form, day, month, year, second }) =>
      form(two(day), two(month), String(year), [second / 3600, (second / 60) % 60, second % 60].map((n) => two(Math.floor(n))).join(':')),
    );
  const isNone = (read: (text: string, region: PhoneRegion) => readonly string[]) =>
    fc.property(date, fc.constantFrom(...REGIONS), (text, region) => read(text, region).length === 0);

  test('is not a number, in any form and region', () => {
    expect(
      fc.check(
        isNone((text, region) => readPhones(text, region).numbers),
        { seed: SEED, numRuns: 5000 },
      ),
    ).toMatchObject({ failed: false, counterexample: null });
  });

  test('would be one by the numbering plan alone: the generator finds such a date', () => {
    const byPlan = (text: string, region: PhoneRegion) => (parsePhoneNumberFromString(text, region)?.isValid() ? [text] : []);
    expect(fc.check(isNone(byPlan), { seed: SEED, numRuns: 5000 }).failed).toBe(true);
  });

  test.each(['02.12.26 89001234567', '89001234567 02.12.26', '8 900 123-45-67 02/12/26'])('with a short year can stand next to a number: %j', (phone) => {
    const { identifiers, noted } = normalise({ phone }, 'RU');
    expect([identifiers.map(({ value }) => value), noted.length]).toEqual([['+79001234567'], 1]);
  });

  test('but a number of the same form is still a number', () => {
    expect(['8 (4012) 12-02-26', '+45 20 26 12 02', '+4520261202'].map((text) => normalisePhone(text, 'RU'))).toEqual([
      '+74012120226',
      '+4520261202',
      '+4520261202',
    ]);
  });

  test.each<[PhoneRegion, string]>([
    ['DE', '2026-12-02'],
    ['DE', '02.12.2026'],
    ['DE', '2/12/2026'],
    ['AT', '31-12-1999'],
    ['RU', '02.12.2026'],
  ])('is not a telephone number: %s, %s', (region, phone) => {
    expect(normalise({ phone }, region).identifiers).toEqual([]);
  });

  test.each(['89001234567 02.12.2026', '02.12.2026 89001234567', '89001234567 (02.12.2026)', '2026-12-02; 8 (900) 123-45-67'])(
    'can stand next to a number and is kept: %j',
    (phone) => {
      const { identifiers, noted } = normalise({ phone }, 'RU');
      expect([identifiers.map(({ value }) => value), noted.map(({ given }) => given)]).toEqual([['+79001234567'], [phone]]);
    },
  );
});

describe('an extension that cannot be parsed', () => {
  test.each(['доб. а12', ', добавочный — 12', 'добавочным 12', 'внутренним 12', 'в тоне 12', 'p12', 'w12', 'ext 12345678'])(
    'does not identify by the number of the switchboard: %j',
    (extension) => {
      expect(normalise({ phone: `8 495 222-33-44 ${extension}` }, 'RU').identifiers.map(({ value }) => value)).not.toContain('+74952223344');
    },
  );

  test.each(['доп. вопрос', 'вн. связь', 'звонить после 6'])('but a note is not an extension: %j', (note) => {
    expect(normalise({ phone: `8 495 222-33-44 ${note}` }, 'RU').identifiers.map(({ value }) => value)).toContain('+74952223344');
  });
});

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
    ['+48 (0) 22 512 12 34', '+48225121234'], // https://github.com/google/libphonenumber/issues/1816
    ['+39 (0) 6 698 12345', '+390669812345'],
    ['+14382663913*227', '+14382663913;ext=227'], // https://github.com/ringcentral/hubspot-embeddable-ringcentral-phone/issues/265
    ['8 495 222-33-44 * 12', '+74952223344;ext=12'],
    ['8 900 123-45*67', '+79001234567'],
    ['9999999999', '+79999999999'], // valid by the plan
    // messengers write no plus
    ['375291234567', '+375291234567'],
    ['998901234567', '+998901234567'],
    ['37477123456', '+37477123456'],
    ['5511987654321', '+5511987654321'],
    ['79001234567@s.whatsapp.net', '+79001234567'],
    ['79001234567:12@s.whatsapp.net', '+79001234567'],
    ['4951234567@c.us', '+4951234567'], // of a messenger: international
    ['whatsapp:+79001234567', '+79001234567'],
    ['https://wa.me/79001234567', '+79001234567'],
    ['https://api.whatsapp.com/send?phone=79001234567', '+79001234567'],
    ['tg://resolve?phone=79001234567', '+79001234567'],
    ['viber://chat?number=%2B79001234567', '+79001234567'],
    ['sip:+74952223344@pbx.example', '+74952223344'],
    ['4791234567', '+4791234567'],
    ['3725123456', '+3725123456'],
    ['4520123456', '+4520123456'],
    ['442079460958', '+442079460958'],
    ['919876543210', '+919876543210'],
    ['6281234567890', '+6281234567890'],
    ['972527654321', '+972527654321'],
    ['905321234567', '+905321234567'],
    ['995555123456', '+995555123456'],
    ['996555123456', '+996555123456'],
    ['34612345678', '+34612345678'],
    ['4915112345678', '+4915112345678'],
    // one person each, with and without the digit that a country added or gave up
    ['5215512345678', '+525512345678'],
    ['+52 1 55 1234 5678', '+525512345678'],
    ['551187654321', '+5511987654321'],
    ['+55 11 7712-3456', '+551177123456'], // valid as it is: never got the ninth digit
    ['22997123456', '+2290197123456'],
    // as people write it
    ['79005556677.0', '+79005556677'],
    ['79005556677,00', '+79005556677'],
    ['7.9005556678E+10', '+79005556678'],
    ['7,9005556678e+10', '+79005556678'],
    ['+8 (900) 123-45-67', '+79001234567'],
    ['+8 (495) 222-33-44', '+74952223344'],
    ['+89001234567', '+79001234567'],
    ['8 8 900 123-45-67', '+79001234567'],
    ['+7 8 900 123-45-67', '+79001234567'],
    ['+7 +7 900 123-45-67', '+79001234567'],
    ['+7 7 900 123-45-67', '+79001234567'],
    ['8 +7 900 123-45-67', '+79001234567'],
    ['++7 900 123-45-67', '+79001234567'],
    ['(+7) 900 123-45-67', '+79001234567'],
    ['+ 7 900 123 45 67', '+79001234567'],
    ['0049 151 12345678', '+4915112345678'],
    ['00 7 900 123 45 67', '+79001234567'],
    ['8~10 49 151 12345678', '+4915112345678'],
    ['8-10-49-151-12345678', '+4915112345678'],
    ['+44 (0)20 7946 0958', '+442079460958'],
    ['\u200e+7 900 123\u200d-45-67\u202c', '+79001234567'],
    ['8\u00ad900\u2060123\ufeff4567', '+79001234567'],
    ['8·900·123·45·67', '+79001234567'],
    ['8•900•123•45•67', '+79001234567'],
    ['8_900_123_45_67', '+79001234567'],
    ['8*900*123*45*67', '+79001234567'],
    ['8|900|123|45|67', '+79001234567'],
    ['8/900/123/45/67', '+79001234567'],
    ['8.900.123.45.67', '+79001234567'],
    ['8 900 123–45—67', '+79001234567'],
    ['8\t900\t123\t45\t67', '+79001234567'],
    ['8️⃣9️⃣0️⃣0️⃣1️⃣2️⃣3️⃣4️⃣5️⃣6️⃣7️⃣', '+79001234567'],
    ['८९००१२३४५६७', '+79001234567'],
    ['=+79001234567', '+79001234567'],
    ["'89001234567", '+79001234567'],
    ['"89001234567"', '+79001234567'],
    ['тел.: 8 900 123-45-67', '+79001234567'],
    ['89001234567 (после 18:00)', '+79001234567'],
    ['после 18:00 89001234567', '+79001234567'],
    ['после 18:00 89001234567 (кв. 12)', '+79001234567'],
    ['с 9:00 до 18:00 8 900 123-45-67', '+79001234567'],
    ['после 18.00 89001234567', '+79001234567'],
    ['89001234567, 10:30', '+79001234567'],
    ['10:30 +7 495 222-33-44', '+74952223344'],
    ['89001234567 18:00-20:00', '+79001234567'],
    ['89001234567 2 подъезд', '+79001234567'],
    ['кв. 12 89001234567', '+79001234567'],
    ['8 900 123 45 67, Анна', '+79001234567'],
    ['anna@example.com 89001234567', '+79001234567'],
    // an extension belongs to the identity
    ['8 (495) 222-33-44 вн. 12', '+74952223344;ext=12'],
    ['8 (495) 222-33-44, внутр. 12', '+74952223344;ext=12'],
    ['8 495 222-33-44 внутренний 12', '+74952223344;ext=12'],
    ['8 495 222-33-44 доп. 12', '+74952223344;ext=12'],
    ['8 495 222-33-44 (добавочный 12)', '+74952223344;ext=12'],
    ['8 495 222-33-44 доб.12', '+74952223344;ext=12'],
    ['8 495 222-33-44 доб. № 0012', '+74952223344;ext=0012'],
    ['8 495 222-33-44 ext. 12', '+74952223344;ext=12'],
    ['8 495 222-33-44 x12', '+74952223344;ext=12'],
    ['8 495 222-33-44 #12', '+74952223344;ext=12'],
    ['8 495 222-33-44,,12', '+74952223344;ext=12'],
    ['+74952223344;ext=12', '+74952223344;ext=12'],
    ['tel:+7-495-222-33-44;ext=12', '+74952223344;ext=12'],
  ])('%s is %s', (given, expected) => {
    expect(normalisePhone(given, 'RU')).toBe(expected);
  });

  test.each([
    '0000000000', // what people type to get past a form
    '+7 (111) 111-11-11',
    '+7 (123) 456-78-90',
    '1234567890',
    '+70000000001',
    '+7 (000) 000-00-00',
    '+7 333 333 33 33',
    '+1 555 123 4567',
    '+13107549', // a service in Canada, or the beginning of a number: https://github.com/catamphetamine/libphonenumber-js/issues/461
    '13107549',
    '+1 310-1234',
    '500100732259', // a tax number
    '40817810099910004312', // an account
    '1764633600', // seconds
    '1764633600000', // milliseconds
    '2026-12-02 03:21',
    '123456789012345@lid', // not a number: WhatsApp hides it
    '120363012345678901@g.us', // a group
    '123456789012345',
    '8 495 222-33-44 1234',
    '222-33-44, 222-33-45',
    '222-33-44',
    '7.90056E+10', // rounded
    '8-900-123-45-67-89',
    'доб. 12',
    '89001234567@example.com',
    '192.168.100.200',
    'a1b2c3d4e5f6',
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
  ])('%j is invalid', (given) => {
    expect(normalisePhone(given, 'RU')).toBe(null);
  });

  test.each([
    ['8 900 123-45-67, 8 900 123-45-68'],
    ['8 900 123-45-67/8 900 123-45-68'],
    ['89001234567; 89001234568'],
    ['89001234567 или 89001234568'],
    ['89001234567\n89001234568'],
    ['89001234567\r\n\r\n89001234568'],
    ['89001234567 89001234568'],
    ['+79001234567+79001234568'],
    ['8(900)123-45-67 | 8(900)123-45-68'],
    ['моб. 89001234567, раб. 89001234568'],
    ['89001234567 и 9001234568'],
    ['89001234567, Анна, 89001234568'],
    ['89001234567 доп. 8 900 123-45-68'],
  ])('%j are two numbers', (given) => {
    expect([readPhones(given, 'RU').numbers, normalisePhone(given, 'RU')]).toEqual([['+79001234567', '+79001234568'], null]);
  });

  const MOSCOW = ['8 495 222-33-44 доб. 12, 8 900 123-45-67', '8 900 123-45-67 / 8 495 222-33-44 вн. 12'];
  test('an extension stays with its number', () => {
    expect(MOSCOW.map((given) => [...readPhones(given, 'RU').numbers].sort())).toEqual([
      ['+74952223344;ext=12', '+79001234567'],
      ['+74952223344;ext=12', '+79001234567'],
    ]);
  });

  test.each<[PhoneRegion, string, string]>([
    ['BY', '79001234567', '+79001234567'],
    ['AT', '79001234567', '+79001234567'],
    ['IN', '79001234567', '+79001234567'],
    ['ID', '79001234567', '+79001234567'],
    ['IL', '79001234567', '+79001234567'],
    ['FI', '79001234567', '+79001234567'],
    ['US', '79001234567', '+79001234567'],
    ['UA', '80501234567', '+380501234567'], // the trunk prefix until 2009: https://github.com/cakephp/localized/pull/194
    ['UA', '8 (050) 123-45-67', '+380501234567'],
    ['UA', '8 044 123 45 67', '+380441234567'],
    ['UA', '0501234567', '+380501234567'],
    ['UZ', '8 90 123 45 67', '+998901234567'],
    ['UZ', '901234567', '+998901234567'],
    ['TJ', '8 917 12 34 56', '+992917123456'],
    ['MX', '044 55 1234 5678', '+525512345678'],
    ['MX', '045 55 1234 5678', '+525512345678'],
    ['MX', '01 55 1234 5678', '+525512345678'],
    ['BR', '(31) 8888-8888', '+5531988888888'], // the same mobile number before the ninth digit
    ['BR', '31 98888-8888', '+5531988888888'],
    ['BR', '(31) 3333-8888', '+553133338888'], // a landline keeps eight
    ['BJ', '90 01 12 34', '+2290190011234'],
    ['GB', '375291234567', '+375291234567'],
    ['IN', '375291234567', '+375291234567'],
    ['KZ', '998901234567', '+998901234567'],
    ['BY', '80 29 123-45-67', '+375291234567'],
    ['KZ', '8 900 123-45-67', '+79001234567'],
    ['DE', '0176/1234567', '+491761234567'],
    ['DE', '49(0)345279580', '+49345279580'], // https://github.com/google/libphonenumber/issues/1067
    ['BY', '8 (0) 17 222-33-44', '+375172223344'],
    ['DE', '030/1234567', '+49301234567'],
    ['AR', '011 15-2345-6789', '+5491123456789'],
    ['US', '1 (415) 555-2671', '+14155552671'],
    ['US', '011 7 900 123-45-67', '+79001234567'],
  ])('in %s %s is %s', (region, given, expected) => {
    expect(normalisePhone(given, region)).toBe(expected);
  });

  test.each<[PhoneRegion, string, string, string]>([
    ['RU', '4951234567', '+74951234567', '+4951234567'],
    ['RU', '84952223344', '+74952223344', '+84952223344'],
    ['DE', '79001234567', '+4979001234567', '+79001234567'],
    ['DE', '375291234567', '+49375291234567', '+375291234567'],
  ])('in %s %s is %s, with a warning that it could be %s', (region, given, expected, other) => {
    expect(readPhones(given, region)).toEqual({ numbers: [expected], others: [other], isWhole: true });
  });

  test('is not ambiguous in the spelling of the region', () => {
    expect(readPhones('8 (495) 222-33-44', 'RU')).toEqual({ numbers: ['+74952223344'], others: [], isWhole: true });
  });

  test('may be from a range newer than the metadata, if its country code is given and it does not look invented', () => {
    expect(['+7 317 202 48 13', '8 317 202 48 13', '+7 317 000 00 00', '+7 217 202 48 13'].map((given) => normalisePhone(given, 'RU'))).toEqual([
      '+73172024813',
      null,
      null,
      null,
    ]);
  });

  test('has parallel forms in Mexico, Brazil, Argentina and Benin', () => {
    expect(['+525512345678', '+5511987654321', '+5491123456789', '+541123456789', '+2290197123456', '+79001234567', '+5511971234567'].map(otherForms)).toEqual([
      ['+5215512345678'],
      ['+551187654321'],
      ['+541123456789'],
      ['+5491123456789'],
      ['+22997123456'],
      [],
      [], // the form without the ninth digit is valid: somebody else's
    ]);
  });

  test('is read in the spelling of the region of the workspace', () => {
    expect([normalisePhone('020 7946 0958', 'GB'), normalisePhone('8 701 123 45 67', 'KZ')]).toEqual(['+442079460958', '+77011234567']);
  });
});

describe('the short cut for plain numbers', () => {
  const digit = fc.integer({ min: 0, max: 9 });
  const plain = fc.record({
    prefix: fc.constantFrom('+7', '7', '8', '+8', '', '9'),
    area: fc.tuple(fc.constantFrom(9, 9, 9, 4, 8, 7), digit, digit).map((all) => all.join('')),
    digits: fc.array(digit, { minLength: 6, maxLength: 8 }).map((all) => all.join('')),
    marks: fc.constantFrom([' (', ') ', '-', '-'], ['', '', '', ''], [' ', ' ', '-', '-'], ['(', ')', ' ', ' '], [' -', ' ', '', ''], ['-', '-', '-', '-']),
    region: fc.constantFrom<PhoneRegion>('RU', 'KZ', 'BY', 'DE', 'US', 'IN'),
  });
  const written = ({ prefix, area, digits, marks: [a, b, c, d] }: { prefix: string; area: string; digits: string; marks: readonly string[] }) =>
    `${prefix}${a}${area}${b}${digits.slice(0, 3)}${c}${digits.slice(3, 5)}${d}${digits.slice(5)}`;

  test.prop({ given: plain }, { seed: SEED, numRuns: 3000 })('gives the same result as the full parser', ({ given }) => {
    expect(readPhones(written(given), given.region)).toEqual(readText(written(given), given.region));
  });

  const WAYS: [string, (text: string, region: PhoneRegion) => readonly string[]][] = [
    ['takes other areas for mobiles, too', (text, region) => (/^\+?[78]\d{10}$/.test(text) ? [`+7${text.slice(-10)}`] : readText(text, region).numbers)],
    ['takes an eight for the code in every country', (text, region) => (/^89\d{9}$/.test(text) ? [`+7${text.slice(1)}`] : readText(text, region).numbers)],
  ];
  test.each(WAYS)('must not be one that %s: the generator finds a difference', (_what, way) => {
    const isSame = fc.property(plain, (given) => String(way(written(given), given.region)) === String(readText(written(given), given.region).numbers));
    expect(fc.check(isSame, { seed: SEED, numRuns: 3000 }).failed).toBe(true);
  });
});

describe('surrounding text', () => {
  const numbers = ['+79001234567', '+74952223344', '+375291234567', '+442079460958', '+4915112345678', '+998901234567'];
  const mark = fc.constantFrom(
    '',
    '',
    '',
    ' ',
    '-',
    '.',
    '·',
    '•',
    '_',
    '*',
    '|',
    '/',
    '\t',
    '(',
    ')',
    '\u00a0',
    '\u200b',
    '\u200e',
    '\u200d',
    '\u2060',
    '\u00ad',
    '–',
    '\u2011',
  );
  const decorated = fc.record({ number: fc.constantFrom(...numbers), marks: fc.array(mark, { minLength: 13, maxLength: 13 }) });
  const written = ({ number, marks }: { number: string; marks: string[] }) =>
    Array.from(number, (character, n) => character + (n === 0 ? '' : (marks[n] ?? ''))).join('');

  test.prop({ given: decorated }, { seed: SEED, numRuns: 3000 })('makes no difference to a number with a plus', ({ given }) => {
    expect(readPhones(written(given), 'RU')).toEqual({ numbers: [given.number], others: [], isWhole: true });
  });

  test.each<[string, (text: string) => string]>([
    ['only the usual marks', (text) => text.replaceAll(/[ ().-]/g, '')],
    ['the visible marks only', (text) => text.replaceAll(/[^\d+\p{Cf}]/gu, '')],
  ])('is not %s: the generator finds a number that is lost', (_what, strip) => {
    expect(
      fc.check(
        fc.property(decorated, (given) => strip(written(given)) === given.number),
        { seed: SEED, numRuns: 3000 },
      ).failed,
    ).toBe(true);
  });
});

describe('different people', () => {
  const digits = fc.string({ unit: fc.constantFrom(...Array.from('0123456789')), minLength: 5, maxLength: 20 });
  const isValid = (number: string) => parsePhoneNumberFromString(number)?.isValid() ?? false;
  const isSafe = (read: (text: string) => readonly string[]) => fc.property(digits, (given) => read(given).every(isValid));

  test.prop({ given: digits }, { seed: SEED, numRuns: 5000 })('are never merged because of digits that are not a valid number', ({ given }) => {
    expect(readPhones(given, 'RU').numbers.filter((number) => !isValid(number))).toEqual([]);
  });

  test('would be because of a number of a possible length: the generator finds such digits', () => {
    const possible = (text: string) => {
      const number = parsePhoneNumberFromString(text, 'RU');
      return number?.isPossible() ? [number.number] : [];
    };
    expect(fc.check(isSafe(possible), { seed: SEED, numRuns: 5000 }).failed).toBe(true);
  });
});

describe('an email', () => {
  test.each([
    [' Anna@Example.COM ', 'anna@example.com'],
    ['ANNA+bot@mail.example.co.uk', 'anna+bot@mail.example.co.uk'],
    ['анна@пример.рф', 'анна@xn--e1afmkfd.xn--p1ai'],
    ['tim.o’connor@example.com', "tim.o'connor@example.com"],
    ['timʼs@example.com', "tim's@example.com"],
    ['info@ПРИМЕР.РФ', 'info@xn--e1afmkfd.xn--p1ai'],
    ['info@xn--e1afmkfd.xn--p1ai', 'info@xn--e1afmkfd.xn--p1ai'],
    ['ａｎｎａ＠ｅｘａｍｐｌｅ．ｃｏｍ', 'anna@example.com'],
    ['"a"@example.com', '"a"@example.com'],
    ['"Anna, office"@example.com', '"anna, office"@example.com'],
    [String.raw`"very.(),:;<>[]\".very@\ \"very\".unusual"@strange.example.com`, String.raw`"very.(),:;<>[]\".very@\ \"very\".unusual"@strange.example.com`],
    ['üñîçøðé@example.com', 'üñîçøðé@example.com'], // https://github.com/jstedfast/EmailValidation/issues/2
    ['anna@example.com.', 'anna@example.com'],
    ['anna@example.com;', 'anna@example.com'],
    ['<anna@example.com>', 'anna@example.com'],
    ['Anna <anna@example.com>', 'anna@example.com'],
    ['"Иванова, Анна" <anna@example.com>,', 'anna@example.com'],
    ['anna @ example.com', 'anna@example.com'],
    ['anna@\u00a0example.com', 'anna@example.com'],
    ['mailto:anna@example.com', 'anna@example.com'],
    ['MAILTO:Anna@example.com?subject=Hi', 'anna@example.com'],
    ['(anna@example.com)', 'anna@example.com'],
    ['«anna@example.com»', 'anna@example.com'],
    ["'anna@example.com'", 'anna@example.com'],
    ['E-mail: anna@example.com', 'anna@example.com'],
    ['почта: anna@example.com', 'anna@example.com'],
    ['anna(at)example.com', 'anna@example.com'],
    ['anna@example。com', 'anna@example.com'],
    ['an\u200bna@exa\u00admple.com\u2060', 'anna@example.com'],
    ['\u202aanna@example.com\u202c', 'anna@example.com'],
    ['\ufeffanna@example.com', 'anna@example.com'],
    ['an\u2800na@example.com', 'anna@example.com'],
    ['anna@example.net\u200b', 'anna@example.net'],
    ['anna@example.xn--net-7m0a', 'anna@example.net'],
    ['İVAN@example.com', 'ivan@example.com'],
    ['i̇van@example.com', 'ivan@example.com'],
    ['ANNA@EXAMPLE.COM\r\n', 'anna@example.com'],
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
    'anna@example.com, boris@example.com',
    'Anna <anna>',
    'anna@192.168.0.1',
    'anna@example.c',
    'anna,petrova@example.com',
    '<anna@example.com> <boris@example.com>',
    '\u200b@example.com',
    `${'a'.repeat(65)}@example.com`,
    `anna@${'a.'.repeat(130)}com`,
  ])('%j is invalid', (given) => {
    expect(normaliseEmail(given)).toBe(null);
  });
});

describe('addresses in a text', () => {
  test.each([
    ['ivan@example.org (рабочая)', 'ivan@example.org'],
    ['ivan@example.org - рабочая', 'ivan@example.org'],
    ['ivan@example.org work', 'ivan@example.org'],
    ['мой адрес ivan@example.org', 'ivan@example.org'],
    ['work - ivan@example.org', 'ivan@example.org'],
    ['email ivan@example.org', 'ivan@example.org'],
    ['anna@example.org ivan@example.org', 'anna@example.org ivan@example.org'],
    ['anna@example.org\tivan@example.org', 'anna@example.org ivan@example.org'],
    ['anna@example.org и ivan@example.org', 'anna@example.org ivan@example.org'],
    ['anna@example.org or ivan@example.org', 'anna@example.org ivan@example.org'],
    ['anna@example.org/ivan@example.org', 'anna@example.org ivan@example.org'],
    ['<anna@example.org>, <ivan@example.org>', 'anna@example.org ivan@example.org'],
    ['anna@example.org, Иван <ivan@example.org>', 'anna@example.org ivan@example.org'],
    ['anna@example.org (моя), ivan@example.org (мужа)', 'anna@example.org ivan@example.org'],
    ['anna@example.org <anna@example.org>', 'anna@example.org'],
    ['1) anna@example.org 2) ivan@example.org', 'anna@example.org ivan@example.org'],
    ['ivan@example.org, +79001234567', 'ivan@example.org'],
    ['+79001234567 ivan@example.org', 'ivan@example.org'],
    ['ivan@example.org @vanya', 'ivan@example.org'],
    ['ivan@example.org, нет', 'ivan@example.org'],
    ['anna@example.org, boris@', 'anna@example.org'],
    ['https://example.org/form ivan@example.org', 'ivan@example.org'],
    ['[ivan@example.org](mailto:ivan@example.org)', 'ivan@example.org'],
    ['<a href="mailto:ivan@example.org">ivan@example.org</a>', 'ivan@example.org'],
    ['mailto://ivan@example.org', 'ivan@example.org'],
  ])('identify: %j is %s', (email, expected) => {
    expect(normalise({ email }, 'RU').identifiers.map(({ value }) => value)).toEqual(expected.split(' '));
  });

  test.each(['ivan@example.org (рабочая)', 'anna@example.org, Иван <ivan@example.org>', 'https://example.org ivan@example.org'])(
    'are kept as an attribute if there is more text: %j',
    (email) => {
      expect(normalise({ email }, 'RU').noted).toEqual([{ kind: 'email', given: email }]);
    },
  );

  test.each([
    'https://user@host.ru',
    'https://t.me/ivan@example.org',
    'ftp://a@example.org',
    't.me/ivan@example.org',
    'sip:100@example.org',
    'skype:ivan@example.org',
    'acct:ivan@mastodon.social',
    '@ivan@mastodon.social',
    '79001234567@c.us',
    '79001234567@s.whatsapp.net',
    '120363012345678901@g.us',
    'ivan petrov@example.org', // perhaps ivan.petrov
    'ivan,petrov@example.org',
    'ivan@mail.co m', // perhaps mail.com
    'ivan@my company.org',
    'ivan@my.com pany.org',
    'git@github.com:foo/bar.git',
  ])('are not read from %j', (email) => {
    expect(normalise({ email }, 'RU').identifiers).toEqual([]);
  });

  const letters = (unit: string, minLength: number) => fc.string({ unit: fc.constantFrom(...Array.from(unit)), minLength, maxLength: 9 });
  const address = fc
    .tuple(letters('abcdefgh.', 2), letters('abcdefgh', 2), fc.constantFrom('com', 'ru', 'co.uk'))
    .map(([name, host, top]) => `${name}@${host}.${top}`);
  const note = fc.oneof(
    letters('абвгде ', 4),
    letters('abcdef ', 4).map((text) => `(${text})`),
  );
  const written = fc.record({ address, before: fc.option(note), after: fc.option(note) });
  const isRead = (read: (text: string) => readonly string[]) =>
    fc.property(written, ({ address, before, after }) => String(read(`${before ?? ''} ${address} ${after ?? ''}`)) === address);

  test('are found next to any note', () => {
    expect(
      fc.check(
        isRead((email) => normalise({ email }, 'RU').identifiers.map(({ value }) => value)),
        { seed: SEED, numRuns: 3000 },
      ),
    ).toMatchObject({ failed: false, counterexample: null });
  });

  const isNobody = (read: (text: string) => readonly string[]) =>
    fc.property(address, fc.integer({ min: 1, max: 9 }), fc.constantFrom(' ', ', ', ','), (address, at, gap) => {
      const cut = 1 + (at % (address.indexOf('@') - 1));
      const text = `${address.slice(0, cut)}${gap.trimEnd() || ' '}${address.slice(cut)}`;
      return /[.,\s]@|^[.]|[.][.,\s]|[,\s][.]/.test(text) || read(text).length === 0;
    });

  test('do not identify if a blank or a comma may belong to them', () => {
    expect(
      fc.check(
        isNobody((email) => normalise({ email }, 'RU').identifiers.map(({ value }) => value)),
        { seed: SEED, numRuns: 3000 },
      ),
    ).toMatchObject({ failed: false, counterexample: null });
  });

  test('must neither be split only at commas nor be anything that looks like one: the generators find it', () => {
    const split = (text: string) =>
      text
        .split(',')
        .map(normaliseEmail)
        .filter((one) => one !== null);
    const greedy = (text: string) => text.match(/[^\s,()]+@[^\s,()]+/g) ?? [];
    expect(fc.check(isRead(split), { seed: SEED, numRuns: 3000 }).failed).toBe(true);
    expect(fc.check(isNobody(greedy), { seed: SEED, numRuns: 3000 }).failed).toBe(true);
  });
});

describe('what a bot sent', () => {
  const values = (given: Given, region: PhoneRegion = 'RU') => normalise(given, region).identifiers.map(({ kind, value }) => `${kind} ${value}`);

  test('becomes identifiers in the order of look-up; blank ones count as not given', () => {
    expect(values({ email: ' A@b.ru ', phone: '8 900 123-45-67', external_id: ' tg-77 ' })).toEqual([
      'external_id tg-77',
      'phone +79001234567',
      'email a@b.ru',
    ]);
    const none = { identifiers: [], unusable: [], noted: [], ambiguous: [] };
    expect(normalise({ external_id: '  ', phone: null, email: undefined }, 'RU')).toEqual(none);
    expect(normalise({ external_id: '\u200b', phone: ' \u2060', email: '\u00ad' }, 'RU')).toEqual(none);
  });

  test('what cannot be normalised is listed separately, as it was given', () => {
    const { identifiers, unusable } = normalise({ phone: ' call me ', email: 'nobody', external_id: 'TG-77' }, 'RU');
    expect([identifiers.map(({ value }) => value), unusable]).toEqual([
      ['TG-77'],
      [
        { kind: 'phone', given: 'call me' },
        { kind: 'email', given: 'nobody' },
      ],
    ]);
  });

  test('both numbers and both addresses of one field identify', () => {
    expect(values({ phone: '8 900 123-45-67, 8 900 123-45-68', email: 'anna@example.com; boris@example.com' })).toEqual([
      'phone +79001234567',
      'phone +79001234568',
      'email anna@example.com',
      'email boris@example.com',
    ]);
  });

  test('warnings name what was not used, what was too much, and what could be read otherwise', () => {
    const said = (given: Given) => warningsOf(normalise(given, 'RU'), 'is kept in attributes');
    expect(said({ phone: '8 900 123-45-67', email: 'nobody' })).toEqual(['email could not be normalised and is kept in attributes']);
    expect(said({ phone: '8 900 123-45-67 (после 18:00)' })).toEqual(['phone holds more than was read from it and is kept in attributes']);
    expect(said({ phone: '4951234567' })).toEqual(['ambiguous_phone: read as +74951234567; with a plus in front it would be +4951234567']);
    expect(said({ phone: '+4951234567' })).toEqual([]);
    expect(said({ external_id: '\u202atg-77\u202c' })).toEqual([]);
  });

  const digits = fc.string({ unit: fc.constantFrom(...Array.from('0123456789+-() ８９/,;·доб.x#')), maxLength: 24 });
  const anything = fc.string({ unit: 'binary' });
  test.prop({ phone: fc.oneof(digits, anything), email: fc.oneof(fc.emailAddress(), anything), external_id: anything }, { seed: SEED, numRuns: 3000 })(
    'does not change when normalised again, whatever it was',
    (given) => {
      for (const { kind, value } of normalise(given, 'RU').identifiers) expect(values({ [kind]: value })).toEqual([`${kind} ${value}`]);
    },
  );
});

describe('a lead that an earlier version stored', () => {
  const forms = (kind: IdentifierKind, given: string, region: PhoneRegion = 'RU') =>
    normalise({ [kind]: given }, region).identifiers.map((one) => storedForms(one, region));

  test.each<[IdentifierKind, string, string]>([
    ['phone', '4791234567', '+74791234567'],
    ['phone', '3725123456', '+73725123456'],
    ['email', 'İVAN@example.com', 'i̇van@example.com'],
    ['email', 'anna@example.net\u200b', 'anna@example.xn--net-7m0a'],
    ['email', 'an\u200bna@example.com', 'an\u200bna@example.com'],
    ['external_id', '\u202atg-77\u202c', '\u202atg-77\u202c'],
  ])('%s %j is also looked up as %j', (kind, given, stored) => {
    expect(forms(kind, given)).toEqual([{ parallel: [], former: stored }]);
  });

  test('but not as a value that now belongs to somebody else', () => {
    expect(forms('phone', '8 495 222-33-44 доб. 12')).toEqual([{ parallel: [], former: null }]); // `+74952223344` is whoever answers at the switchboard
    expect(forms('phone', '+7 900 123-45-67')).toEqual([{ parallel: [], former: null }]);
  });
});
