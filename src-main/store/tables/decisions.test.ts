import { fc, test as property } from '@fast-check/vitest';
import { expect, test } from 'vitest';
import type { Candidate } from '#shared/distribution/table.ts';
import { arrangementOf, decodeKeys, encodeKeys, tableOf } from './decisions.ts';

const row = (key: number): Candidate => ({ operator_id: 1, weight: 1, load: 0, max_load: 1, is_active: true, key });

property.prop([
  fc.array(
    fc.oneof(
      fc.integer(),
      fc.maxSafeInteger().map((n) => Math.trunc(n / 2)),
    ),
  ),
])('keys of any size and sign are decoded as they were encoded', (keys) => {
  expect(decodeKeys(encodeKeys(keys.map(row)))).toEqual(keys.map((key) => key + 0)); // no negative zero
});

test('the smallest keys take one byte each', () => {
  expect([...encodeKeys([0, -1, 1, 63, -64, 64].map(row))]).toEqual([0, 1, 2, 126, 127, 128, 1]);
});

test('a table keeps its keys, its bars and when they end', () => {
  const table: Candidate[] = [
    { operator_id: 3, weight: 2, load: 1, max_load: 5, is_active: true, key: -7 },
    { operator_id: 5, weight: 2, load: 0, max_load: 5, is_active: true, line: 2, barred: 'line_closed', until: 99, key: 0 },
    { operator_id: 8, weight: 2, load: 0, max_load: 5, is_active: true, barred: 'let_go', key: 12 },
  ];
  const turn = '[1.4,[7,0.95]]';
  const kept = arrangementOf(table, { rule_id: 4, next_at: 99, owner_id: 8, turn, cause: null });
  expect([kept?.rule_id, kept?.next_at, kept?.owner_id, kept?.turn]).toEqual([4, 99, 8, turn]);
  expect(
    tableOf({
      members: '[[3,2,5,1],[5,2,5,1,2],[8,2,5,1]]',
      loads: Uint8Array.of(1, 0, 0),
      keys: kept?.keys ?? null,
      barred: kept?.barred ?? null,
      cost: kept?.cost ?? null,
    }),
  ).toEqual(table);
  expect(
    arrangementOf([{ operator_id: 3, weight: 2, load: 1, max_load: 5, is_active: true }], {
      rule_id: null,
      next_at: null,
      owner_id: null,
      turn: null,
      cause: null,
    }),
  ).toBe(null);
});

test('a table keeps how much of a limit its contact takes', () => {
  const table: Candidate[] = [{ operator_id: 3, weight: 2, load: 1, max_load: 5, is_active: true, cost: 4 }];
  const kept = arrangementOf(table, { rule_id: null, next_at: null, owner_id: null, turn: null, cause: null });
  expect(kept?.cost).toBe(4);
  expect(tableOf({ members: '[[3,2,5,1]]', loads: Uint8Array.of(1), keys: null, barred: null, cost: kept?.cost ?? null })).toEqual(table);
});
