import { expect, test } from 'vitest';
import type { BoardOperator } from '#shared/board.ts';
import { foreseen } from './import-preview.ts';
import { readTable } from './import-table.ts';

const operator = (id: number, name: string, max_load: number, load = 0, is_archived = false) =>
  ({ id, name, max_load, load, held: load, is_active: !is_archived, is_archived }) as BoardOperator;
const board = {
  operators: { 3: operator(3, 'Анна', 5, 2), 4: operator(4, 'Борис', 7), 5: operator(5, 'Вера', 9, 0, true) },
  sources: { 1: { id: 1, name: 'Бот', is_archived: false }, 2: { id: 2, name: 'Сайт', is_archived: false } },
  weights: { 1: { 3: 70, 4: 20 } },
};

test('the preview has each field before and after, also the limit of a new operator; errors come first, unchanged rows last', () => {
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
        { field: 'is_active', isNew: false, before: 'on', after: null, held: 2 },
        { field: 'weight', source_id: 2, before: null, after: 5 },
      ],
    ],
    [
      'Вера', // an archived operator is somebody else
      'new',
      [
        { field: 'max_load', before: null, after: 10, isUsual: true },
        { field: 'is_active', isNew: true, before: null, after: 'on', held: 0 },
        { field: 'weight', source_id: 2, before: null, after: 0 },
      ],
    ],
    [
      'Глеб',
      'new',
      [
        { field: 'max_load', before: null, after: 4, isUsual: false },
        { field: 'is_active', isNew: true, before: null, after: 'on', held: 0 },
      ],
    ],
    ['Борис', 'same', []],
  ]);
});

test('the preview has the reason for being off line, and keeps an existing one if the table only says no', () => {
  const ill = { ...operator(6, 'Зоя', 5, 2), is_active: false, inactive_reason: 'sick' } as const;
  const desk = { ...board, operators: { ...board.operators, 6: ill } };
  const changesOf = (name: string, state: string) => {
    const read = readTable(
      [
        ['Имя', 'На линии'],
        [name, state],
      ],
      desk,
    );
    return read.kind === 'read' && foreseen(read.rows, desk)[0]?.changes.filter(({ field }) => field === 'is_active');
  };
  expect(changesOf('Анна', 'обед')).toEqual([{ field: 'is_active', isNew: false, before: 'on', after: 'lunch', held: 2 }]);
  expect(changesOf('Зоя', 'обед')).toEqual([{ field: 'is_active', isNew: false, before: 'sick', after: 'lunch', held: 0 }]);
  expect(changesOf('Зоя', 'да')).toEqual([{ field: 'is_active', isNew: false, before: 'sick', after: 'on', held: 0 }]);
  expect(changesOf('Зоя', 'нет')).toEqual([]);
  expect(changesOf('Новая', 'болеет')).toEqual([{ field: 'is_active', isNew: true, before: null, after: 'sick', held: 0 }]);
});

test('the preview has tags before and after', () => {
  const desk = { ...board, operators: { ...board.operators, 6: { ...operator(6, 'Зоя', 5), tags: ['vip'] } } };
  const changesOf = (name: string, tags: string) => {
    const table = [
      ['Имя', 'Умения'],
      [name, tags],
    ];
    const read = readTable(table, desk);
    return read.kind === 'read' && foreseen(read.rows, desk)[0]?.changes.filter(({ field }) => field === 'tags');
  };
  expect(changesOf('Зоя', 'vip, язык:en')).toEqual([{ field: 'tags', before: ['vip'], after: ['vip', 'язык:en'] }]);
  expect(changesOf('Зоя', '—')).toEqual([{ field: 'tags', before: ['vip'], after: [] }]);
  expect(changesOf('Лев', 'vip')).toEqual([{ field: 'tags', before: [], after: ['vip'] }]);
  expect([changesOf('Зоя', 'vip'), changesOf('Зоя', '')]).toEqual([[], []]);
});
