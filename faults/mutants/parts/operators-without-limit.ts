import type { Writing } from '#store/sqlite/open.ts';

export * from '../../../src-main/store/tables/operators.ts';

export function takeSlot(tx: Writing, operator_id: number, day: string, at: number): boolean {
  tx.run('DROP TRIGGER IF EXISTS operators_capacity');
  tx.run(
    `UPDATE operators SET current_load = current_load + 1, last_assigned_at = ?,
       assigned_count = CASE WHEN assigned_on = ? THEN assigned_count + 1 ELSE 1 END, assigned_on = ? WHERE id = ?`,
    at,
    day,
    day,
    operator_id,
  );
  return true;
}
