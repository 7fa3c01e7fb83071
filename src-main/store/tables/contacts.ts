import type { Asks, LeadBrief, WaitingContact } from '#shared/board.ts';
import type { ContactStatus, IdentifierKind } from '#shared/contract/entities.ts';
import { nameKey } from '#shared/plain-text.ts';
import type { Reading, Writing } from '#store/sqlite/open.ts';
import { UNSEEN } from '#store/sqlite/unseen.ts';
import { asksOf, type ContactClass, ORDINARY } from './contact-classes.ts';
import { LEAD_OF_ROW, partsOfLead } from './leads.ts';
import { pastToShow } from './pasts.ts';

export interface ContactRow {
  id: number;
  source_id: number;
  lead_id: number;
  operator_id: number | null;
  status: ContactStatus;
  message: string | null;
  /** null: none */
  attributes: Readonly<Record<string, unknown>> | null;
  /** null: none */
  warnings: readonly string[] | null;
  made_lead: boolean;
  created_at: number;
  assigned_at: number | null;
  closed_at: number | null;
  /** null: nothing */
  for_source: ForSource | null;
  /** how often it was returned to the queue */
  returned: number;
  /** see contact-classes.ts */
  class_id: number | null;
  /** how many further messages were added to it */
  messages: number;
  /** when its present holder has, or had, to have accepted it; null: whenever */
  accept_by: number | null;
  /** when its present holder accepted it */
  accepted_at: number | null;
  /** what came of it, and a note, from whoever closed it; null: nothing */
  outcome: string | null;
  note: string | null;
}

/** Stored with a contact whose lead has data from other sources, so that its source reads back what it sent. */
export interface ForSource extends Partial<Record<IdentifierKind | 'name', string>> {
  /** the lead existed, but was new to this source */
  created?: true;
  /** attributes that the desk added; true where the source had sent null */
  added?: Partial<Record<IdentifierKind | 'name', boolean>>;
}

type Stored = Omit<ContactRow, 'attributes' | 'warnings' | 'made_lead' | 'for_source'> & {
  attributes: string | null;
  warnings: string | null;
  made_lead: number;
  for_source: string | null;
};
const decoded = (row: Stored): ContactRow => ({
  ...row,
  attributes: row.attributes === null ? null : JSON.parse(row.attributes), // insertContact wrote these
  warnings: row.warnings === null ? null : JSON.parse(row.warnings),
  made_lead: row.made_lead === 1,
  for_source: row.for_source === null ? null : JSON.parse(row.for_source),
});
const jsonOrNull = (value: object | null): string | null => (value === null ? null : JSON.stringify(value));

const COLUMNS =
  'id, source_id, lead_id, operator_id, status, message, attributes, warnings, made_lead, created_at, assigned_at, closed_at, for_source, returned, class_id, messages, accept_by, accepted_at, outcome, note';

/** Undefined when no contact has this id. */
export function contactById(db: Reading, id: number): ContactRow | undefined {
  const row = db.get<Stored>(`SELECT ${COLUMNS} FROM contacts WHERE id = ?`, id);
  return row && decoded(row);
}

/** How many different names came with a lead: its own, and those of its newest contacts that named somebody else. Letter case makes no difference. */
export function namesOfLead(db: Reading, lead_ids: readonly number[], name: string | null, within: number): number {
  const rows = lead_ids.flatMap((lead_id) =>
    db.all<{ name: unknown }>(
      `SELECT json_extract(attributes, '$.name') AS name FROM (SELECT attributes FROM contacts WHERE lead_id = ${UNSEEN} ORDER BY id DESC LIMIT ${UNSEEN}) WHERE attributes IS NOT NULL`,
      lead_id,
      within,
    ),
  );
  return new Set([name, ...rows.map((row) => row.name)].flatMap((one) => (typeof one === 'string' && one !== '' ? [nameKey(one)] : []))).size;
}

/** The contact that this source submitted under the idempotency key, with the fingerprint of its body. Undefined when there is none. */
export function contactByKey(db: Reading, source_id: number, idempotency_key: string): { id: number; fingerprint: Buffer | null } | undefined {
  return db.get('SELECT id, fingerprint FROM contacts WHERE source_id = ? AND idempotency_key = ?', source_id, idempotency_key);
}

export interface NewContact {
  source_id: number;
  lead_id: number;
  message: string | null;
  attributes: ContactRow['attributes'];
  warnings: ContactRow['warnings'];
  made_lead: boolean;
  idempotency_key: string | null;
  fingerprint: Uint8Array | null;
  for_source: ForSource | null;
  class_id: number | null;
}

/** Inserts a contact: assigned when it has an operator, otherwise waiting. Returns the row. @param accept_by see `ContactRow` */
export function insertContact(tx: Writing, row: NewContact, operator_id: number | null, now: number, accept_by: number | null): ContactRow {
  const { source_id, lead_id, message, attributes, warnings, made_lead, for_source, class_id } = row;
  const status = operator_id === null ? 'waiting' : 'assigned';
  const assigned_at = operator_id === null ? null : now;
  const { lastInsertRowid } = tx.run(
    `INSERT INTO contacts (source_id, lead_id, operator_id, status, message, attributes, warnings, made_lead, created_at, assigned_at, idempotency_key, fingerprint, for_source, class_id, accept_by)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    source_id,
    lead_id,
    operator_id,
    status,
    message,
    jsonOrNull(attributes),
    jsonOrNull(warnings),
    Number(made_lead),
    now,
    assigned_at,
    row.idempotency_key,
    row.fingerprint,
    jsonOrNull(for_source),
    class_id,
    accept_by,
  );
  const id = Number(lastInsertRowid);
  return {
    id,
    source_id,
    lead_id,
    operator_id,
    status,
    message,
    attributes,
    warnings,
    made_lead,
    created_at: now,
    assigned_at,
    closed_at: null,
    for_source,
    returned: 0,
    class_id,
    messages: 0,
    accept_by,
    accepted_at: null,
    outcome: null,
    note: null,
  };
}

/** Assigns the contact to the operator at `now`. The operator's load is changed by `takeSlots`. @param accept_by see `ContactRow` */
export function setAssigned(tx: Writing, contact_id: number, operator_id: number, now: number, accept_by: number | null): void {
  tx.run(
    "UPDATE contacts SET status = 'assigned', operator_id = ?, assigned_at = ?, closed_at = NULL, accept_by = ?, accepted_at = NULL WHERE id = ?",
    operator_id,
    now,
    accept_by,
    contact_id,
  );
}

/** @param now epoch milliseconds */
export function setAccepted(tx: Writing, contact_id: number, now: number): void {
  tx.run('UPDATE contacts SET accepted_at = ? WHERE id = ?', now, contact_id);
}

/** The contacts that operators hold and have not accepted though they must, by id. */
export function unacceptedContacts(db: Reading): { operator_id: number; contact_id: number; assigned_at: number; accept_by: number }[] {
  return db.all(
    `SELECT operator_id, id AS contact_id, assigned_at, accept_by FROM contacts INDEXED BY contacts_unaccepted
     WHERE accept_by IS NOT NULL AND accepted_at IS NULL AND status = 'assigned' ORDER BY id`,
  );
}

/** Ids of those of one operator. */
export function unacceptedOf(db: Reading, operator_id: number): number[] {
  return db
    .all<{ id: number }>(
      `SELECT id FROM contacts INDEXED BY contacts_unaccepted
       WHERE operator_id = ${UNSEEN} AND accept_by IS NOT NULL AND accepted_at IS NULL AND status = 'assigned' ORDER BY id`,
      operator_id,
    )
    .map(({ id }) => id);
}

/** Returns an operator's contact to the queue. */
export function setWaiting(tx: Writing, contact_id: number): void {
  tx.run(
    "UPDATE contacts SET status = 'waiting', operator_id = NULL, assigned_at = NULL, closed_at = NULL, accept_by = NULL, accepted_at = NULL, returned = returned + 1 WHERE id = ?",
    contact_id,
  );
}

/** The waiting contacts of a lead, by id. */
export const waitingOfLead = (db: Reading, lead_id: number): OpenContact[] => openOfLead(db, lead_id).filter(({ status }) => status === 'waiting');

interface OpenContact {
  readonly id: number;
  readonly source_id: number;
  readonly class_id: number | null;
  readonly status: 'waiting' | 'assigned';
}

/** The waiting and the assigned contacts of a lead, by id. */
export function openOfLead(db: Reading, lead_id: number): OpenContact[] {
  return partsOfLead(db, lead_id)
    .flatMap((part) =>
      db.all<OpenContact>("SELECT id, source_id, class_id, status FROM contacts INDEXED BY contacts_lead WHERE lead_id = ? AND status <> 'closed'", part),
    )
    .sort((a, b) => a.id - b.id);
}

/** @param now epoch milliseconds */
export function setClosed(tx: Writing, contact_id: number, now: number, { outcome, note }: Partial<Pick<ContactRow, 'outcome' | 'note'>> = {}): void {
  tx.run("UPDATE contacts SET status = 'closed', closed_at = ?, outcome = ?, note = ? WHERE id = ?", now, outcome ?? null, note ?? null, contact_id);
}

/** Ids of the contacts of a lead and of its parts, part by part. */
export function contactIdsOfLead(db: Reading, lead_id: number): number[] {
  return partsOfLead(db, lead_id)
    .flatMap((part) => db.all<{ id: number }>('SELECT id FROM contacts WHERE lead_id = ?', part))
    .map(({ id }) => id)
    .sort((a, b) => a - b);
}

/** Ids of at most `limit` contacts of a lead, without those of its parts. */
export function ownContactIds(db: Reading, lead_id: number, limit: number): number[] {
  return db.all<{ id: number }>(`SELECT id FROM contacts WHERE lead_id = ? LIMIT ${UNSEEN}`, lead_id, limit).map(({ id }) => id);
}

/** Moves these contacts to another lead. Contacts that no longer belong to `from` are left alone. */
export function moveToLead(tx: Writing, ids: readonly number[], from: number, to: number): void {
  tx.run(
    'UPDATE contacts SET lead_id = ? WHERE id IN (SELECT value FROM json_each(?)) AND +lead_id = ?', // +: look up by id, do not scan all contacts of the lead
    to,
    JSON.stringify(ids),
    from,
  );
}

/** SQL for the identifier shown for a lead `l`: its first phone, else external id, else email. */
export const HANDLE = "coalesce(l.phone, l.external_id, l.email, '')";

/** A waiting contact. */
export type WaitingRow = Pick<ContactRow, 'id' | 'source_id' | 'created_at' | 'returned' | 'class_id'>;

/** The first waiting contact of a source and class that nobody has had, by id, after the contact `after`. */
export function firstWaiting(db: Reading, source_id: number, class_id: number | null, after: number): WaitingRow | undefined {
  return db.get(
    `SELECT id, source_id, created_at, returned, class_id FROM contacts INDEXED BY contacts_waiting_source
     WHERE source_id = ${UNSEEN} AND class_id IS ${UNSEEN} AND id > ${UNSEEN} AND status = 'waiting' AND returned = 0 ORDER BY id LIMIT 1`,
    source_id,
    class_id,
    after,
  );
}

/** The next waiting contacts of a source and class that nobody has had, by id, after the contact `after`, with their leads. */
export function nextWaiting(
  db: Reading,
  source_id: number,
  class_id: number | null,
  { after, limit }: { after: number; limit: number },
): (WaitingRow & { lead: LeadBrief })[] {
  return db
    .all<WaitingRow & { lead_id: number; name: string | null; handle: string }>(
      `SELECT c.id, c.source_id, c.created_at, c.returned, c.class_id, l.id AS lead_id, l.name, ${HANDLE} AS handle
       FROM contacts c INDEXED BY contacts_waiting_source ${LEAD_OF_ROW}
       WHERE c.source_id = ${UNSEEN} AND c.class_id IS ${UNSEEN} AND c.id > ${UNSEEN} AND c.status = 'waiting' AND c.returned = 0 ORDER BY c.id LIMIT ${UNSEEN}`,
      source_id,
      class_id,
      after,
      limit,
    )
    .map(({ lead_id, name, handle, ...row }) => ({ ...row, lead: { id: lead_id, name, handle } }));
}

/** The waiting contacts of a source that were returned to the queue, by id. */
export function returnedWaiting(db: Reading, source_id: number): WaitingRow[] {
  return db.all(
    `SELECT id, source_id, created_at, returned, class_id FROM contacts INDEXED BY contacts_returned
     WHERE source_id = ${UNSEEN} AND status = 'waiting' AND returned > 0 ORDER BY id`,
    source_id,
  );
}

/** The lead of a contact, as the board shows it. */
export function leadBriefOf(db: Reading, contact_id: number): LeadBrief {
  const lead = db.get<LeadBrief>(`SELECT l.id, l.name, ${HANDLE} AS handle FROM contacts c ${LEAD_OF_ROW} WHERE c.id = ?`, contact_id);
  if (!lead) throw new Error(`contact ${contact_id} is missing`);
  return lead;
}

/** Sources with waiting contacts that were returned to the queue. */
export function sourcesWithReturned(db: Reading): number[] {
  return db
    .all<{ source_id: number }>("SELECT DISTINCT source_id FROM contacts INDEXED BY contacts_returned WHERE status = 'waiting' AND returned > 0")
    .map(({ source_id }) => source_id);
}

/** The head of the queue as the board shows it: at most `limit` waiting contacts after the contact `after`, oldest first. */
export function queueHead(db: Reading, limit: number, after = 0): WaitingContact[] {
  const rows = db.all<{
    contact_id: number;
    source_id: number;
    created_at: number;
    returned: number;
    content: string | null;
    lead_id: number;
    name: string | null;
    handle: string;
  }>(
    `SELECT c.id AS contact_id, c.source_id, c.created_at, c.returned, k.content, l.id AS lead_id, l.name, ${HANDLE} AS handle
     FROM contacts c INDEXED BY contacts_waiting ${LEAD_OF_ROW} LEFT JOIN contact_classes k ON k.id = c.class_id WHERE c.status = 'waiting' AND c.id > ${UNSEEN} ORDER BY c.id LIMIT ${UNSEEN}`,
    after,
    limit,
  );
  return rows.map(({ lead_id, name, handle, returned, content, ...row }) => {
    const its = content === null ? ORDINARY : (JSON.parse(content) as ContactClass); // classFor wrote it
    return {
      ...row,
      ...(returned > 0 && { past: pastToShow(db, row.contact_id) }),
      ...(its.cost !== undefined && { cost: its.cost }),
      ...asksOf(its),
      lead: { id: lead_id, name, handle },
    };
  });
}

/** Number of waiting contacts of each source that has any. */
export function waitingBySource(db: Reading): { source_id: number; waiting: number }[] {
  return db.all("SELECT source_id, COUNT(*) AS waiting FROM contacts INDEXED BY contacts_waiting_source WHERE status = 'waiting' GROUP BY source_id");
}

/** Number of assigned contacts of each operator who has any. */
export function heldByOperator(db: Reading): Map<number, number> {
  const rows = db.all<{ operator_id: number; held: number }>(
    "SELECT operator_id, COUNT(*) AS held FROM contacts INDEXED BY contacts_assigned_source WHERE status = 'assigned' GROUP BY operator_id",
  );
  return new Map(rows.map(({ operator_id, held }) => [operator_id, held]));
}

interface HeldRow {
  readonly contact_id: number;
  readonly source_id: number;
  readonly created_at: number;
  readonly assigned_at: number;
  readonly cost: number;
  readonly asks?: Asks;
}

/** The assigned contacts of an operator, oldest first. */
export function heldContactIds(db: Reading, operator_id: number): HeldRow[] {
  const rows = db.all<Omit<HeldRow, 'cost' | 'asks'> & { content: string | null }>(
    `SELECT c.id AS contact_id, c.source_id, c.created_at, c.assigned_at, k.content
     FROM contacts c LEFT JOIN contact_classes k ON k.id = c.class_id WHERE c.operator_id = ? AND c.status = 'assigned' ORDER BY c.id`,
    operator_id,
  );
  return rows.map(({ content, ...row }) => {
    const its = content === null ? ORDINARY : (JSON.parse(content) as ContactClass); // classFor wrote it
    return { ...row, cost: its.cost ?? 1, ...asksOf(its) };
  });
}
