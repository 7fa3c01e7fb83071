import { expect, test } from 'vitest';
import { type Board, type BoardOperator, emptyBoard } from '#shared/board.ts';
import { operatorStates, shownOf, stateIn, weighedIn } from './shown.ts';

const operator = (id: number, name: string, more: Partial<BoardOperator> = {}) =>
  ({ id, name, is_active: true, is_archived: false, load: 0, max_load: 2, tags: [], ...more }) as BoardOperator;
const board: Board = {
  ...emptyBoard,
  operators: {
    1: operator(1, 'Анна'),
    2: operator(2, 'Борис', { load: 2 }),
    3: operator(3, 'Вера', { is_active: false, load: 2 }),
    4: operator(4, 'Глеб', { tags: ['language:en', 'VIP'] }),
  },
  sources: { 7: { id: 7, name: 'Бот', is_archived: false }, 8: { id: 8, name: 'Старый', is_archived: true } },
  weights: { 7: { 1: 10, 2: 0, 3: 5 }, 8: { 4: 5 } },
};

test('operators are counted by state and found by name or tag within one', () => {
  const asked = (state: string | null, text = '') => shownOf(board.operators, { ids: [2, 1, 4, 3], weighed: weighedIn(board), state: stateIn(state), text });
  const of = (state: string | null, text?: string) => asked(state, text).shown;
  expect(asked('all', 'анна').counts).toEqual({ all: 4, active: 3, away: 1, full: 1, no_sources: 1 });
  expect(operatorStates.map((state) => of(state))).toEqual([[2, 1, 4, 3], [2, 1, 4], [3], [2], [4]]);
  expect([of('all', 'vip'), of('all', 'language:en'), of('all', 'en глеб'), of('away', 'vip')]).toEqual([[4], [4], [4], []]);
  expect([of('active', 'ан'), of('away', 'ан'), of('nonsense', 'ве')]).toEqual([[1], [], [3]]);
});
