import { describe, expect, test } from 'vitest';
import { assignedOn, type Board, type BoardOperator, candidates, Draft, emptyBoard, QUEUE_HEAD_SIZE, RECENT_SIZE } from './board.ts';
import { advance, apply, type Change } from './effects/effects.ts';

const AT = Date.UTC(2026, 10, 22, 9, 15);
const DAY = '2026-11-22';
const anna: BoardOperator = {
  id: 1,
  name: 'Анна',
  is_active: true,
  max_load: 3,
  is_archived: false,
  inactive_reason: null,
  active_changed_at: AT,
  load: 0,
  held: 0,
  assigned_count: 0,
  assigned_on: null,
  last_assigned_at: null,
  latest_decision: null,
  tags: [],
};
const start: Board = { ...emptyBoard, operators: { 1: anna }, sources: { 1: { id: 1, name: 'Bot', is_archived: false } }, weights: { 1: { 1: 5 } } };
const lead = (id: number) => ({ id, name: null, handle: `tg-${id}` });

function assigned(revision: number, contact_id: number, parts: { from?: 'intake' | 'queue' | number; day?: string } = {}): Change {
  const { from = 'intake', day = DAY } = parts;
  const decision = {
    id: revision,
    contact_id,
    source_id: 1,
    at: AT,
    kind: 'draw',
    lead: lead(contact_id),
    operator_id: 1,
    waiting_reason: null,
    weight: 5,
    sum: 5,
  } as const;
  return { kind: 'contact_assigned', revision, at: AT, from, day, decision };
}

function waits(revision: number, contact_id: number): Change {
  const decision = {
    id: revision,
    contact_id,
    source_id: 1,
    at: AT,
    kind: 'draw',
    lead: lead(contact_id),
    operator_id: null,
    waiting_reason: 'all_full',
    weight: null,
    sum: null,
  } as const;
  return { kind: 'contact_waiting', revision, at: AT, from: 'intake', created_at: AT, decision };
}

function freeze<T>(value: T): T {
  if (typeof value === 'object' && value !== null && !Object.isFrozen(value)) {
    Object.freeze(value);
    for (const part of Object.values(value)) freeze(part);
  }
  return value;
}

describe('the board', () => {
  test('applies a change only if it is the next one', () => {
    expect(advance(start, []).revision).toBe(0);
    expect(advance(start, [assigned(1, 1), assigned(2, 2)]).revision).toBe(2);
    expect(() => advance(start, [assigned(2, 1)])).toThrow('does not follow');
    expect(() => advance(start, [assigned(1, 1), assigned(1, 1)])).toThrow('does not follow');
  });

  test('does not modify the board that it was made from', () => {
    const frozen = freeze(structuredClone(start));
    const first = freeze(advance(frozen, [assigned(1, 1), waits(2, 2)]));
    const second = advance(first, [assigned(3, 2, { from: 'queue' }), { kind: 'contact_closed', revision: 4, at: AT, contact_id: 1, source_id: 1, from: 1 }]);
    expect(frozen).toEqual(start);
    expect([first.operators[1]?.load, first.waiting, second.operators[1]?.load, second.waiting]).toEqual([1, { 1: 1 }, 1, {}]);
  });

  test('that a draft returned stays unchanged when the draft continues', () => {
    const draft = new Draft(start);
    apply(draft, assigned(1, 1));
    const given = freeze(draft.finish());
    apply(draft, assigned(2, 2));
    expect([given.revision, given.operators[1]?.load, draft.board.operators[1]?.load]).toEqual([1, 1, 2]);
  });

  test("counts an operator's assignments of one day", () => {
    const board = advance(start, [assigned(1, 1), assigned(2, 2), assigned(3, 3, { day: '2026-11-23' })]);
    const { operators } = board;
    expect([operators[1] && assignedOn(operators[1], '2026-11-23'), operators[1] && assignedOn(operators[1], DAY)]).toEqual([1, 0]);
    expect(operators[1]).toEqual({ ...anna, load: 3, held: 3, assigned_count: 1, assigned_on: '2026-11-23', last_assigned_at: AT, latest_decision: 3 });
  });

  test('keeps the latest decisions, newest first', () => {
    const board = advance(
      start,
      Array.from({ length: RECENT_SIZE + 10 }, (_, i) => waits(i + 1, i + 1)),
    );
    expect(board.recent.map((decision) => decision.id)).toEqual(Array.from({ length: RECENT_SIZE }, (_, i) => RECENT_SIZE + 10 - i));
  });

  test('shows the oldest waiting contacts and counts all of them', () => {
    const full = advance(
      start,
      Array.from({ length: QUEUE_HEAD_SIZE + 5 }, (_, i) => waits(i + 1, i + 1)),
    );
    expect([full.queue.length, full.queue.at(-1)?.contact_id, full.waiting]).toEqual([QUEUE_HEAD_SIZE, QUEUE_HEAD_SIZE, { 1: QUEUE_HEAD_SIZE + 5 }]);
    const next = { contact_id: QUEUE_HEAD_SIZE + 1, source_id: 1, created_at: AT, lead: lead(QUEUE_HEAD_SIZE + 1) };
    const revision = full.revision + 1;
    const moved = advance(full, [{ kind: 'contact_closed', revision, at: AT, contact_id: 1, source_id: 1, from: 'queue', refill: [next] }]);
    expect([moved.queue.length, moved.queue[0]?.contact_id, moved.queue.at(-1), moved.waiting]).toEqual([QUEUE_HEAD_SIZE, 2, next, { 1: QUEUE_HEAD_SIZE + 4 }]);
  });

  test('does not show a new contact when contacts before it are not shown', () => {
    const full = advance(
      start,
      Array.from({ length: QUEUE_HEAD_SIZE + 5 }, (_, i) => waits(i + 1, i + 1)),
    );
    const revision = full.revision + 1;
    const left = advance(full, [{ kind: 'contact_closed', revision, at: AT, contact_id: 1, source_id: 1, from: 'queue' }, waits(revision + 1, 999)]);
    expect([left.queue.length, left.queue.at(-1)?.contact_id]).toEqual([QUEUE_HEAD_SIZE - 1, QUEUE_HEAD_SIZE]);
  });

  test('offers as candidates the operators in use with a competence, by operator id', () => {
    const board: Board = {
      ...start,
      operators: { 10: { ...anna, id: 10 }, 2: { ...anna, id: 2, is_active: false, load: 1 }, 3: { ...anna, id: 3, is_archived: true } },
      weights: { 1: { 10: 5, 3: 1, 2: 0 } },
    };
    expect(candidates(board, 1)).toEqual([
      { operator_id: 2, weight: 0, load: 1, max_load: 3, is_active: false },
      { operator_id: 10, weight: 5, load: 0, max_load: 3, is_active: true },
    ]);
    expect(candidates(board, 2)).toEqual([]);
  });

  test('survives JSON unchanged', () => {
    const board = advance(start, [assigned(1, 1), waits(2, 2)]);
    expect(JSON.parse(JSON.stringify(board))).toStrictEqual(board);
  });
});
