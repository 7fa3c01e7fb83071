import type { IdentifierKind } from '#shared/contract/entities.ts';
import type { Reading, Writing } from './open.ts';

export interface LeadRow {
  id: number;
  name: string | null;
  operator_id: number | null;
  created_at: number;
  merged_into: number | null;
}

export interface IdentifierRow {
  id: number;
  kind: IdentifierKind;
  value: string;
  created_at: number;
}

export function leadById(db: Reading, id: number): LeadRow | undefined {
  return db.get('SELECT id, name, operator_id, created_at, merged_into FROM leads WHERE id = ?', id);
}

export function ownerOfIdentifier(db: Reading, kind: IdentifierKind, value: string): number | null {
  return db.get<{ lead_id: number }>('SELECT lead_id FROM lead_identifiers WHERE value = ? AND kind = ?', value, kind)?.lead_id ?? null;
}

/** The first known of each kind first, whichever of the merged leads it came with: that is the one shown. */
export function identifiersOfLead(db: Reading, lead_id: number): IdentifierRow[] {
  // sorted here: with ORDER BY, SQLite plans this statement anew each time it is run
  return db.all<IdentifierRow>('SELECT id, kind, value, created_at FROM lead_identifiers WHERE lead_id = ?', lead_id).sort((a, b) => a.id - b.id);
}

/** The row as it was written. */
export function insertLead(tx: Writing, { name, operator_id, now }: { name: string | null; operator_id: number | null; now: number }): LeadRow {
  const { lastInsertRowid } = tx.run('INSERT INTO leads (name, operator_id, created_at) VALUES (?, ?, ?)', name, operator_id, now);
  return { id: Number(lastInsertRowid), name, operator_id, created_at: now, merged_into: null };
}

/** The row as it was written. */
export function insertIdentifier(
  tx: Writing,
  { kind, value, lead_id, now }: { kind: IdentifierKind; value: string; lead_id: number; now: number },
): IdentifierRow {
  const { lastInsertRowid } = tx.run('INSERT INTO lead_identifiers (kind, value, lead_id, created_at) VALUES (?, ?, ?, ?)', kind, value, lead_id, now);
  return { id: Number(lastInsertRowid), kind, value, created_at: now };
}

export function nameLead(tx: Writing, lead_id: number, name: string | null): void {
  tx.run('UPDATE leads SET name = ? WHERE id = ?', name, lead_id);
}

export function setOperatorOfLead(tx: Writing, lead_id: number, operator_id: number | null): void {
  tx.run('UPDATE leads SET operator_id = ? WHERE id = ?', operator_id, lead_id);
}

export function setMergedInto(tx: Writing, lead_id: number, survivor_id: number | null): void {
  tx.run('UPDATE leads SET merged_into = ? WHERE id = ?', survivor_id, lead_id);
}

/** Gives these identifiers to another lead; those that are no longer `from`'s stay where they are. */
export function moveIdentifiers(tx: Writing, ids: readonly number[], from: number, to: number): void {
  tx.run('UPDATE lead_identifiers SET lead_id = ? WHERE lead_id = ? AND id IN (SELECT value FROM json_each(?))', to, from, JSON.stringify(ids));
}

/** The operator of the latest assignment of any of the lead's contacts. */
export function latestOperatorOfLead(db: Reading, lead_id: number): number | null {
  const row = db.get<{ operator_id: number }>(
    `SELECT d.operator_id FROM decisions d JOIN contacts c ON c.id = d.contact_id
     WHERE c.lead_id = ? AND d.operator_id IS NOT NULL ORDER BY d.id DESC LIMIT 1`,
    lead_id,
  );
  return row?.operator_id ?? null;
}

/** Newest first, without those that were merged into another. */
export function leadIds(db: Reading, before: number | null, limit: number): number[] {
  const sql = 'SELECT id FROM leads WHERE merged_into IS NULL AND id < ? ORDER BY id DESC LIMIT ?';
  return db.all<{ id: number }>(sql, before ?? Number.MAX_SAFE_INTEGER, limit).map((row) => row.id);
}
