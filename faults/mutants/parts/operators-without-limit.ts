import type { Writing } from '#store/sqlite/open.ts';

export * from '../../../src-main/store/tables/operators.ts';

export function takeSlots(tx: Writing, operator_id: number, cost: number, { day, at }: { readonly day: string; readonly at: number }): boolean {
  tx.run('DROP TRIGGER IF EXISTS operators_capacity');
  tx.run(
    `UPDATE operators SET current_load = current_load + ?, last_assigned_at = ?,
       assigned_count = CASE WHEN assigned_on = ? THEN assigned_count + 1 ELSE 1 END, assigned_on = ? WHERE id = ?`,
    cost,
    at,
    day,
    day,
    operator_id,
  );
  return true;
}
