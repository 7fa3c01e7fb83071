import { fc, test as property } from '@fast-check/vitest';
import { describe, expect, test } from 'vitest';
import { readKept } from './contact-body.ts';
import { fieldsOfKept, mended } from './mend-body.ts';

const nothing = { external_id: '', phone: '', email: '', name: '', message: '' };

describe('the fields of a kept body', () => {
  test.each<[string, unknown, object]>([
    ['an object', { phone: '12', name: 'Анна', message: null }, { phone: '12', name: 'Анна' }],
    ['other types', { external_id: true, phone: { number: 5 }, email: ['a'] }, { external_id: 'true', phone: '{"number":5}', email: '["a"]' }],
    ['a list', [{ phone: '12' }], {}],
    ['null', null, {}],
    ['a name twice', '{"phone":"1","phone":"2","name":"Анна"}', { phone: '1', name: 'Анна' }],
    ['a number without an exact value', '{"phone":1e400,"email":null}', { phone: '1e400' }],
    ['a form', 'phone=%2B79001234567&name=%D0%90%D0%BD%D0%BD%D0%B0', { phone: '+79001234567', name: 'Анна' }],
    ['Python', "{'phone': '+79001234567', 'name': 'Анна', 'email': None}", { phone: '+79001234567', name: 'Анна', email: 'None' }],
    ['XML', '<contact><phone>+79001234567</phone><name>Анна</name></contact>', { phone: '+79001234567', name: 'Анна' }],
    ['prose', 'перезвоните мне', {}],
    ['nothing', '', {}],
  ])('are found in %s', (_, kept, found) => {
    expect(fieldsOfKept(kept)).toEqual({ ...nothing, ...found });
  });
});

test('the field of a truncated body is found as far as it goes', () => {
  expect(fieldsOfKept('{"phone":"+79001234567","name":"Ан')).toMatchObject({ phone: '+79001234567', name: 'Ан' });
});

describe('a mended body', () => {
  test.each<[string, unknown, object, object]>([
    ['an object', { phone: '12', attributes: { a: 1 }, x: 1 }, { phone: '+79001234567' }, { phone: '+79001234567', attributes: { a: 1 } }],
    ['a list', [{ phone: '12' }], { phone: '+79001234567' }, { phone: '+79001234567', attributes: { body: '[{"phone":"12"}]' } }],
    ['a name twice', '{"phone":"1","phone":"2","attributes":{"a":1}}', { phone: '+79001234567' }, { phone: '+79001234567', attributes: { a: 1 } }],
    ['a form', 'phone=12&name=Anna', { phone: '+79001234567' }, { phone: '+79001234567', name: 'Anna', attributes: { body: 'phone=12&name=Anna' } }],
    ['a field that was emptied', { phone: '12', email: 'a@example.com' }, { phone: ' ' }, { phone: null, email: 'a@example.com' }],
  ])('keeps everything else in %s', (_, kept, fields, input) => {
    expect(readKept(mended(kept, fields))).toMatchObject({ ok: true, input });
  });

  property.prop([fc.oneof(fc.jsonValue(), fc.string()), fc.string({ unit: 'grapheme-ascii', minLength: 1, maxLength: 50 }).filter((id) => id.trim() !== '')])(
    'can be read once it has an identifier, whatever was kept',
    (kept, external_id) => {
      const value: unknown = JSON.parse(JSON.stringify(kept));
      const reading = readKept(mended(value, { external_id }));
      expect(reading).toMatchObject({ ok: true });
      expect(reading.ok && reading.input.external_id?.trim()).toBe(external_id.trim());
    },
  );
});
