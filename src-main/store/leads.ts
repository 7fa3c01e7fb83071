import type { IdentifierKind } from '#shared/contract/entities.ts';
import type { Giver } from './givers.ts';
import type { Reading, Writing } from './open.ts';
import { UNSEEN } from './unseen.ts';

export interface LeadRow {
  id: number;
  name: string | null;
  operator_id: number | null;
  created_at: number;
  merged_into: number | null;
  name_given_by: Giver | null;
  /** source of the contact whose assignment `operator_id` is of; null when there was none, or from before it was recorded */
  operator_source_id: number | null;
  /** the first identifier of each kind: the ones shown */
  external_id: string | null;
  phone: string | null;
  email: string | null;
  /** decision of the latest assignment */
  assigned_by: number | null;
  /** the lead that what this one has belongs to; null: its own */
  part_of: number | null;
  /** of a part: where its identifiers stand among the lead's */
  part_place: number | null;
}

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
/** So many of them one merge may bring; others take the next merge's places, and are in no order among these. */
const ROOM_OF_MERGE = 128;
export const placeOf = ({ id, place }: Pick<IdentifierRow, 'id' | 'place'>): number => place ?? id * ROOM;
export const byPlace = (a: IdentifierRow, b: IdentifierRow): number => placeOf(a) - placeOf(b);
/** Order of identifiers `i` of a lead's part `p`: as the lead got them. The first of a kind is the one shown. */
export const IN_ORDER = `coalesce(p.part_place, i.place, i.id * ${ROOM}), coalesce(i.place, i.id * ${ROOM})`;

const COLUMNS =
  'id, name, operator_id, created_at, merged_into, external_id, phone, email, assigned_by, part_of, part_place, name_given_by, operator_source_id';

export function leadById(db: Reading, id: number): LeadRow | undefined {
  return db.get(`SELECT ${COLUMNS} FROM leads WHERE id = ?`, id);
}

/** The lead that a row with this `lead_id` belongs to: itself, or the one that it is a part of. */
export function leadOfRow(db: Reading, lead_id: number): LeadRow | undefined {
  const row = leadById(db, lead_id);
  return row && row.part_of !== null ? leadById(db, row.part_of) : row;
}

/** In SQL: lead `l` of a row `c`, by way of the lead `p` that the row names. */
export const LEAD_OF_ROW = 'JOIN leads p ON p.id = c.lead_id JOIN leads l ON l.id = coalesce(p.part_of, p.id)';

/** The leads whose rows belong to this one: itself first, then its parts. None when it is a part of another. */
export function partsOfLead(db: Reading, lead_id: number): number[] {
  if (leadById(db, lead_id)?.part_of !== null) return [];
  return [lead_id, ...db.all<{ id: number }>('SELECT id FROM leads WHERE part_of = ?', lead_id).map(({ id }) => id)];
}

/** An identifier as it is looked up, and the lead that it belongs to. */
export interface OwnedIdentifier {
  id: number;
  lead_id: number;
  given_by: Giver | null;
}

export function identifierByValue(db: Reading, kind: IdentifierKind, value: string): OwnedIdentifier | undefined {
  const sql =
    'SELECT i.id, coalesce(l.part_of, l.id) AS lead_id, i.given_by FROM lead_identifiers i CROSS JOIN leads l ON l.id = i.lead_id WHERE i.value = ? AND i.kind = ?';
  return db.get(sql, value, kind);
}

export function ownerOfIdentifier(db: Reading, kind: IdentifierKind, value: string): number | null {
  return identifierByValue(db, kind, value)?.lead_id ?? null;
}

/**
 * In the order in which the lead got them: its own first ones before those of leads that were merged into it.
 * @param most so many of each part at the most, the first known
 */
export function identifiersOfLead(db: Reading, lead_id: number, most = -1): IdentifierRow[] {
  return partsOfLead(db, lead_id)
    .flatMap((part) => {
      const part_place = leadById(db, part)?.part_place ?? null;
      return ownIdentifiers(db, part, most).map((row) => ({ row, place: part_place ?? placeOf(row) }));
    })
    .sort((a, b) => a.place - b.place || byPlace(a.row, b.row))
    .map(({ row }) => row);
}

/** A lead's own identifiers, its parts' not counted, the first known; so many at the most. */
export function ownIdentifiers(db: Reading, lead_id: number, most: number): IdentifierRow[] {
  const sql = `SELECT id, kind, value, created_at, place, given_by FROM lead_identifiers WHERE lead_id = ${UNSEEN} ORDER BY id LIMIT ${UNSEEN}`;
  return db.all<IdentifierRow>(sql, lead_id, most);
}

/** The row as it was written. Its identifiers come with `insertIdentifier`. */
export function insertLead(tx: Writing, lead: LatestAssignment & Shown & { name: string | null; giver: Giver; now: number }): LeadRow {
  const { name, operator_id, operator_source_id, assigned_by, giver, now, external_id, phone, email } = lead;
  const name_given_by = name === null ? null : giver;
  const { lastInsertRowid } = tx.run(
    `INSERT INTO leads (name, operator_id, operator_source_id, assigned_by, created_at, name_given_by, external_id, phone, email)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    name,
    operator_id,
    operator_source_id,
    assigned_by,
    now,
    name_given_by,
    external_id,
    phone,
    email,
  );
  const written = {
    id: Number(lastInsertRowid),
    name,
    operator_id,
    operator_source_id,
    assigned_by,
    created_at: now,
    name_given_by,
    external_id,
    phone,
    email,
  };
  return { ...written, merged_into: null, part_of: null, part_place: null };
}

/** What a lead shows of its identifiers. */
export type Shown = Pick<LeadRow, IdentifierKind>;

export function show(tx: Writing, lead_id: number, { external_id, phone, email }: Shown): void {
  tx.run('UPDATE leads SET external_id = ?, phone = ?, email = ? WHERE id = ?', external_id, phone, email, lead_id);
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

/** Who got the lead's latest assignment, of which source's contact, and by which decision. */
export type LatestAssignment = Pick<LeadRow, 'operator_id' | 'operator_source_id' | 'assigned_by'>;

export function setLatestAssignment(tx: Writing, lead_id: number, { operator_id, operator_source_id, assigned_by }: LatestAssignment): void {
  tx.run('UPDATE leads SET operator_id = ?, operator_source_id = ?, assigned_by = ? WHERE id = ?', operator_id, operator_source_id, assigned_by, lead_id);
}

/** Makes a lead a part of another, or its own again. */
export function setPartOf(tx: Writing, lead_id: number, { part_of, part_place }: Pick<LeadRow, 'part_of' | 'part_place'>): void {
  tx.run('UPDATE leads SET part_of = ?, part_place = ? WHERE id = ?', part_of, part_place, lead_id);
}

export function setMergedInto(tx: Writing, lead_id: number, survivor_id: number | null): void {
  tx.run('UPDATE leads SET merged_into = ? WHERE id = ?', survivor_id, lead_id);
}

/** Where what the next merge brings stands: after every identifier that there is, and after what earlier merges brought. Told without looking at either. */
export function nextPlace(db: Reading): number {
  const last = db.get<{ identifier: number | null; merge: number | null }>(
    'SELECT (SELECT MAX(id) FROM lead_identifiers) AS identifier, (SELECT MAX(id) FROM merges) AS merge',
  );
  return (last?.identifier ?? 0) * ROOM + ((((last?.merge ?? 0) + 1) * ROOM_OF_MERGE) % ROOM);
}

interface Removal {
  readonly ids: readonly number[];
  readonly from: number;
  readonly to: number;
}

/** Gives these identifiers to another lead, in this order, from a place on; those that are not `from`'s stay where they are. */
export function moveIdentifiers(tx: Writing, { ids, place, from, to }: Removal & { readonly place: number }): void {
  for (const [n, id] of ids.entries()) putIdentifier(tx, { id, place: place + n, from, to });
}

/** Gives them back, each to where it stood; those that are no longer `from`'s stay where they are. */
export function returnIdentifiers(tx: Writing, ids: readonly number[], places: readonly (number | null)[], from: number, to: number): void {
  for (const [n, id] of ids.entries()) putIdentifier(tx, { id, place: places[n] ?? null, from, to });
}

function putIdentifier(tx: Writing, { id, place, from, to }: { id: number; place: number | null; from: number; to: number }): void {
  tx.run('UPDATE lead_identifiers SET lead_id = ?, place = ? WHERE id = ? AND +lead_id = ?', to, place, id, from); // +: found by the id
}

/** The latest assignment of any of the lead's contacts, looked for among all of them. */
export function findLatestAssignment(db: Reading, lead_id: number): LatestAssignment {
  const row = db.get<LatestAssignment>(
    `SELECT d.operator_id, c.source_id AS operator_source_id, d.id AS assigned_by
     FROM json_each(?) j CROSS JOIN contacts c ON c.lead_id = j.value JOIN decisions d ON d.contact_id = c.id
     WHERE d.operator_id IS NOT NULL ORDER BY d.id DESC LIMIT 1`,
    JSON.stringify(partsOfLead(db, lead_id)),
  );
  return row ?? { operator_id: null, operator_source_id: null, assigned_by: null };
}

/** Newest first, without those that were merged into another. */
export function leadIds(db: Reading, before: number | null, limit: number): number[] {
  const sql = 'SELECT id FROM leads WHERE merged_into IS NULL AND id < ? ORDER BY id DESC LIMIT ?';
  return db.all<{ id: number }>(sql, before ?? Number.MAX_SAFE_INTEGER, limit).map((row) => row.id);
}
