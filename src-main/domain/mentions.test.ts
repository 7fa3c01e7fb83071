import { fc, test as property } from '@fast-check/vitest';
import { describe, expect, test } from 'vitest';
import { SEED } from '#shared/testing/tables.ts';
import { mentionsIn } from './mentions.ts';

const PHONE = '+79001234567';
const mentioned = (body: unknown) => mentionsIn(body, 'RU').map(({ kind, value }) => `${kind} ${value}`);

describe('a body mentions a person', () => {
  test.each<[unknown]>([
    [{ phone: '8 900 123-45-67' }],
    [{ Phone: '8 (900) 123-45-67' }],
    [{ PHONE_NUMBER: 79001234567 }],
    [{ contact: { phone: '+7 900 123 45 67' } }],
    [{ contacts: [{ phones: ['89001234567'] }] }],
    [['89001234567']],
    [{ message: { from: { id: 1 }, contact: { phone_number: '79001234567', first_name: 'Анна' } } }],
    [{ fields: [{ name: 'Телефон', value: '8 900 123-45-67' }] }],
    [{ text: 'Меня зовут Анна, мой номер 8 900 123 45 67, звоните после шести' }],
    [{ 'tel 8-900-123-45-67': true }],
    ['phone=89001234567&name=Anna'],
    ["{'phone': '8 900 123-45-67'}"],
    ['{"phone": {{phone}}, "text": "+79001234567"'],
    [{ phone: '8 900 123-45-67, 8 900 123-45-68' }],
    [{ jid: '79001234567@s.whatsapp.net' }],
    [{ raw: JSON.stringify({ phone: '89001234567' }) }],
  ])('by a telephone number in %j', (body) => {
    expect(mentioned(body)).toContain(`phone ${PHONE}`);
  });

  test.each<[unknown]>([
    [{ Email: 'Anna@Example.com' }],
    [{ contact: { mail: 'anna@example.com' } }],
    [{ emails: ['boris@example.com', 'Anna <anna@example.com>'] }],
    [{ text: 'пишите на anna@example.com.' }],
    ['email=anna@example.com&name=Anna'],
    ['<xml><mail>anna@example.com</mail></xml>'],
    [{ from: { address: ' ANNA@EXAMPLE.COM ' } }],
  ])('by an address in %j', (body) => {
    expect(mentioned(body)).toContain('email anna@example.com');
  });

  test.each<[unknown]>([
    [{ external_id: '777' }],
    [{ ExternalId: 777 }],
    [{ chat: { id: 777 } }],
    [{ user_id: '777' }],
    [{ message: { from: { id: 777 } } }],
    [{ ids: [], clientId: ['777'] }],
    ['chat_id=777&text=hi'],
    ['{"external_id": "777", "text": {{text}}}'],
  ])('by an external id in %j', (body) => {
    expect(mentioned(body)).toContain('external_id 777');
  });

  test('but not by a number that only looks like an id', () => {
    for (const body of [{ amount: 777, text: '777' }, { source_id: 777 }, { valid: 777 }, { order_id: 777 }, { messageId: 777 }, 'source_id=777&valid=777'])
      expect(mentioned(body)).not.toContain('external_id 777');
  });

  test.each(['a', '1', '1-', '_', ' ', 'id', 'aB3/'])('and a body of nothing but %j is searched to the end', (part) => {
    expect(mentioned({ message: part.repeat(200_000 / part.length), phone: PHONE })).toContain(`phone ${PHONE}`);
  });

  /** Any JSON with the number somewhere in it. */
  const nested = fc.letrec<{ node: unknown }>((tie) => ({
    node: fc.oneof(
      { maxDepth: 4 },
      fc.constantFrom('8 (900) 123-45-67', '79001234567', 79001234567, 'тел. +7 900 123-45-67'),
      fc
        .dictionary(fc.string({ maxLength: 8 }), fc.string(), { maxKeys: 3 })
        .chain((rest) => fc.tuple(fc.string({ minLength: 1, maxLength: 8 }), tie('node')).map(([key, node]) => ({ ...rest, [`x${key}`]: node }))),
      fc.tuple(fc.jsonValue({ maxDepth: 1 }), tie('node')).map(([other, node]) => [other, node]),
    ),
  })).node;

  property.prop({ body: nested }, { seed: SEED, numRuns: 500 })('wherever the number is', ({ body }) => {
    expect(mentioned(body)).toContain(`phone ${PHONE}`);
  });

  test('which a search of only the field `phone` would miss: the generator finds such a body', () => {
    const byField = (body: unknown) => typeof body === 'object' && body !== null && 'phone' in body;
    expect(fc.check(fc.property(nested, byField), { seed: SEED, numRuns: 500 }).failed).toBe(true);
  });
});
