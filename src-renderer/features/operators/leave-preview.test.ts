import { describe, expect, test } from 'vitest';
import { type Board, type BoardOperator, emptyBoard } from '#shared/board.ts';
import { defaultRule } from '#shared/distribution/rule.ts';
import { previewLeave } from './leave-preview.ts';

const operator = (id: number, load: number, max_load: number, is_active = true): BoardOperator => ({
  id,
  name: `operator ${id}`,
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
const board = (operators: BoardOperator[], weights: Board['weights']): Board => ({
  ...emptyBoard,
  operators: Object.fromEntries(operators.map((one) => [one.id, one])),
  weights,
});
const held = (...sources: number[]) => sources.map((source_id, nth) => ({ contact_id: nth + 1, source_id, created_at: 0, cost: 1 }));

describe('the expected outcome when an operator leaves', () => {
  test('follows weights and limits; the operator who leaves gets nothing', () => {
    const desk = board([operator(1, 6, 10), operator(2, 0, 2), operator(3, 0, 1), operator(4, 0, 9, false)], { 7: { 1: 500, 2: 1, 3: 1, 4: 900 } });
    const preview = previewLeave(desk, [1], held(7, 7, 7, 7), 0);
    expect(preview).toEqual({
      taken: [3, 3],
      takers: [
        { operator_id: 2, average: 2 },
        { operator_id: 3, average: 1 },
      ],
    });
  });

  test('is a range when it depends on the draw', () => {
    // An operator who takes both sources may be full after the first.
    const desk = board([operator(1, 2, 2), operator(2, 0, 1), operator(3, 0, 1)], { 7: { 2: 1, 3: 1 }, 8: { 3: 1 } });
    expect(previewLeave(desk, [1], held(7, 8), 0).taken).toEqual([1, 2]);
  });

  test('is empty when nobody else can take anything', () => {
    expect(previewLeave(board([operator(1, 1, 1)], { 7: { 1: 1 } }), [1], held(7), 0)).toEqual({ taken: [0, 0], takers: [] });
  });

  test('leaves out who lacks the tag or is on a closed line, and goes to the owner first', () => {
    const tagged = { ...operator(3, 0, 5), tags: ['language:en'] };
    const plain = board([operator(1, 2, 2), operator(2, 0, 5), tagged], { 7: { 1: 1, 2: 1, 3: 1 } });
    const takers = (rule: object, asks: object, now = 0) => {
      const rules = { 7: { ...defaultRule, id: 1, version: 2, ...rule } };
      const contacts = held(7, 7).map((one) => ({ ...one, asks }));
      return previewLeave({ ...plain, rules }, [1], contacts, now).takers.map(({ operator_id }) => operator_id);
    };
    const english = { needs: { language: 'EN' } };
    expect(takers({}, {}).toSorted((a, b) => a - b)).toEqual([2, 3]);
    expect(takers({ needs: ['language'] }, english)).toEqual([3]);
    expect(takers({ needs: ['language'], needs_seconds: 60 }, english, 60_000).toSorted((a, b) => a - b)).toEqual([2, 3]);
    expect(takers({ lines: [60], line_of: { 3: 2 } }, {})).toEqual([2]);
    expect(takers({ lines: [60], line_of: { 2: 2 }, owner: { mode: 'days', days: 1, wait_seconds: 0 } }, { owner_id: 2 })).toEqual([2]);
  });
});
