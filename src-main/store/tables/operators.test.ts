import { describe, expect, test } from 'vitest';
import { store } from '#store/testing/database.ts';
import { freeSlots, insertOperator, operatorById, takeSlots, updateOperatorRow } from './operators.ts';

/** An operator with two slots. */
function scene() {
  const opened = store();
  const id = opened.transaction((tx) => insertOperator(tx, { name: 'Анна', is_active: true, inactive_reason: null, max_load: 2, now: 0 }));
  const row = () => {
    const found = operatorById(opened.reading, id);
    if (!found) throw new Error('the operator was inserted');
    return found;
  };
  const take = (day: string, at: number) => opened.transaction((tx) => takeSlots(tx, id, 1, { day, at, decision_id: at }));
  return { opened, id, row, take };
}

describe('a slot', () => {
  test('is taken while one is free, and the assignments of the day are counted', () => {
    const { row, take } = scene();
    const before = row();
    const counted = (n: number) => ({ ...before, current_load: n, assigned_count: n, assigned_on: '2026-11-22', last_assigned_at: n, latest_decision: n });
    const seen = [take('2026-11-22', 1), row(), take('2026-11-22', 2), row()];
    expect(seen).toEqual([true, counted(1), true, counted(2)]);
  });

  test('is not taken when the operator is full, above max_load or archived: the row is unchanged', () => {
    const { opened, row, take } = scene();
    take('2026-11-22', 1);
    take('2026-11-22', 2);
    const full = row();
    const refused = [take('2026-11-22', 3), row()];
    opened.transaction((tx) => updateOperatorRow(tx, { ...full, max_load: 1 }));
    const over = [take('2026-11-22', 4), row().current_load];
    opened.transaction((tx) => updateOperatorRow(tx, { ...full, max_load: 9, archived_at: 5 }));
    const archived = [take('2026-11-22', 6), row().current_load];
    expect([refused, over, archived]).toEqual([
      [false, full],
      [false, 2],
      [false, 2],
    ]);
  });

  test('that is freed can be taken again; another day is counted from 1', () => {
    const { opened, id, row, take } = scene();
    take('2026-11-22', 1);
    take('2026-11-22', 2);
    opened.transaction((tx) => freeSlots(tx, id, 1));
    expect([take('2026-11-23', 3), row()]).toMatchObject([true, { current_load: 2, assigned_count: 1, assigned_on: '2026-11-23', last_assigned_at: 3 }]);
  });

  test('that is not in use cannot be freed', () => {
    const { opened, id } = scene();
    expect(() => opened.transaction((tx) => freeSlots(tx, id, 1))).toThrow('operators_load');
  });
});
