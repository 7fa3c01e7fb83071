import { describe, expect, test } from 'vitest';
import { collatorOf } from '#kit/locale/format.ts';
import { type Asks, type Board, emptyBoard } from '#shared/board.ts';
import { defaultRule, type OwnerRule, type Rule } from '#shared/distribution/rule.ts';
import { isFull, nextChange, sortedIds, sourceSums, waitingBySource } from './derive.ts';

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

  test('follow operators who are added, archived, restored or renamed', () => {
    const sorted = sortedIds();
    sorted(all, russian);
    expect(sorted({ ...all, 4: thing(4, 'Борис') }, russian)).toEqual([2, 4, 1]);
    expect(sorted({ ...all, 3: thing(3, 'Вера') }, russian)).toEqual([2, 3, 1]);
    expect(sorted({ ...all, 2: thing(2, 'Ярослав') }, russian)).toEqual([1, 2]);
    expect(sorted({ 1: all[1] }, russian)).toEqual([1]);
  });
});

/** Of a contact that Boris put back. */
const past = { had: [2], let_go: [2] };

/** Anna is full, Boris has a free slot, Vera is away, Gleb has weight 0; the second source has only Anna. */
const board: Board = {
  ...emptyBoard,
  operators: Object.fromEntries(
    [
      { id: 1, name: 'Анна', load: 2 },
      { id: 2, name: 'Борис', load: 1 },
      { id: 3, name: 'Вера', load: 0, is_active: false },
      { id: 4, name: 'Глеб', load: 0 },
    ].map((one) => [
      one.id,
      {
        is_active: true,
        max_load: 2,
        is_archived: false,
        inactive_reason: null,
        active_changed_at: 0,
        assigned_count: 0,
        assigned_on: null,
        last_assigned_at: null,
        latest_decision: null,
        held: one.load,
        tags: [],
        ...one,
      },
    ]),
  ),
  weights: { 1: { 1: 10, 2: 20, 3: 30, 4: 0 }, 2: { 1: 5 } },
  waiting: { 1: 1, 2: 4, 3: 4 },
};

test('the sums of a source cover those who could take a contact now, and all; a source without operators has none', () => {
  const standing = (now: number, free: number) => ({ line: 1, now, free });
  const standings = new Map([1, 2, 3, 4].map((id) => [id, standing(id === 2 ? 1 : 0, [1 / 6, 1 / 3, 1 / 2, 0][id - 1] ?? 0)]));
  expect(sourceSums(board, 1)).toEqual({ all: 60, eligible: 1, operators: 4, standings });
  expect(sourceSums(board, 2)).toMatchObject({ all: 5, eligible: 0, operators: 1 });
  expect(sourceSums(board, 3)).toEqual({ all: 0, eligible: 0, operators: 0, standings: new Map() });
});

test('waiting contacts are listed by source with the present reason, the most first', () => {
  expect(waitingBySource(board, 0)).toEqual([
    { source_id: 2, count: 4, reason: 'all_full' },
    { source_id: 3, count: 4, reason: 'no_positive_weight' },
    { source_id: 1, count: 1, reason: null },
  ]);
});

test('contacts that wait although somebody has a free slot wait for another operator, or for the next line to open', () => {
  const item = { contact_id: 7, source_id: 1, created_at: 0, lead: { id: 1, name: null, handle: '' } };
  const reason = (of: Partial<Board>) => waitingBySource({ ...board, ...of }, 0).find(({ source_id }) => source_id === 1)?.reason;
  expect(reason({ queue: [{ ...item, past }] })).toBe('let_go');
  expect(
    reason({
      queue: [
        { ...item, past },
        { ...item, contact_id: 8 },
      ],
    }),
  ).toBe(null);
  const under = (rule: Partial<Rule>) => reason({ rules: { 1: { ...defaultRule, id: 1, version: 2, ...rule } }, queue: [item] });
  expect(under({ lines: [60], line_of: { 2: 2 } })).toBe('line_closed');
  const owner: OwnerRule = { mode: 'days', days: 30, wait_seconds: 60 };
  expect([under({ needs: ['language'] }), under({ owner }), under({ needs: ['language'], owner })]).toEqual(['nobody_fits', 'owner_busy', 'tag_or_owner']);
  expect([under({ owner: { ...owner, wait_seconds: 0 } }), under({ needs: ['language'], owner: { ...owner, wait_seconds: 0 } })]).toEqual([
    null,
    'nobody_fits',
  ]);
});

test('an operator is full at the limit, above it, and with a limit of 0', () => {
  expect(
    [
      [1, 2],
      [2, 2],
      [3, 2],
      [0, 0],
    ].map(([load = 0, max_load = 0]) => isFull({ load, max_load })),
  ).toEqual([false, true, true, true]);
});

describe('a waiting contact counts down to what helps it next', () => {
  const at = (seconds: number) => 1000 * seconds;
  const item = { contact_id: 7, source_id: 1, created_at: 0, lead: { id: 1, name: null, handle: '' } };
  const next = (rule: Partial<Rule>, { asks, cost, now = 0, of = {} }: { asks?: Asks; cost?: number; now?: number; of?: Partial<Board> } = {}) =>
    nextChange(
      { ...board, rules: { 1: { ...defaultRule, id: 1, version: 2, ...rule } }, ...of },
      { ...item, ...(asks && { asks }), ...(cost !== undefined && { cost }) },
      now,
    );
  const owner: OwnerRule = { mode: 'days', days: 30, wait_seconds: 60 };

  test('a line that opens, a tag that is asked for no longer, others who may take it', () => {
    expect(next({ lines: [60], line_of: { 2: 2 } })).toEqual({ at: at(60), why: 'line_closed', line: 2 });
    expect(next({ needs: ['language'], needs_seconds: 30 }, { asks: { needs: { language: 'en' } } })).toEqual({ at: at(30), why: 'lacks_tag', line: 1 });
    expect(next({ owner }, { asks: { owner_id: 1 } })).toEqual({ at: at(60), why: 'owner_busy', line: 1 });
  });

  test('the last of several that keep whoever has a free slot from taking it', () => {
    const asks = { needs: { language: 'en' } };
    const both = { needs: ['language'], needs_seconds: 30, lines: [90], line_of: { 2: 2 } };
    expect(next(both, { asks })).toEqual({ at: at(90), why: 'line_closed', line: 2 });
    expect(next({ ...both, lines: [10] }, { asks })).toEqual({ at: at(30), why: 'lacks_tag', line: 2 });
  });

  test('nothing, if nobody would have a free slot then, if somebody may take it now, or if it is over', () => {
    const lines = { lines: [60], line_of: { 2: 2 } };
    expect(next(lines, { cost: 2 })).toBe(null);
    expect(next({})).toBe(null);
    expect(next({ owner }, { asks: { owner_id: 2 } })).toBe(null);
    expect(next({ needs: ['language'] }, { asks: { needs: { language: 'en' } } })).toBe(null);
    expect(next(lines, { now: at(60) })).toBe(null);
  });

  test('also one that was put back, as long as who let it go is passed over', () => {
    const rules = { 1: { ...defaultRule, id: 1, version: 2, lines: [60], line_of: { 2: 2 } } };
    const returned = (had: number[], let_go: number[]) => nextChange({ ...board, rules }, { ...item, past: { had, let_go } }, 0);
    expect(returned([1], [1])).toEqual({ at: at(60), why: 'line_closed', line: 2 });
    expect(returned([2], [2]), 'who would be free then has let it go').toBe(null);
  });
});
