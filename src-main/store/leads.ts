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
  /** see `IN_ORDER`; null: where its id says */
  place: number | null;
}

/** Between two ids there is room for so many identifiers that came by merges. */
const ROOM = 2 ** 20;
const placeOf = ({ id, place }: Pick<IdentifierRow, 'id' | 'place'>): number => place ?? id * ROOM;
/** Order of a lead's identifiers `i`: as the lead got them. The first of a kind is the one shown. */
export const IN_ORDER = `coalesce(i.place, i.id * ${ROOM})`;

export function leadById(db: Reading, id: number): LeadRow | undefined {
  return db.get('SELECT id, name, operator_id, created_at, merged_into FROM leads WHERE id = ?', id);
}

export function ownerOfIdentifier(db: Reading, kind: IdentifierKind, value: string): number | null {
  return db.get<{ lead_id: number }>('SELECT lead_id FROM lead_identifiers WHERE value = ? AND kind = ?', value, kind)?.lead_id ?? null;
}

/** In the order in which the lead got them: its own first ones before those of leads that were merged into it. */
export function identifiersOfLead(db: Reading, lead_id: number): IdentifierRow[] {
  // sorted here: with ORDER BY, SQLite plans this statement anew each time it is run
  return db
    .all<IdentifierRow>('SELECT id, kind, value, created_at, place FROM lead_identifiers WHERE lead_id = ?', lead_id)
    .sort((a, b) => placeOf(a) - placeOf(b));
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
  return { id: Number(lastInsertRowid), kind, value, created_at: now, place: null };
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

/** Gives these identifiers to another lead, in this order, after those that it has; those that are not `from`'s stay where they are. */
export function moveIdentifiers(tx: Writing, ids: readonly number[], from: number, to: number): void {
  const last = tx.get<{ place: number | null }>(`SELECT MAX(${IN_ORDER}) AS place FROM lead_identifiers i WHERE i.lead_id = ?`, to)?.place ?? 0;
  putIdentifiers(
    tx,
    ids.map((id, n) => [id, last + 1 + n]),
    from,
    to,
  );
}

/** Gives them back, each to where it stood; those that are no longer `from`'s stay where they are. */
export function returnIdentifiers(tx: Writing, ids: readonly number[], places: readonly (number | null)[], from: number, to: number): void {
  putIdentifiers(
    tx,
    ids.map((id, n) => [id, places[n] ?? null]),
    from,
    to,
  );
}

function putIdentifiers(tx: Writing, placed: readonly (readonly [id: number, place: number | null])[], from: number, to: number): void {
  for (const [id, place] of placed) tx.run('UPDATE lead_identifiers SET lead_id = ?, place = ? WHERE id = ? AND lead_id = ?', to, place, id, from);
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
