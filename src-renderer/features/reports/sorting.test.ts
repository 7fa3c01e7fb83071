import { expect, test } from 'vitest';
import type { ColumnKey, Table } from '#shared/contract/reports.ts';
import { sorted } from './sorting.ts';

test('rows are sorted by numbers and by names, empty values last', () => {
  const table: Table = {
    columns: [
      { key: 'operator', type: 'text' },
      { key: 'received', type: 'integer' },
    ],
    rows: [
      ['Борис', 2],
      ['анна', null],
      ['Вера', 10],
    ],
    total: null,
  };
  const names = (key: ColumnKey, descending: boolean) => sorted(table, { key, descending }, new Intl.Collator('ru')).map(([name]) => name);
  expect(names('received', true)).toEqual(['Вера', 'Борис', 'анна']);
  expect(names('received', false)).toEqual(['Борис', 'Вера', 'анна']);
  expect(names('operator', false)).toEqual(['анна', 'Борис', 'Вера']);
  expect(sorted(table, { key: 'late', descending: true }, new Intl.Collator('ru'))).toBe(table.rows);
});
