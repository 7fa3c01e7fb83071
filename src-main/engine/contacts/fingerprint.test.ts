import { fc, test as property } from '@fast-check/vitest';
import { describe, expect, test } from 'vitest';
import { fingerprint } from './fingerprint.ts';

/** The same value with all object keys in reverse order. */
function reversed(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map(reversed);
  return Object.fromEntries(
    Object.entries(value)
      .reverse()
      .map(([name, item]) => [name, reversed(item)]),
  );
}

describe('a fingerprint', () => {
  property.prop([fc.jsonValue({ maxDepth: 4 })])('does not depend on the order of keys', (value) => {
    expect(fingerprint(reversed(value))).toEqual(fingerprint(value));
  });

  test.each<[unknown, unknown]>([
    [{ a: 1 }, { a: '1' }],
    [{ a: 1 }, { b: 1 }],
    [{ a: null }, {}],
    [
      [1, 2],
      [2, 1],
    ],
    [{ a: { b: 1 } }, { a: { b: 2 } }],
    [{ a: 'b","c":"d' }, { a: 'b', c: 'd' }],
    [
      { 1: 'a', b: 2 },
      { 1: 'b', b: 2 },
    ],
  ])('distinguishes %j from %j', (one, other) => {
    expect(fingerprint(one)).not.toEqual(fingerprint(other));
  });

  test('treats undefined as absent', () => {
    expect(fingerprint({ a: 1, b: undefined })).toEqual(fingerprint({ a: 1 }));
  });
});
