import { beforeAll, expect, test, vi } from 'vitest';
import type { BoardOperator } from '#shared/board.ts';
import type { Order } from './order.ts';

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
  3: operator(3, { load: 8, assigned_count: 8, last_assigned_at: 10 }),
  4: operator(4, { load: 5, last_assigned_at: 60, assigned_count: 1 }),
  5: operator(5, { max_load: 0 }),
};
const ids = [5, 4, 3, 2, 1]; // by name

let inOrder: typeof import('./order.ts').inOrder;
beforeAll(async () => {
  vi.stubGlobal('localStorage', { getItem: () => null, setItem: () => undefined });
  ({ inOrder } = await import('./order.ts'));
});

test.each<[Order, readonly number[]]>([
  ['name', [5, 4, 3, 2, 1]],
  ['load', [5, 2, 3, 4, 1]],
  ['today', [3, 1, 4, 5, 2]],
  ['last', [5, 3, 2, 1, 4]],
])('operators are sorted by %s', (order, sorted) => {
  expect(inOrder(ids, operators, order, DAY)).toEqual(sorted);
});
