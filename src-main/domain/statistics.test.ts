import { fc, test as property } from '@fast-check/vitest';
import { expect, test } from 'vitest';
import { Grouped, percentile, spread } from './statistics.ts';

const numbers = fc.array(fc.integer({ min: -5, max: 40 }), { maxLength: 200 });

property.prop([numbers, fc.double({ min: 0.01, max: 1, noNaN: true })])('a percentile is a value of the sorted numbers (nearest rank)', (values, p) => {
  const sorted = values.toSorted((a, b) => a - b);
  expect(percentile(Float64Array.from(values), p)).toBe(sorted[Math.max(0, Math.ceil(p * values.length) - 1)] ?? null);
});

property.prop([fc.array(fc.tuple(fc.nat(4), fc.integer()), { maxLength: 3000 })])('numbers stay with their group', (pairs) => {
  const grouped = new Grouped(5);
  for (const [group, value] of pairs) grouped.add(group, value);
  expect(grouped.byGroup().map((values) => Array.from(values))).toEqual(
    [0, 1, 2, 3, 4].map((group) => pairs.filter(([of]) => of === group).map(([, value]) => value)),
  );
  expect(Array.from(grouped.all())).toEqual(pairs.map(([, value]) => value));
});

test('no numbers have no average', () => {
  expect(spread(new Float64Array())).toEqual({ average: null, p90: null, longest: null });
  expect(spread(Float64Array.of(3, 1, 2))).toEqual({ average: 2, p90: 3, longest: 3 });
});
