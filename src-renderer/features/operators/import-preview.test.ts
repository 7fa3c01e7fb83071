import { expect, test } from 'vitest';
import type { BoardOperator } from '#shared/board.ts';
import { foreseen } from './import-preview.ts';
import { readTable } from './import-table.ts';

const operator = (id: number, name: string, max_load: number, load = 0, is_archived = false) =>
  ({ id, name, max_load, load, is_active: !is_archived, is_archived }) as BoardOperator;
const board = {
  operators: { 3: operator(3, 'Анна', 5, 2), 4: operator(4, 'Борис', 7), 5: operator(5, 'Вера', 9, 0, true) },
  sources: { 1: { id: 1, name: 'Бот', is_archived: false }, 2: { id: 2, name: 'Сайт', is_archived: false } },
  weights: { 1: { 3: 70, 4: 20 } },
};

test('each field is foreseen before and after, the limit of somebody new as well; what is wrong stands first, what does nothing last', () => {
  const read = readTable(
    [
      ['Имя', 'Предел', 'На линии', 'Бот', 'Сайт'],
      ['Борис', '7', 'да', '20', ''],
      ['анна', '9', 'нет', '70', '5'],
      ['Вера', '', '', '', '0'],
      ['Глеб', '4', '', '', ''],
      ['Дарья', 'много', '', '', ''],
    ],
    board,
  );
  expect(read.kind === 'read' && foreseen(read.rows, board).map(({ row, kind, changes }) => [row.name, kind, changes])).toEqual([
    ['Дарья', 'wrong', []],
    [
      'анна',
      'changed',
      [
        { field: 'max_load', before: 5, after: 9, isUsual: false },
        { field: 'is_active', before: true, after: false, held: 2 },
        { field: 'weight', source_id: 2, before: null, after: 5 },
      ],
    ],
    [
      'Вера', // an archived operator is somebody else
      'new',
      [
        { field: 'max_load', before: null, after: 10, isUsual: true },
        { field: 'is_active', before: null, after: true, held: 0 },
        { field: 'weight', source_id: 2, before: null, after: 0 },
      ],
    ],
    [
      'Глеб',
      'new',
      [
        { field: 'max_load', before: null, after: 4, isUsual: false },
        { field: 'is_active', before: null, after: true, held: 0 },
      ],
    ],
    ['Борис', 'same', []],
  ]);
});
