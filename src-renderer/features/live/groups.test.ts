import { fc, test as property } from '@fast-check/vitest';
import { expect, test } from 'vitest';
import type { BoardOperator } from '#shared/board.ts';
import { type Grouped, grouped, groups, mostRows, rowsIn, slices, TILE_HEIGHT, tilingFor } from './groups.ts';

const operator = (id: number, is_active: boolean, load: number, max_load: number): BoardOperator => ({
  id,
  name: String(id),
  is_active,
  inactive_reason: null,
  max_load,
  is_archived: false,
  active_changed_at: 0,
  load,
  held: load,
  assigned_count: 0,
  assigned_on: null,
  last_assigned_at: null,
  latest_decision: null,
  tags: [],
});

test('operators with a slot, without one, and off line are apart, each in the given order', () => {
  const operators = {
    1: operator(1, true, 2, 3),
    2: operator(2, true, 3, 3),
    3: operator(3, false, 0, 3),
    4: operator(4, true, 4, 3),
    5: operator(5, true, 0, 0),
    6: operator(6, false, 9, 3),
    7: operator(7, true, 0, 1),
  };
  expect(grouped([7, 6, 5, 4, 3, 2, 1], operators)).toEqual({ free: [7, 1], full: [5, 4, 2], off: [6, 3] });
});

/** Sizes of the list of operators, in px, at the sizes of window that the layout is meant for. */
test('the rows that are kept are needed by some way of spreading operators over the groups', () => {
  for (let columns = 1; columns <= 9; columns++)
    for (let count = 1; count <= 60; count++) {
      const rows = [];
      for (let free = 0; free <= count; free++)
        for (let full = 0; free + full <= count; full++)
          rows.push(Math.ceil(free / columns) + Math.ceil(full / columns) + Math.ceil((count - free - full) / columns));
      expect(mostRows(count, columns), `${count} in ${columns}`).toBe(Math.max(...rows));
    }
});

test.each([
  ['forty at 1280 × 800', 40, 950, 360, { columns: 3, kind: 'middle' }],
  ['forty at 1366 × 768', 40, 1036, 340, { columns: 4, kind: 'dense' }],
  ['two hundred at 1920 × 1080', 200, 1590, 660, { columns: 8, kind: 'dense' }],
  ['three at 1366 × 768', 3, 1036, 340, { columns: 1, kind: 'wide' }],
  ['twelve at 1920 × 1080', 12, 1590, 528, { columns: 1, kind: 'wide' }],
  ['forty at 1920 × 1080', 40, 1590, 528, { columns: 4, kind: 'middle' }],
  ['any number on a phone', 40, 340, 340, { columns: 1, kind: 'middle' }],
] as const)('%s are seen at once, in as few columns as possible', (_, count, width, height, tiling) => {
  expect(tilingFor(count, width, height)).toEqual(tiling);
});

const { constantFrom, integer, record, uniqueArray } = fc;
const someIds = uniqueArray(integer({ min: 1, max: 5000 }), { maxLength: 300 });

property.prop([someIds, integer({ min: 200, max: 2400 }), integer({ min: 100, max: 1200 }), integer({ min: 1, max: 97 })])(
  'however they are spread over the groups, the operators take no more rows than are kept for them',
  (ids, width, height, seed) => {
    const { columns } = tilingFor(ids.length, width, height);
    const all: Grouped = {
      free: ids.filter((id) => (id * seed) % 3 === 0),
      full: ids.filter((id) => (id * seed) % 3 === 1),
      off: ids.filter((id) => (id * seed) % 3 === 2),
    };
    expect(rowsIn(all, columns)).toBeLessThanOrEqual(mostRows(ids.length, columns));
    if (mostRows(ids.length, columns) * TILE_HEIGHT > height) expect(width / (columns + 1), 'there is no room for another column').toBeLessThan(188);
  },
);

const part = record({ start: integer({ min: 0, max: 80 }), length: integer({ min: 0, max: 40 }) });

property.prop([someIds, someIds, integer({ min: 1, max: 9 }), part, constantFrom(...groups)])(
  'of whichever rows are rendered, each operator is in its place, and what is left out keeps its height',
  (some, others, columns, { start, length }, empty) => {
    const all: Grouped = { free: some, full: others.map((id) => id + 10_000), off: some.map((id) => id + 20_000), [empty]: [] };
    const shown = slices(all, columns, { start, end: Math.min(start + length, rowsIn(all, columns)) });
    const rows = shown.map(({ ids, above, below }) => above + Math.ceil(ids.length / columns) + below);
    expect(rows.reduce((sum, n) => sum + n, 0)).toBe(rowsIn(all, columns));
    for (const { group, ids, above } of shown) expect(ids).toEqual(all[group].slice(above * columns, above * columns + ids.length));
    const whole = slices(all, columns, { start: 0, end: rowsIn(all, columns) });
    expect(whole.flatMap(({ ids }) => ids)).toEqual(groups.flatMap((group) => all[group]));
  },
);
