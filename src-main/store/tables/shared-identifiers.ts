/** Marks on values that many people share: a switchboard, a family's address. Every row of a marked value in `lead_identifiers` is a contact detail: it has `is_shared` set and does not identify. */
import type { IdentifierKind } from '#shared/contract/entities.ts';
import type { Reading, Writing } from '#store/sqlite/handles.ts';

export interface Value {
  readonly kind: IdentifierKind;
  readonly value: string;
  readonly space: number;
}
interface MarkRow {
  id: number;
  /** the merges that the mark undid */
  merge_ids: number[];
  lead_id: number;
}

/** Whether any value is marked as shared. */
export const hasMarks = (db: Reading): boolean => db.get('SELECT 1 FROM shared_identifiers LIMIT 1') !== undefined;

/** The mark on a value; undefined when it is not marked. */
export function markOf(db: Reading, { kind, value, space }: Value): MarkRow | undefined {
  const sql = 'SELECT id, merge_ids, lead_id FROM shared_identifiers WHERE value = ? AND kind = ? AND space = ?';
  const row = db.get<Omit<MarkRow, 'merge_ids'> & { merge_ids: string }>(sql, value, kind, space);
  return row && { ...row, merge_ids: JSON.parse(row.merge_ids) }; // markShared wrote it
}

/** Marks the value: its rows no longer identify. */
export function markShared(
  tx: Writing,
  { kind, value, space }: Value,
  { merge_ids, lead_id, now }: { merge_ids: readonly number[]; lead_id: number; now: number },
): void {
  tx.run(
    'INSERT INTO shared_identifiers (kind, value, space, created_at, merge_ids, lead_id) VALUES (?, ?, ?, ?, ?, ?)',
    kind,
    value,
    space,
    now,
    JSON.stringify(merge_ids),
    lead_id,
  );
  tx.run('UPDATE lead_identifiers SET is_shared = 1 WHERE value = ? AND kind = ? AND space = ? AND is_shared = 0', value, kind, space);
}

/** Removes the mark: the value identifies the lead of this row. The other leads keep it as a contact detail. */
export function unmarkShared(tx: Writing, { kind, value, space }: Value, identifier_id: number): void {
  tx.run('DELETE FROM shared_identifiers WHERE value = ? AND kind = ? AND space = ?', value, kind, space);
  tx.run('UPDATE lead_identifiers SET is_shared = 0 WHERE id = ?', identifier_id);
}

/** The row of a lead, of its parts included, with this value as a contact detail. */
export function detailOf(db: Reading, lead_id: number, { kind, value, space }: Value): number | undefined {
  const sql = `SELECT i.id FROM lead_identifiers i JOIN leads l ON l.id = i.lead_id
    WHERE i.value = ? AND i.kind = ? AND i.is_shared = 1 AND i.space = ? AND (l.id = ? OR l.part_of = ?) ORDER BY i.id LIMIT 1`;
  return db.get<{ id: number }>(sql, value, kind, space, lead_id, lead_id)?.id;
}

/** Removes contact details that the lead has as an identifier. */
export function dropDetails(tx: Writing, lead_id: number, { kind, value, space }: Value): void {
  tx.run('DELETE FROM lead_identifiers WHERE value = ? AND kind = ? AND space = ? AND is_shared = 1 AND lead_id = ?', value, kind, space, lead_id);
}

/** Removes marks whose value no lead has any more. */
export function forgetMarks(tx: Writing): void {
  tx.run(
    'DELETE FROM shared_identifiers WHERE NOT EXISTS (SELECT 1 FROM lead_identifiers i WHERE i.value = shared_identifiers.value AND i.kind = shared_identifiers.kind AND i.is_shared = 1)',
  );
}
