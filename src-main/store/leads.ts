import type { IdentifierKind } from '#shared/contract/entities.ts';
import type { Giver } from './givers.ts';
import type { Reading, Writing } from './open.ts';

export interface LeadRow {
  id: number;
  name: string | null;
  operator_id: number | null;
  created_at: number;
  merged_into: number | null;
  name_given_by: Giver | null;
  /** source of the contact whose assignment `operator_id` is of; null when there was none, or from before it was recorded */
  operator_source_id: number | null;
}

/** The operator of a lead's latest assignment, and the source of the contact that was assigned. */
export type OperatorOfLead = Pick<LeadRow, 'operator_id' | 'operator_source_id'>;

export interface IdentifierRow {
  id: number;
  kind: IdentifierKind;
  value: string;
  created_at: number;
  /** see `IN_ORDER`; null: where its id says */
  place: number | null;
  given_by: Giver | null;
}

/** Between two ids there is room for so many identifiers that came by merges. */
const ROOM = 2 ** 20;
const placeOf = ({ id, place }: Pick<IdentifierRow, 'id' | 'place'>): number => place ?? id * ROOM;
/** Order of a lead's identifiers `i`: as the lead got them. The first of a kind is the one shown. */
export const IN_ORDER = `coalesce(i.place, i.id * ${ROOM})`;

export function leadById(db: Reading, id: number): LeadRow | undefined {
  return db.get('SELECT id, name, operator_id, created_at, merged_into, name_given_by, operator_source_id FROM leads WHERE id = ?', id);
}

/** An identifier as it is looked up. */
export interface OwnedIdentifier {
  id: number;
  lead_id: number;
  given_by: Giver | null;
}

export function identifierByValue(db: Reading, kind: IdentifierKind, value: string): OwnedIdentifier | undefined {
  return db.get('SELECT id, lead_id, given_by FROM lead_identifiers WHERE value = ? AND kind = ?', value, kind);
}

export function ownerOfIdentifier(db: Reading, kind: IdentifierKind, value: string): number | null {
  return identifierByValue(db, kind, value)?.lead_id ?? null;
}

/** In the order in which the lead got them: its own first ones before those of leads that were merged into it. */
export function identifiersOfLead(db: Reading, lead_id: number): IdentifierRow[] {
  // sorted here: with ORDER BY, SQLite plans this statement anew each time it is run
  return db
    .all<IdentifierRow>('SELECT id, kind, value, created_at, place, given_by FROM lead_identifiers WHERE lead_id = ?', lead_id)
    .sort((a, b) => placeOf(a) - placeOf(b));
}

/** The row as it was written. */
export function insertLead(
  tx: Writing,
  { name, operator_id, operator_source_id, giver, now }: OperatorOfLead & { name: string | null; giver: Giver; now: number },
): LeadRow {
  const name_given_by = name === null ? null : giver;
  const { lastInsertRowid } = tx.run(
    'INSERT INTO leads (name, operator_id, created_at, name_given_by, operator_source_id) VALUES (?, ?, ?, ?, ?)',
    name,
    operator_id,
    now,
    name_given_by,
    operator_source_id,
  );
  return { id: Number(lastInsertRowid), name, operator_id, created_at: now, merged_into: null, name_given_by, operator_source_id };
}

/** The row as it was written. */
export function insertIdentifier(
  tx: Writing,
  { kind, value, lead_id, giver, now }: { kind: IdentifierKind; value: string; lead_id: number; giver: Giver; now: number },
): IdentifierRow {
  const { lastInsertRowid } = tx.run(
    'INSERT INTO lead_identifiers (kind, value, lead_id, created_at, given_by) VALUES (?, ?, ?, ?, ?)',
    kind,
    value,
    lead_id,
    now,
    giver,
  );
  return { id: Number(lastInsertRowid), kind, value, created_at: now, place: null, given_by: giver };
}

/** @param given_by null when nobody knows, or with no name */
export function nameLead(tx: Writing, lead_id: number, name: string | null, given_by: Giver | null): void {
  tx.run('UPDATE leads SET name = ?, name_given_by = ? WHERE id = ?', name, given_by, lead_id);
}

export function setOperatorOfLead(tx: Writing, lead_id: number, { operator_id, operator_source_id }: OperatorOfLead): void {
  tx.run('UPDATE leads SET operator_id = ?, operator_source_id = ? WHERE id = ?', operator_id, operator_source_id, lead_id);
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
export function latestOperatorOfLead(db: Reading, lead_id: number): OperatorOfLead {
  const row = db.get<OperatorOfLead>(
    `SELECT d.operator_id, c.source_id AS operator_source_id FROM decisions d JOIN contacts c ON c.id = d.contact_id
     WHERE c.lead_id = ? AND d.operator_id IS NOT NULL ORDER BY d.id DESC LIMIT 1`,
    lead_id,
  );
  return row ?? { operator_id: null, operator_source_id: null };
}

/** Newest first, without those that were merged into another. */
export function leadIds(db: Reading, before: number | null, limit: number): number[] {
  const sql = 'SELECT id FROM leads WHERE merged_into IS NULL AND id < ? ORDER BY id DESC LIMIT ?';
  return db.all<{ id: number }>(sql, before ?? Number.MAX_SAFE_INTEGER, limit).map((row) => row.id);
}
