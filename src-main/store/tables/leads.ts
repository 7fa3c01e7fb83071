import { type IdentifierKind, identifierKinds } from '#shared/contract/entities.ts';
import type { Reading, Writing } from '#store/sqlite/open.ts';
import { UNSEEN } from '#store/sqlite/unseen.ts';
import type { Giver } from './givers.ts';

export interface LeadRow {
  id: number;
  name: string | null;
  operator_id: number | null;
  created_at: number;
  merged_into: number | null;
  name_given_by: Giver | null;
  /** source of the contact that `operator_id` was assigned to; null when there was none or in rows from before it was recorded */
  operator_source_id: number | null;
  /** the first identifier of each kind: the ones shown */
  external_id: string | null;
  phone: string | null;
  email: string | null;
  /** decision of the latest assignment */
  assigned_by: number | null;
  /** the lead that this one's rows belong to; null: itself */
  part_of: number | null;
  /** of a part: position of its identifiers among the lead's */
  part_place: number | null;
  /** the operator who is to get the lead's contacts, set by a person */
  pinned_operator_id: number | null;
}

export interface IdentifierRow {
  id: number;
  kind: IdentifierKind;
  value: string;
  created_at: number;
  /** see `IN_ORDER`; null: the position follows from the id */
  place: number | null;
  given_by: Giver | null;
  /** see external-ids.ts */
  space: number;
  is_shared: boolean;
}

type StoredIdentifier = Omit<IdentifierRow, 'is_shared'> & { is_shared: number };

/** Number of positions between two ids, for identifiers that came by merges. */
const ROOM = 2 ** 20;
/** Number of positions of one merge. Further identifiers share the next merge's positions, in undefined order. */
const ROOM_OF_MERGE = 128;
/** Position of an identifier in its lead. Without a stored one it follows from the id. */
export const placeOf = ({ id, place }: Pick<IdentifierRow, 'id' | 'place'>): number => place ?? id * ROOM;
/** Orders identifiers of a lead by their position. */
export const byPlace = (a: IdentifierRow, b: IdentifierRow): number => placeOf(a) - placeOf(b);
/** SQL order of identifiers `i` of a lead's part `p`: as the lead received them. The first of each kind is the one shown. */
export const IN_ORDER = `coalesce(p.part_place, i.place, i.id * ${ROOM}), coalesce(i.place, i.id * ${ROOM})`;

const COLUMNS =
  'id, name, operator_id, created_at, merged_into, external_id, phone, email, assigned_by, part_of, part_place, name_given_by, operator_source_id, pinned_operator_id';

// A statement is looked up by its text. A constant text is hashed once, one put together at each call each time.
const LEAD_BY_ID = `SELECT ${COLUMNS} FROM leads WHERE id = ?`;

/** Undefined when no lead has this id. A merged lead is returned as it is. */
export function leadById(db: Reading, id: number): LeadRow | undefined {
  return db.get(LEAD_BY_ID, id);
}

/** The lead that rows with this `lead_id` belong to: the lead itself, or the one that it is a part of. */
export function leadOfRow(db: Reading, lead_id: number): LeadRow | undefined {
  const row = leadById(db, lead_id);
  return row && row.part_of !== null ? leadById(db, row.part_of) : row;
}

/** SQL join: lead `l` of a row `c`, through the lead `p` that the row names. */
export const LEAD_OF_ROW = 'JOIN leads p ON p.id = c.lead_id JOIN leads l ON l.id = coalesce(p.part_of, p.id)';

/** Ids of the leads whose rows belong to this one: itself first, then its parts. Empty when it is a part of another. */
export function partsOfLead(db: Reading, lead_id: number): number[] {
  if (leadById(db, lead_id)?.part_of !== null) return [];
  return [lead_id, ...db.all<{ id: number }>('SELECT id FROM leads WHERE part_of = ?', lead_id).map(({ id }) => id)];
}

/** The result of looking up an identifier, with the lead that owns it. */
export interface OwnedIdentifier {
  id: number;
  lead_id: number;
  given_by: Giver | null;
}

/** Looks up the identifier, not a contact detail that many share. @param space of an external id, see external-ids.ts */
export function identifierByValue(db: Reading, kind: IdentifierKind, value: string, space = 0): OwnedIdentifier | undefined {
  // two statements: SQLite plans the join of both tables anew each time it is run
  const found = db.get<OwnedIdentifier>(
    'SELECT id, lead_id, given_by FROM lead_identifiers WHERE value = ? AND kind = ? AND space = ? AND is_shared = 0',
    value,
    kind,
    space,
  );
  return found && { ...found, lead_id: wholeOf(db, found.lead_id) };
}

/** The lead itself, or the one that it is a part of. */
const wholeOf = (db: Reading, lead_id: number): number =>
  db.get<{ lead_id: number }>('SELECT coalesce(part_of, id) AS lead_id FROM leads WHERE id = ?', lead_id)?.lead_id ?? lead_id;

/** Leads that have the value in any space, as an identifier or as a contact detail that many share, newest first. @param space only this one */
export function leadsWithValue(db: Reading, kind: IdentifierKind, value: string, { space, limit }: { space: number | null; limit: number }): number[] {
  const sql = `SELECT DISTINCT coalesce(l.part_of, l.id) AS id FROM (
      SELECT lead_id FROM lead_identifiers WHERE value = ? AND kind = ? AND is_shared = 0 AND space = coalesce(?, space)
      UNION ALL SELECT lead_id FROM lead_identifiers WHERE value = ? AND kind = ? AND is_shared = 1 AND space = coalesce(?, space)
    ) i JOIN leads l ON l.id = i.lead_id ORDER BY 1 DESC LIMIT ?`;
  return db.all<{ id: number }>(sql, value, kind, space, value, kind, space, limit).map(({ id }) => id);
}

/** The identifier and the lead that it is stored with, which may be a part of another lead. */
export function identifierById(db: Reading, id: number): (IdentifierRow & { lead_id: number }) | undefined {
  const row = db.get<StoredIdentifier & { lead_id: number }>(
    'SELECT id, kind, value, created_at, place, given_by, space, is_shared, lead_id FROM lead_identifiers WHERE id = ?',
    id,
  );
  return row && { ...row, is_shared: row.is_shared === 1, lead_id: wholeOf(db, row.lead_id) };
}

/**
 * The lead's identifiers in the order in which it received them: its own first ones before those of leads merged into it.
 * @param most maximum for each part, the earliest ones; -1: no limit
 */
export function identifiersOfLead(db: Reading, lead: LeadRow, most = -1): IdentifierRow[] {
  if (lead.part_of !== null) return [];
  const parts = db.all<Pick<LeadRow, 'id' | 'part_place'>>('SELECT id, part_place FROM leads WHERE part_of = ?', lead.id);
  return [lead, ...parts]
    .flatMap(({ id, part_place }) => ownIdentifiers(db, id, most).map((row) => ({ row, place: part_place ?? placeOf(row) })))
    .sort((a, b) => a.place - b.place || byPlace(a.row, b.row))
    .map(({ row }) => row);
}

const OWN_IDENTIFIERS = `SELECT id, kind, value, created_at, place, given_by, space, is_shared FROM lead_identifiers WHERE lead_id = ${UNSEEN} ORDER BY id LIMIT ${UNSEEN}`;

/** The first `most` identifiers of a lead, without those of its parts. */
export function ownIdentifiers(db: Reading, lead_id: number, most: number): IdentifierRow[] {
  return db.all<StoredIdentifier>(OWN_IDENTIFIERS, lead_id, most).map((row) => ({ ...row, is_shared: row.is_shared === 1 }));
}

/** Inserts a lead and returns the row. Its identifiers are added with `insertIdentifier`. */
export function insertLead(
  tx: Writing,
  { name, giver, now }: { name: string | null; giver: Giver; now: number },
  { operator_id, operator_source_id, assigned_by }: LatestAssignment,
  { external_id, phone, email }: Shown,
): LeadRow {
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
  return {
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
    merged_into: null,
    part_of: null,
    part_place: null,
    pinned_operator_id: null,
  };
}

/** The identifiers shown for a lead, one of each kind. */
export type Shown = Pick<LeadRow, IdentifierKind>;

export const NOTHING_SHOWN: Shown = { external_id: null, phone: null, email: null };

/** The identifiers shown for a lead, as a list. */
export const shownBy = (lead: Shown): { kind: IdentifierKind; value: string }[] =>
  identifierKinds.flatMap((kind) => {
    const value = lead[kind];
    return value === null ? [] : [{ kind, value }];
  });

/** Sets the identifiers that represent the lead: one of each kind, or null. */
export function show(tx: Writing, lead_id: number, { external_id, phone, email }: Shown): void {
  tx.run('UPDATE leads SET external_id = ?, phone = ?, email = ? WHERE id = ?', external_id, phone, email, lead_id);
}

/** Inserts an identifier and returns the row. */
export function insertIdentifier(
  tx: Writing,
  row: { kind: IdentifierKind; value: string; space: number; is_shared: boolean; lead_id: number; giver: Giver; now: number },
): IdentifierRow {
  const { kind, value, space, is_shared, lead_id, giver, now } = row;
  const { lastInsertRowid } = tx.run(
    'INSERT INTO lead_identifiers (kind, value, lead_id, created_at, given_by, space, is_shared) VALUES (?, ?, ?, ?, ?, ?, ?)',
    kind,
    value,
    lead_id,
    now,
    giver,
    space,
    Number(is_shared),
  );
  return { id: Number(lastInsertRowid), kind, value, created_at: now, place: null, given_by: giver, space, is_shared };
}

/** Sets the lead's name. @param given_by null when unknown or when there is no name */
export function nameLead(tx: Writing, lead_id: number, name: string | null, given_by: Giver | null): void {
  tx.run('UPDATE leads SET name = ?, name_given_by = ? WHERE id = ?', name, given_by, lead_id);
}

/** The lead's latest assignment: operator, source of the contact, and decision. */
export type LatestAssignment = Pick<LeadRow, 'operator_id' | 'operator_source_id' | 'assigned_by'>;

export const NOBODY: LatestAssignment = { operator_id: null, operator_source_id: null, assigned_by: null };

/** Records the latest assignment of any of the lead's contacts: its operator, its source and how it was made. */
export function setLatestAssignment(tx: Writing, lead_id: number, { operator_id, operator_source_id, assigned_by }: LatestAssignment): void {
  tx.run('UPDATE leads SET operator_id = ?, operator_source_id = ?, assigned_by = ? WHERE id = ?', operator_id, operator_source_id, assigned_by, lead_id);
}

/** Gives a lead an operator of its own; null takes it away. */
export function pinLead(tx: Writing, lead_id: number, operator_id: number | null): void {
  tx.run('UPDATE leads SET pinned_operator_id = ? WHERE id = ?', operator_id, lead_id);
}

/** How many of a lead's newest contacts are looked at for an open one. */
const NEWEST = 200;

/** Whether one of the lead's newest contacts is assigned or waiting. @param before only contacts older than this one */
export function hasOpenContact(db: Reading, lead_id: number, before: number = Number.MAX_SAFE_INTEGER): boolean {
  const sql = `SELECT 1 FROM (SELECT status FROM contacts INDEXED BY contacts_lead WHERE lead_id = ? AND id < ? ORDER BY id DESC LIMIT ${NEWEST}) WHERE status <> 'closed' LIMIT 1`;
  return partsOfLead(db, lead_id).some((part) => db.get(sql, part, before) !== undefined);
}

/** When the lead's latest assignment was made, in epoch milliseconds; null: it has none, or none since they are recorded. */
export const latestAssignmentAt = (db: Reading, { assigned_by }: Pick<LeadRow, 'assigned_by'>): number | null =>
  assigned_by === null ? null : (db.get<{ at: number }>('SELECT at FROM decisions WHERE id = ?', assigned_by)?.at ?? null);

/** Makes a lead a part of another, or independent again. */
export function setPartOf(tx: Writing, lead_id: number, { part_of, part_place }: Pick<LeadRow, 'part_of' | 'part_place'>): void {
  tx.run('UPDATE leads SET part_of = ?, part_place = ? WHERE id = ?', part_of, part_place, lead_id);
}

/** Marks the lead as merged into the survivor; null reverses that. */
export function setMergedInto(tx: Writing, lead_id: number, survivor_id: number | null): void {
  tx.run('UPDATE leads SET merged_into = ? WHERE id = ?', survivor_id, lead_id);
}

/** The first position for the identifiers of the next merge: after all existing identifiers and earlier merges. Computed without reading either. */
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

/** Moves these identifiers to another lead, in this order, from position `place` on. Those that do not belong to `from` are left alone. */
export function moveIdentifiers(tx: Writing, { ids, place, from, to }: Removal & { readonly place: number }): void {
  for (const [n, id] of ids.entries()) putIdentifier(tx, { id, place: place + n, from, to });
}

/** Moves identifiers back, each to its former position. Those that no longer belong to `from` are left alone. */
export function returnIdentifiers(tx: Writing, ids: readonly number[], places: readonly (number | null)[], from: number, to: number): void {
  for (const [n, id] of ids.entries()) putIdentifier(tx, { id, place: places[n] ?? null, from, to });
}

function putIdentifier(tx: Writing, { id, place, from, to }: { id: number; place: number | null; from: number; to: number }): void {
  tx.run('UPDATE lead_identifiers SET lead_id = ?, place = ? WHERE id = ? AND +lead_id = ?', to, place, id, from); // +: look up by id
}

/** Finds the latest assignment among all of the lead's contacts. */
export function findLatestAssignment(db: Reading, lead_id: number): LatestAssignment {
  const row = db.get<LatestAssignment>(
    `SELECT d.operator_id, c.source_id AS operator_source_id, d.id AS assigned_by
     FROM json_each(?) j CROSS JOIN contacts c ON c.lead_id = j.value JOIN decisions d ON d.contact_id = c.id
     WHERE d.operator_id IS NOT NULL ORDER BY d.id DESC LIMIT 1`,
    JSON.stringify(partsOfLead(db, lead_id)),
  );
  return row ?? { operator_id: null, operator_source_id: null, assigned_by: null };
}

/** Ids of leads, newest first, without merged ones. */
export function leadIds(db: Reading, before: number | null, limit: number): number[] {
  const sql = 'SELECT id FROM leads WHERE merged_into IS NULL AND id < ? ORDER BY id DESC LIMIT ?';
  return db.all<{ id: number }>(sql, before ?? Number.MAX_SAFE_INTEGER, limit).map((row) => row.id);
}
