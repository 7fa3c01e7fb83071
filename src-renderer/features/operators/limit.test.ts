import { expect, test } from 'vitest';
import { limitAfter, limitIn } from './limit.ts';

test('a number is the new limit of all; with a sign it changes each limit by that amount', () => {
  expect(limitIn(' 8 ')).toEqual({ do: 'set_limit', max_load: 8 });
  expect(limitIn('+2')).toEqual({ do: 'move_limit', by: 2 });
  for (const minus of ['-3', '−3', '– 3']) expect(limitIn(minus)).toEqual({ do: 'move_limit', by: -3 });
});

test('anything else is not a limit', () => {
  for (const text of ['', '+', 'x', '1.5', '10001', '2+', '--1']) expect(limitIn(text)).toBe(null);
});

test('a changed limit stays within the allowed range', () => {
  expect([
    limitAfter(2, { do: 'move_limit', by: -3 }),
    limitAfter(9_999, { do: 'move_limit', by: 5 }),
    limitAfter(4, { do: 'set_limit', max_load: 7 }),
  ]).toEqual([0, 10_000, 7]);
});
