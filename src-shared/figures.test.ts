import { describe, expect, test } from 'vitest';
import { type Board, type BoardOperator, emptyBoard } from './board.ts';
import { defaultSettings } from './contract/settings.ts';
import type { Today } from './contract/today.ts';
import { defaultRule } from './distribution/rule.ts';
import { pulseOf, readingsOf, serviceLevel, toneOf } from './figures.ts';

const operator = (id: number, max_load: number, load: number, more: Partial<BoardOperator> = {}): BoardOperator => ({
  id,
  name: `Operator ${id}`,
  is_active: true,
  max_load,
  is_archived: false,
  inactive_reason: null,
  active_changed_at: 0,
  load,
  held: load,
  assigned_count: 0,
  assigned_on: null,
  last_assigned_at: null,
  latest_decision: null,
  tags: [],
  ...more,
});
const boardOf = (operators: readonly BoardOperator[], more: Partial<Board> = {}): Board => ({
  ...emptyBoard,
  operators: Object.fromEntries(operators.map((one) => [one.id, one])),
  ...more,
});
const served = (in_time: number, late: number): Today => ({
  day: '2026-11-22',
  came: in_time + late,
  in_time,
  late,
  assigned: in_time,
  draws: 0,
  operators: [],
});
const waits = (contact_id: number, created_at: number) => ({ contact_id, source_id: 1, created_at, lead: { id: 1, name: null, handle: 'tg' } });

describe('the pulse', () => {
  test('counts the slots of operators on line, and nobody who is archived', () => {
    const board = boardOf([operator(1, 5, 3), operator(2, 4, 1), operator(3, 9, 2, { is_active: false }), operator(4, 7, 0, { is_archived: true })], {
      refused: 2,
    });
    expect(pulseOf(board, 0)).toEqual({ waiting: 0, oldest: null, load: 4, capacity: 9, active: 2, operators: 3, refused: 2 });
  });

  test('counts no more of an operator than the limit: the excess fills no slot of another', () => {
    expect(pulseOf(boardOf([operator(1, 2, 6), operator(2, 4, 0)]), 0)).toMatchObject({ load: 2, capacity: 6 });
  });

  test('has the waiting contacts of all sources, and the oldest of them', () => {
    const board = boardOf([], { waiting: { 1: 2, 7: 3 }, queue: [waits(4, 1_000), waits(9, 2_000)] });
    expect(pulseOf(board, 3_000)).toMatchObject({ waiting: 5, oldest: { contact_id: 4, since: 1_000 } });
  });

  test('leave out the time in which a source is closed by its schedule', () => {
    const hour = 3_600_000;
    const schedule = {
      name: 'Day',
      time_zone: 'UTC',
      anchor_date: '2026-11-22',
      days: [[{ from: '09:00', to: '18:00', kind: 'work' as const }]],
      exceptions: [],
    };
    const evening = Date.UTC(2026, 10, 22, 17, 59, 30);
    const board = boardOf([], {
      waiting: { 1: 1, 7: 1 },
      queue: [waits(4, evening), { ...waits(9, evening + hour), source_id: 7 }],
      schedules: { 2: schedule },
      rules: { 1: { ...defaultRule, id: 1, version: 2, schedule_id: 2 } },
    });
    const now = evening + 15 * hour; // 8:59:30
    expect(pulseOf(board, now).oldest).toEqual({ contact_id: 9, since: evening + hour });
    expect(pulseOf({ ...board, queue: board.queue.slice(0, 1) }, now).oldest).toEqual({ contact_id: 4, since: now - 30_000 });
  });
});

describe('readings', () => {
  const desk = boardOf([operator(1, 4, 3), operator(2, 4, 0, { is_active: false })], { waiting: { 1: 1 }, queue: [waits(1, 10_000)] });

  test('are what thresholds are compared with, in their units', () => {
    expect(readingsOf(pulseOf(desk, 0), served(9, 3), 72_900)).toEqual({
      waiting: 1,
      oldest_wait_seconds: 62,
      load_percent: 75,
      active_operators: 1,
      service_level_percent: 75,
    });
  });

  test('are null where there is nothing to compare, and never a negative wait', () => {
    const nobody = { waiting: 0, oldest_wait_seconds: 0, load_percent: null, active_operators: null, service_level_percent: null };
    expect(readingsOf(pulseOf(emptyBoard, 0), null, 0)).toEqual(nobody);
    expect(readingsOf(pulseOf(desk, 0), null, 9_000).oldest_wait_seconds).toBe(0);
    const off = readingsOf(pulseOf(boardOf([operator(1, 4, 1, { is_active: false })]), 0), null, 0);
    expect([off.active_operators, off.load_percent]).toEqual([0, null]);
  });

  test('leave the service level out until ten contacts have been served or were late', () => {
    const level = (in_time: number, late: number) => readingsOf(pulseOf(desk, 0), served(in_time, late), 0).service_level_percent;
    expect([level(9, 0), level(9, 1), level(0, 10)]).toEqual([null, 90, 0]);
  });
});

test('the service level is the share in time of the contacts that were served or are late; without any it is null', () => {
  expect([serviceLevel(served(3, 1)), serviceLevel(served(0, 2)), serviceLevel(served(0, 0)), serviceLevel(null)]).toEqual([0.75, 0, null, null]);
});

describe('a tone', () => {
  const { thresholds } = defaultSettings;

  test('is reached at the limit itself, from above for figures that can be too low', () => {
    expect([4, 5, 19, 20].map((reading) => toneOf('waiting', reading, thresholds))).toEqual(['calm', 'warn', 'warn', 'bad']);
    expect([81, 80, 61, 60].map((reading) => toneOf('service_level_percent', reading, thresholds))).toEqual(['calm', 'warn', 'warn', 'bad']);
  });

  test('is calm without a reading and without a limit', () => {
    expect(toneOf('active_operators', null, thresholds)).toBe('calm');
    expect(toneOf('waiting', 1_000_000, { ...thresholds, waiting: { warning: null, critical: null } })).toBe('calm');
  });
});
