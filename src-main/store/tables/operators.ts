import type { InactiveReason } from '#shared/contract/entities.ts';
import type { Actor } from '#shared/contract/principal.ts';
import { defaultHours, type OperatorHours } from '#shared/operator-hours.ts';
import { nameKey } from '#shared/plain-text.ts';
import type { Reading, Writing } from '#store/sqlite/open.ts';
import { idNamed, KEY_OF_NAME } from './names.ts';

export interface OperatorRow {
  id: number;
  name: string;
  is_active: boolean;
  max_load: number;
  current_load: number;
  /** break, training, off */
  inactive_reason: InactiveReason | null;
  active_changed_at: number;
  assigned_on: string | null;
  assigned_count: number;
  last_assigned_at: number | null;
  /** decision of the latest assignment */
  latest_decision: number | null;
  /** sorted */
  tags: readonly string[];
  created_at: number;
  archived_at: number | null;
  /** contacts in a row that were given and not accepted in time */
  misses: number;
  /** null: as without a schedule */
  hours: OperatorHours | null;
  /** who switched it on or off last; null: nobody yet */
  switched_by: Actor | null;
}

type Stored = Omit<OperatorRow, 'is_active' | 'tags' | 'hours'> & { is_active: number; tags: string; hours: string | null };
const NO_TAGS: readonly string[] = [];
const decoded = (row: Stored): OperatorRow => ({
  ...row,
  is_active: row.is_active === 1,
  tags: row.tags === '[]' ? NO_TAGS : (JSON.parse(row.tags) as string[]), // updateOperatorRow wrote them
  hours: row.hours === null ? null : hoursFrom(JSON.parse(row.hours) as object),
});

/** @param fields those that differ from `defaultHours` */
const hoursFrom = (fields: Partial<OperatorHours>): OperatorHours => ({ ...defaultHours, ...fields });

/** The fields that differ from `defaultHours`. */
export const differingHours = (hours: OperatorHours | null): Partial<OperatorHours> =>
  Object.fromEntries(Object.entries(hours ?? {}).filter(([key, value]) => value !== defaultHours[key as keyof OperatorHours]));

function storedHours(hours: OperatorHours | null): string | null {
  const fields = differingHours(hours);
  return Object.keys(fields).length === 0 ? null : JSON.stringify(fields);
}

const COLUMNS =
  'id, name, is_active, inactive_reason, max_load, current_load, active_changed_at, assigned_on, assigned_count, last_assigned_at, latest_decision, tags, created_at, archived_at, misses, hours, switched_by';

/** All operators by id, archived ones included. */
export function allOperators(db: Reading): OperatorRow[] {
  return db.all<Stored>(`SELECT ${COLUMNS} FROM operators ORDER BY id`).map(decoded);
}

/** Undefined when no operator has this id. */
export function operatorById(db: Reading, id: number): OperatorRow | undefined {
  const row = db.get<Stored>(`SELECT ${COLUMNS} FROM operators WHERE id = ?`, id);
  return row && decoded(row);
}

/** The id of the operator with this name that is not archived. */
export function operatorNamed(db: Reading, name: string): number | undefined {
  return idNamed(db, 'operators', name);
}

/** Adds an operator without load and returns its id. */
export function insertOperator(
  tx: Writing,
  row: {
    name: string;
    is_active: boolean;
    inactive_reason: InactiveReason | null;
    max_load: number;
    tags?: readonly string[] | undefined;
    hours?: OperatorHours | null;
    now: number;
  },
): number {
  const { lastInsertRowid } = tx.run(
    'INSERT INTO operators (name, name_key, is_active, inactive_reason, max_load, tags, hours, active_changed_at, created_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)',
    row.name,
    nameKey(row.name),
    Number(row.is_active),
    row.inactive_reason,
    row.max_load,
    JSON.stringify(row.tags ?? []),
    storedHours(row.hours ?? null),
    row.now,
    row.now,
  );
  return Number(lastInsertRowid);
}

/** Writes the fields that supervisors change. The name's key follows the name. */
export function updateOperatorRow(
  tx: Writing,
  row: Pick<OperatorRow, 'id' | 'name' | 'is_active' | 'inactive_reason' | 'max_load' | 'tags' | 'active_changed_at' | 'archived_at' | 'hours' | 'switched_by'>,
): void {
  tx.run(
    `UPDATE operators SET name = ?, name_key = ${KEY_OF_NAME}, is_active = ?, inactive_reason = ?, max_load = ?, tags = ?, hours = ?, active_changed_at = ?, switched_by = ?, archived_at = ? WHERE id = ?`,
    row.name,
    row.name,
    nameKey(row.name),
    Number(row.is_active),
    row.inactive_reason,
    row.max_load,
    JSON.stringify(row.tags),
    storedHours(row.hours),
    row.active_changed_at,
    row.switched_by,
    row.archived_at,
    row.id,
  );
}

/** Takes slots of the operator for a contact of this cost; false when too few are free. This condition enforces the capacity rule a second time. */
export function takeSlots(tx: Writing, operator_id: number, cost: number, { day, at, decision_id }: { day: string; at: number; decision_id: number }): boolean {
  const { changes } = tx.run(
    `UPDATE operators SET current_load = current_load + ?, last_assigned_at = ?, latest_decision = ?,
       assigned_count = CASE WHEN assigned_on = ? THEN assigned_count + 1 ELSE 1 END, assigned_on = ?
     WHERE id = ? AND current_load + ? <= max_load AND archived_at IS NULL`,
    cost,
    at,
    decision_id,
    day,
    day,
    operator_id,
    cost,
  );
  return changes === 1;
}

/** Counts a contact that the operator did not accept in time. Returns how many there were in a row. */
export function countMiss(tx: Writing, operator_id: number): number {
  tx.run('UPDATE operators SET misses = misses + 1 WHERE id = ?', operator_id);
  return tx.get<{ misses: number }>('SELECT misses FROM operators WHERE id = ?', operator_id)?.misses ?? 0;
}

/** The operator has answered, or begins anew. */
export function forgetMisses(tx: Writing, operator_id: number): void {
  tx.run('UPDATE operators SET misses = 0 WHERE id = ? AND misses > 0', operator_id);
}

/** Frees the slots of a contact of this cost. A load below 0 violates a constraint and throws. */
export function freeSlots(tx: Writing, operator_id: number, cost: number): void {
  tx.run('UPDATE operators SET current_load = current_load - ? WHERE id = ?', cost, operator_id);
}
