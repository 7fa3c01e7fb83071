import { describe, expect, test } from 'vitest';
import type { Decision } from '#shared/contract/entities.ts';
import type { Bar } from '#shared/distribution/table.ts';
import { replay, stretches } from './table.ts';

type Row = Decision['table'][number];
const row = (operator_id: number, weight: number, load: number, is_active = true): Row => ({
  operator_id,
  name: `Operator ${operator_id}`,
  weight,
  load,
  max_load: 10,
  is_active,
  line: 1,
  key: null,
  passed_over: null,
  barred: null,
  until: null,
  probability: 0,
});
const table = [row(1, 300, 6), row(2, 300, 10), row(3, 400, 0, false), row(4, 700, 2)];
const drawn = { table, sum: 1000, kind: 'draw', waiting_reason: null, owner_id: null, cost: 1 } as const;

describe('a stored decision', () => {
  test('places the eligible weights end to end', () => {
    expect(stretches(drawn)).toEqual([
      { operator_id: 1, name: 'Operator 1', from: 0, to: 299, share: 0.3 },
      { operator_id: 4, name: 'Operator 4', from: 300, to: 999, share: 0.7 },
    ]);
  });

  test('has no ranges of a draw when nothing was drawn: a person decided, or it went to its own operator', () => {
    for (const kind of ['manual', 'owner'] as const) expect(stretches({ ...drawn, kind })).toEqual([]);
  });

  test('replays to the same operator at both ends of an interval', () => {
    expect(replay({ ...drawn, r: 299, operator_id: 1 })).toEqual({ same: true, operator_id: 1 });
    expect(replay({ ...drawn, r: 300, operator_id: 4 })).toEqual({ same: true, operator_id: 4 });
  });

  test('reports when the replay gives another operator', () => {
    expect(replay({ ...drawn, r: 300, operator_id: 1 })).toEqual({ same: false, operator_id: 4 });
    expect(replay({ ...drawn, r: 1000, operator_id: 4 })).toEqual({ same: false, operator_id: null });
  });

  test('replays that a contact which takes several slots found too few', () => {
    const costly = { ...drawn, table: [row(1, 300, 7), row(2, 300, 5)], sum: 300, cost: 5 };
    expect(stretches(costly)).toMatchObject([{ operator_id: 2 }]);
    expect(replay({ ...costly, r: 0, operator_id: 2 })).toEqual({ same: true, operator_id: 2 });
    expect(replay({ ...costly, cost: 1, r: 0, operator_id: 2 })).toEqual({ same: false, operator_id: 1 });
  });

  test('replays the reason when nobody could take it', () => {
    const waiting = { table: [row(2, 300, 10)], sum: 0, kind: 'draw' as const, r: null, operator_id: null, owner_id: null, cost: 1 };
    expect(replay({ ...waiting, waiting_reason: 'all_full' })).toEqual({ same: true, operator_id: null });
    expect(replay({ ...waiting, waiting_reason: 'nobody_active' })).toEqual({ same: false, operator_id: null });
  });

  test('replays what the rule had against an operator, also behind another reason', () => {
    const barred = (barred: Bar, rest: Row): Row => ({ ...rest, barred, passed_over: rest.passed_over ?? barred });
    const tagged = { ...drawn, sum: 300, table: [barred('lacks_tag', row(1, 300, 6)), row(2, 300, 2)] };
    expect(replay({ ...tagged, r: 0, operator_id: 2 })).toEqual({ same: true, operator_id: 2 });
    const waiting = { sum: 0, kind: 'draw' as const, r: null, operator_id: null, owner_id: 2, cost: 1 };
    const forOwner = [barred('owner_busy', row(1, 300, 6)), row(2, 300, 10), barred('owner_busy', row(3, 300, 10))];
    expect(replay({ ...waiting, table: forOwner, waiting_reason: 'owner_busy' })).toEqual({ same: true, operator_id: null });
    const misfits = [barred('lacks_tag', row(1, 300, 10)), row(2, 300, 0, false)];
    expect(replay({ ...waiting, table: misfits, waiting_reason: 'nobody_fits' })).toEqual({ same: true, operator_id: null });
  });

  test("replays that the contact went to the lead's own operator, without a draw and from a line that was closed", () => {
    const own = { ...drawn, kind: 'owner' as const, r: null, operator_id: 4, owner_id: 4 };
    expect(replay(own)).toEqual({ same: true, operator_id: 4 });
    expect(replay({ ...own, table: [row(1, 300, 6), { ...row(4, 700, 2), line: 2, barred: 'line_closed' as const }] })).toEqual({ same: true, operator_id: 4 });
    expect(replay({ ...own, operator_id: 1 })).toEqual({ same: false, operator_id: 4 });
  });

  test('has nothing to replay when a person decided', () => {
    expect(replay({ table, sum: 1000, kind: 'manual', r: null, operator_id: 1, waiting_reason: null, owner_id: null, cost: 1 })).toBeNull();
  });
});
