import { describe, expect, test } from 'vitest';
import { sourceSums } from '#link/derive.ts';
import { type Board, type BoardOperator, emptyBoard } from '#shared/board.ts';
import { defaultRule } from '#shared/distribution/rule.ts';
import type { StrategyName } from '#shared/distribution/strategies.ts';
import {
  basesOf,
  changesIn,
  conflictsIn,
  consequenceOf,
  countOf,
  largestWith,
  onlyChanging,
  shiftsOf,
  summaryOf,
  sumsWith,
  withArea,
  withEdits,
} from './draft.ts';

const operator = (id: number, more: Partial<BoardOperator> = {}): BoardOperator => ({
  id,
  name: `operator ${id}`,
  is_active: true,
  inactive_reason: null,
  max_load: 2,
  is_archived: false,
  active_changed_at: 0,
  load: 0,
  held: 0,
  assigned_count: 0,
  assigned_on: null,
  last_assigned_at: null,
  latest_decision: null,
  tags: [],
  ...more,
});
const board: Board = {
  ...emptyBoard,
  operators: { 1: operator(1), 2: operator(2, { load: 2 }), 3: operator(3, { is_active: false }), 4: operator(4) },
  sources: { 7: { id: 7, name: 'Bot', is_archived: false } },
  weights: { 7: { 1: 100, 2: 200, 3: 0 } },
};

describe('edited weights', () => {
  test('have the sums that the board will have once they are applied', () => {
    const edits = withEdits({}, [
      { source_id: 7, operator_id: 1, weight: null },
      { source_id: 7, operator_id: 3, weight: 5 },
      { source_id: 7, operator_id: 4, weight: 50 },
    ]);
    const applied: Board = { ...board, weights: { 7: { 2: 200, 3: 5, 4: 50 } } };
    expect(sumsWith(board, edits, 7)).toEqual(sourceSums(applied, 7));
  });

  test('of an area equal edits of its cells one by one', () => {
    const order = { operators: [4, 1, 2], sources: [9, 7] };
    const before = withEdits({}, [{ source_id: 7, operator_id: 3, weight: 1 }]);
    const cells = [1, 2].map((operator_id) => ({ operator_id, source_id: 7, weight: 30 }));
    expect(withArea(before, { top: 1, bottom: 2, left: 1, right: 1 }, order, 30)).toEqual(withEdits(before, cells));
    expect(withArea({}, { top: 0, bottom: 0, left: 0, right: 1 }, order, null)).toEqual({ 9: { 4: null }, 7: { 4: null } });
  });

  test('shift the shares: the largest shift first', () => {
    const edits = withEdits({}, [{ source_id: 7, operator_id: 4, weight: 100 }]);
    expect(shiftsOf(board, edits, 7)).toEqual([
      { operator_id: 4, before: 0, after: 0.25 },
      { operator_id: 2, before: 200 / 300, after: 0.5 },
      { operator_id: 1, before: 100 / 300, after: 0.25 },
    ]);
  });

  test('count by line: a later line gets nothing while the first has somebody, and its shares are of what comes to it', () => {
    const lined: Board = {
      ...board,
      weights: { 7: { 1: 100, 3: 100, 4: 50 } },
      rules: { 7: { ...defaultRule, id: 1, version: 2, lines: [60], line_of: { 3: 2, 4: 2 } } },
    };
    const of = (now: Board, edits = {}) => Object.fromEntries(sumsWith(now, edits, 7).standings);
    const first = { line: 1, now: 1, free: 1 };
    expect(of(lined)).toEqual({ 1: first, 3: { line: 2, now: 0, free: 100 / 150 }, 4: { line: 2, now: 0, free: 50 / 150 } });
    expect(sumsWith(lined, {}, 7)).toMatchObject({ all: 250, eligible: 1 });
    const away: Board = { ...lined, operators: { ...lined.operators, 1: operator(1, { is_active: false }) } };
    expect(of(away)).toMatchObject({ 1: { now: 0 }, 3: { now: 0 }, 4: { now: 1 } }); // line 2 opens early, and one of its two is away
    const full: Board = { ...lined, operators: { ...lined.operators, 1: operator(1, { load: 2 }) } };
    expect([consequenceOf(full, {}, 7), consequenceOf(lined, {}, 7)]).toEqual(['nobody_free', null]);
    const moved = withEdits({}, [{ source_id: 7, operator_id: 4, weight: 100 }]);
    expect(shiftsOf(lined, moved, 7).every(({ operator_id, after }) => operator_id > 1 && after === 0.5)).toBe(true);
    expect(shiftsOf(lined, moved, 7)).toHaveLength(2);
  });

  test('are shares under an even rule, and none where weights only decide among equals', () => {
    const under = (strategy: StrategyName): Board => ({ ...board, rules: { 7: { ...defaultRule, id: 1, version: 2, strategy } } });
    const edits = withEdits({}, [{ source_id: 7, operator_id: 4, weight: 300 }]);
    expect(sumsWith(under('even'), edits, 7)).toEqual(sumsWith(board, edits, 7));
    const area = { top: 0, bottom: 2, left: 0, right: 0 };
    const order = { operators: [1, 2, 4], sources: [7] };
    for (const strategy of ['least_load', 'least_share', 'longest_idle'] as const) {
      const desk = under(strategy);
      expect(sumsWith(desk, edits, 7).standings.get(4)).toEqual({ line: 1, now: null, free: null });
      expect([shiftsOf(desk, edits, 7), summaryOf(desk, edits, area, order).share]).toEqual([[], null]);
    }
  });

  test('that equal the board are not changes', () => {
    const edits = withEdits({}, [
      { source_id: 7, operator_id: 1, weight: 100 },
      { source_id: 7, operator_id: 4, weight: null },
      { source_id: 7, operator_id: 2, weight: 1 },
    ]);
    expect(changesIn(onlyChanging(board, edits))).toEqual([{ source_id: 7, operator_id: 2, weight: 1 }]);
    expect([countOf(edits), countOf(onlyChanging(board, edits))]).toEqual([3, 1]);
  });

  test('report what somebody else has changed since they were made, unless it became the same', () => {
    const edit = (operator_id: number, weight: number | null) => ({ source_id: 7, operator_id, weight });
    const edits = withEdits({}, [edit(1, 5), edit(2, 6)]);
    const bases = basesOf(board, edits, { edits: {}, bases: {} });
    const later: Board = { ...board, weights: { 7: { 1: 5, 2: 150, 3: 0 } } };
    expect(conflictsIn(board, edits, bases)).toEqual([]);
    expect(conflictsIn(later, edits, bases)).toEqual([{ operator_id: 2, source_id: 7, was: 200, is: 150, mine: 6 }]);
    // another edit continues the same draft; a new edit is made in knowledge of the other change
    const more = withEdits(edits, [edit(4, 1), edit(2, 7)]);
    expect(conflictsIn(later, more, basesOf(later, more, { edits, bases }))).toEqual([{ operator_id: 2, source_id: 7, was: 200, is: 150, mine: 7 }]);
    expect(conflictsIn(later, more, basesOf(later, more, { edits: {}, bases: {} }))).toEqual([]);
  });

  test('have a consequence for a source: refused, waiting, or waiting contacts are assigned', () => {
    const of = (weights: Record<number, number | null>, waiting = {}) =>
      consequenceOf({ ...board, waiting }, { 7: { 1: null, 2: null, 3: null, ...weights } }, 7);
    expect([of({}), of({ 1: 0 }), of({ 2: 9, 3: 9 }), of({ 1: 9 }), of({ 1: 9 }, { 7: 3 })]).toEqual([
      'no_operators',
      'all_zero',
      'nobody_free', // one is full, one is away
      null,
      'takes_waiting',
    ]);
  });

  test('of an area have a sum, and within one source the share of its contacts that goes there now', () => {
    const order = { operators: [1, 2, 4], sources: [7, 9] };
    const edits = withEdits({}, [{ source_id: 7, operator_id: 4, weight: 300 }]);
    expect(summaryOf(board, edits, { top: 0, bottom: 1, left: 0, right: 0 }, order)).toEqual({ cells: 2, sum: 300, share: 0.25 }); // a full operator takes none now
    expect(summaryOf(board, edits, { top: 0, bottom: 2, left: 0, right: 0 }, order)).toEqual({ cells: 3, sum: 600, share: 1 });
    expect(summaryOf(board, edits, { top: 0, bottom: 2, left: 0, right: 1 }, order)).toEqual({ cells: 6, sum: 600, share: null });
  });

  test('are compared with the largest of their source, which an edit may change', () => {
    expect([largestWith(board, {}, 7), largestWith(board, {}, 8)]).toEqual([200, 0]);
    expect(largestWith(board, withEdits({}, [{ source_id: 7, operator_id: 2, weight: 20 }]), 7)).toBe(100);
    expect(largestWith(board, withEdits({}, [{ source_id: 8, operator_id: 2, weight: 20 }]), 8)).toBe(20);
    expect(largestWith({ weights: { 7: { 1: 900 } } }, {}, 7)).toBe(900);
  });
});
