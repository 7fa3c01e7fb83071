import { expect, test } from 'vitest';
import type { Report } from '#shared/contract/reports.ts';
import { mostNotable } from './notable.ts';

const report = (chances: (number | null)[]) =>
  ({ table: { columns: [{ key: 'operator_id' }, { key: 'p_value' }], rows: chances.map((chance, nth) => [nth, chance]) } }) as unknown as Report;

test('if not all operators fit, those are shown whose shares are least likely to be chance; otherwise all', () => {
  const all = report([0.4, null, 0.001, 0.4, 0.2]);
  expect(mostNotable(all, 5)).toBe(all);
  expect(mostNotable(all, 3).table.rows.map(([id]) => id)).toEqual([2, 4, 0]);
  expect(mostNotable(report([null, null, 0.9]), 2).table.rows.map(([id]) => id)).toEqual([2, 0]);
});
