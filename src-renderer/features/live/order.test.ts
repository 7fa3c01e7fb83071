import { beforeAll, expect, test, vi } from 'vitest';
import type { BoardOperator } from '#shared/board.ts';
import type { Column } from './order.ts';

const DAY = '2026-11-22';
const operator = (id: number, its: Partial<BoardOperator>): BoardOperator => ({
  id,
  name: String(id),
  is_active: true,
  inactive_reason: null,
  max_load: 10,
  is_archived: false,
  active_changed_at: 100,
  load: 0,
  held: 0,
  assigned_count: 0,
  assigned_on: DAY,
  last_assigned_at: null,
  latest_decision: null,
  tags: [],
  ...its,
});
const operators = {
  1: operator(1, { load: 5, assigned_count: 7, last_assigned_at: 50 }),
  2: operator(2, { load: 3, max_load: 3, assigned_count: 9, assigned_on: '2026-11-21', last_assigned_at: 20 }),
  3: operator(3, { load: 9, is_active: false, active_changed_at: 40, assigned_count: 8, last_assigned_at: 10 }),
  4: operator(4, { load: 5, active_changed_at: 30, last_assigned_at: 60, assigned_count: 1 }),
  5: operator(5, { max_load: 0, is_active: false, active_changed_at: 20 }),
};
const ids = [5, 4, 3, 2, 1]; // by name

let inOrder: typeof import('./order.ts').inOrder;
let countsOf: typeof import('./order.ts').countsOf;
beforeAll(async () => {
  vi.stubGlobal('localStorage', { getItem: () => null, setItem: () => undefined });
  ({ inOrder, countsOf } = await import('./order.ts'));
});

test.each<[Column, readonly number[], readonly number[]]>([
  ['name', [4, 2, 1, 5, 3], [1, 2, 4, 3, 5]],
  ['load', [2, 4, 1, 5, 3], [4, 1, 2, 3, 5]],
  ['today', [3, 1, 4, 5, 2], [5, 2, 4, 1, 3]],
  ['last', [2, 1, 4, 5, 3], [4, 1, 2, 3, 5]],
  ['active', [5, 3, 4, 2, 1], [2, 1, 4, 3, 5]],
])('operators are sorted by %s, and in reverse', (by, first, reversed) => {
  expect(inOrder(ids, operators, { by, reversed: false }, DAY)).toEqual(first);
  expect(inOrder(ids, operators, { by, reversed: true }, DAY)).toEqual(reversed);
});

test('operators who can take a contact now are on line and have a free slot and a weight', () => {
  const weights = { 1: { 1: 100, 2: 100, 3: 100, 4: 0 } };
  expect(countsOf({ operators: { ...operators, 6: operator(6, { is_archived: true }) }, weights })).toEqual({ all: 5, on_line: 3, can_take: 1 });
});
