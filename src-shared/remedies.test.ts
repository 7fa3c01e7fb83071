import { fc, test as property } from '@fast-check/vitest';
import { describe, expect, test } from 'vitest';
import { type Asks, type Board, type BoardOperator, candidates, emptyBoard } from './board.ts';
import { defaultRule, type Rule } from './distribution/rule.ts';
import { canBeTaken } from './distribution/table.ts';
import { type Remedy, remediesFor } from './remedies.ts';

const NOW = 1_800_000_000_000;
const HOUR_MS = 3_600_000;

type Told = Partial<Pick<BoardOperator, 'is_active' | 'inactive_reason' | 'active_changed_at' | 'max_load' | 'load' | 'is_archived'>> & {
  readonly weight?: number;
};

/** A board with one source; the operators' ids are their positions, from 1. */
function boardOf(waiting: number, told: readonly Told[]): Board {
  const operators: Record<number, BoardOperator> = {};
  const weights: Record<number, number> = {};
  told.forEach(({ weight = 100, ...rest }, i) => {
    const id = i + 1;
    const fresh = {
      is_active: true,
      inactive_reason: null,
      max_load: 10,
      load: 0,
      is_archived: false,
      active_changed_at: NOW,
      assigned_count: 0,
      assigned_on: null,
      last_assigned_at: null,
    };
    operators[id] = { ...fresh, id, name: `Operator ${id}`, ...rest } as BoardOperator;
    weights[id] = weight;
  });
  return { ...emptyBoard, operators, weights: { 1: weights }, waiting: waiting > 0 ? { 1: waiting } : {} };
}

/** The board after the change, before any waiting contact has been assigned. */
function after(board: Board, remedy: Remedy): Board {
  const operator = board.operators[remedy.operator_id];
  if (!operator) throw new Error('a remedy by nobody');
  if (remedy.kind === 'give_weight') return { ...board, weights: { 1: { ...board.weights[1], [remedy.operator_id]: remedy.to } } };
  const changed = remedy.kind === 'activate' ? { ...operator, is_active: true } : { ...operator, max_load: remedy.to };
  return { ...board, operators: { ...board.operators, [operator.id]: changed } };
}

const anyOperator = fc.record({
  is_active: fc.boolean(),
  max_load: fc.nat(12),
  load: fc.nat(14),
  is_archived: fc.boolean(),
  weight: fc.constantFrom(0, 0, 1, 100),
});

describe('what would help waiting contacts', () => {
  property.prop([fc.integer({ min: 1, max: 9 }), fc.array(anyOperator, { maxLength: 6 })])('helps as many as it says', (waiting, told) => {
    const board = boardOf(waiting, told);
    for (const remedy of remediesFor(board, 1, NOW)) {
      expect(canBeTaken(candidates(board, 1))).toBe(false);
      const free = candidates(after(board, remedy), 1).filter(({ weight, is_active }) => weight > 0 && is_active);
      const slots = free.reduce((sum, { load, max_load }) => sum + Math.max(0, max_load - load), 0);
      expect(Math.min(waiting, slots)).toBe(remedy.helps);
      expect(remedy.helps).toBeGreaterThan(0);
    }
  });

  property.prop([fc.integer({ min: 1, max: 9 }), fc.array(anyOperator, { maxLength: 6 })])(
    'exists whenever somebody is off line with a free slot',
    (waiting, told) => {
      const board = boardOf(waiting, told);
      const isThere = told.some((one) => !one.is_archived && !one.is_active && one.weight > 0 && one.load < one.max_load);
      const kinds = remediesFor(board, 1, NOW).map(({ kind }) => kind);
      expect(kinds.includes('activate')).toBe(isThere && !canBeTaken(candidates(board, 1)));
    },
  );

  test('does not exist while somebody can take them, or while nobody waits', () => {
    expect(remediesFor(boardOf(2, [{ load: 9 }, { is_active: false }]), 1, NOW)).toEqual([]);
    expect(remediesFor(boardOf(0, [{ load: 10 }]), 1, NOW)).toEqual([]);
  });

  test('is the one that helps most, and among equals a raised limit before a person called back', () => {
    expect(remediesFor(boardOf(4, [{ load: 10 }, { is_active: false, max_load: 3 }]), 1, NOW)).toEqual([
      { kind: 'activate', reason: null, source_id: 1, operator_id: 2, helps: 3 },
      { kind: 'raise_limit', source_id: 1, operator_id: 1, from: 10, to: 12, helps: 2 },
    ]);
    expect(remediesFor(boardOf(1, [{ load: 10 }, { is_active: false }]), 1, NOW).map(({ kind }) => kind)).toEqual(['raise_limit', 'activate']);
  });

  test('calls operators back from a break, and nobody who is ill or off shift', () => {
    const away = (inactive_reason: 'break' | 'training' | 'off' | 'sick', max_load: number): Told => ({ is_active: false, inactive_reason, max_load });
    expect(remediesFor(boardOf(4, [away('off', 9), away('training', 9), away('break', 2), away('break', 3)]), 1, NOW)).toMatchObject([
      { kind: 'activate', operator_id: 4, helps: 3 },
    ]);
    expect(remediesFor(boardOf(4, [away('sick', 9), away('training', 2)]), 1, NOW)).toMatchObject([{ kind: 'activate', operator_id: 2 }]);
    expect(remediesFor(boardOf(4, [away('sick', 9), away('off', 9)]), 1, NOW)).toEqual([]);
  });

  test('does not call operators who went offline hours ago while others work, but does when nobody is on line', () => {
    const left = (hours: number, max_load: number): Told => ({ is_active: false, active_changed_at: NOW - hours * HOUR_MS, max_load });
    expect(remediesFor(boardOf(4, [{ load: 10 }, left(9, 9)]), 1, NOW)).toMatchObject([{ kind: 'raise_limit', operator_id: 1 }]);
    expect(remediesFor(boardOf(4, [{ load: 10 }, left(9, 9), left(1, 3)]), 1, NOW)).toMatchObject([
      { kind: 'activate', operator_id: 3 },
      { kind: 'raise_limit' },
    ]);
    expect(remediesFor(boardOf(4, [left(9, 9)]), 1, NOW)).toMatchObject([{ kind: 'activate', operator_id: 1 }]);
  });

  test('raises a limit that is 0 or below the present load only if nothing else helps', () => {
    const [closed, lowered]: Told[] = [{ max_load: 0 }, { load: 6, max_load: 5 }];
    expect(remediesFor(boardOf(3, [closed ?? {}]), 1, NOW)).toEqual([{ kind: 'raise_limit', source_id: 1, operator_id: 1, from: 0, to: 1, helps: 1 }]);
    expect(remediesFor(boardOf(3, [lowered ?? {}]), 1, NOW)).toEqual([{ kind: 'raise_limit', source_id: 1, operator_id: 1, from: 5, to: 7, helps: 1 }]);
    expect(remediesFor(boardOf(3, [closed ?? {}, { load: 4, max_load: 4 }]), 1, NOW)).toMatchObject([{ kind: 'raise_limit', operator_id: 2 }]);
    expect(remediesFor(boardOf(3, [lowered ?? {}, { is_active: false, max_load: 1 }]), 1, NOW).map(({ kind }) => kind)).toEqual(['activate', 'raise_limit']);
  });

  property.prop([fc.integer({ min: 1, max: 9 }), fc.array(anyOperator, { maxLength: 6 })])('exists whenever somebody on line has a weight', (waiting, told) => {
    const board = boardOf(waiting, told);
    const isThere = told.some((one) => !one.is_archived && one.is_active && one.weight > 0);
    const hasOne = remediesFor(board, 1, NOW).some(({ kind }) => kind === 'raise_limit');
    expect(hasOne).toBe(isThere && !canBeTaken(candidates(board, 1)));
  });

  test('sets a weight where all weights are 0', () => {
    expect(
      remediesFor(
        boardOf(3, [
          { weight: 0, load: 8 },
          { weight: 0, is_active: false },
        ]),
        1,
        NOW,
      ),
    ).toEqual([{ kind: 'give_weight', source_id: 1, operator_id: 1, from: 0, to: 100, helps: 2 }]);
  });

  test('propose nobody who lacks the tag that is asked for, whose line is closed, or for whom the lead does not wait', () => {
    const item = { contact_id: 1, source_id: 1, created_at: NOW - 10_000, lead: { id: 1, name: null, handle: '' } };
    const full = { load: 10 };
    const away = { is_active: false };
    const plain = boardOf(1, [full, full, away, away]);
    const tagged = {
      ...plain,
      operators: Object.fromEntries(Object.values(plain.operators).map((one) => [one.id, { ...one, tags: [2, 4].includes(one.id) ? ['language:en'] : [] }])),
    };
    const proposed = (rule: Partial<Rule>, asks: Asks = {}, board: Board = tagged) => {
      const rules = { 1: { ...defaultRule, id: 1, version: 2, ...rule } };
      return remediesFor({ ...board, rules, queue: [{ ...item, asks }] }, 1, NOW).map(({ kind, operator_id, helps }) => [kind, operator_id, helps]);
    };
    expect(proposed({})).toEqual([
      ['raise_limit', 1, 1],
      ['activate', 3, 1],
    ]);
    const english = { needs: { language: 'EN' } };
    const both = [
      ['raise_limit', 2, 1],
      ['activate', 4, 1],
    ];
    expect(proposed({ needs: ['language'] }, english)).toEqual(both);
    expect(proposed({ needs: ['language'], needs_seconds: 10 }, english)).toEqual(proposed({}));
    // somebody with a free slot who lacks the tag is no reason to propose nobody
    const free = { ...tagged, operators: { ...tagged.operators, 1: { ...tagged.operators[1], load: 0 } } } as Board;
    expect([proposed({ needs: ['language'] }, english, free), proposed({}, {}, free)]).toEqual([both, []]);
    const lines = { lines: [60], line_of: { 1: 2, 3: 2 } };
    expect(proposed(lines)).toEqual(both);
    expect(proposed({ ...lines, lines: [10] })).toEqual(proposed({}));
    expect(proposed({ owner: { mode: 'days', days: 1, wait_seconds: 60 } }, { owner_id: 2 })).toEqual([['raise_limit', 2, 1]]);
  });
});
