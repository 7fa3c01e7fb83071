import { describe, expect, test } from 'vitest';
import { collatorOf } from '../kit/format.ts';
import { sortedIds } from './derive.ts';

const thing = (id: number, name: string, is_archived = false) => ({ id, name, is_archived, load: 0 });
const all = { 1: thing(1, 'Яна'), 2: thing(2, 'Анна'), 3: thing(3, 'Вера', true) };
const russian = collatorOf('ru');

describe('ids in the order of names', () => {
  test('are the same array while only other figures change', () => {
    const sorted = sortedIds<(typeof all)[1]>();
    const first = sorted(all, russian);
    expect(first).toEqual([2, 1]);
    expect(sorted({ ...all, 1: { ...all[1], load: 5 } }, russian)).toBe(first);
  });

  test('follow who comes, goes, comes back or is renamed', () => {
    const sorted = sortedIds();
    sorted(all, russian);
    expect(sorted({ ...all, 4: thing(4, 'Борис') }, russian)).toEqual([2, 4, 1]);
    expect(sorted({ ...all, 3: thing(3, 'Вера') }, russian)).toEqual([2, 3, 1]);
    expect(sorted({ ...all, 2: thing(2, 'Ярослав') }, russian)).toEqual([1, 2]);
    expect(sorted({ 1: all[1] }, russian)).toEqual([1]);
  });
});
