/** Bulk reads for reports: few columns of many rows, by id. */

import type { DecisionKind, ReturnCause } from '#shared/contract/entities.ts';
import type { Reading } from '#store/sqlite/open.ts';
import { LEAD_OF_ROW } from './leads.ts';

export interface ContactFact {
  id: number;
  source_id: number;
  made_lead: number;
  created_at: number;
  closed_at: number | null;
}

/** The next `limit` contacts with ids above `after`, up to and including `last`. */
export function contactFacts(db: Reading, after: number, last: number, limit: number): ContactFact[] {
  return db.all('SELECT id, source_id, made_lead, created_at, closed_at FROM contacts WHERE id > ? AND id <= ? ORDER BY id LIMIT ?', after, last, limit);
}

export interface DecisionFact {
  id: number;
  contact_id: number;
  at: number;
  kind: DecisionKind;
  roster_id: number;
  /** see `decodeLoads` */
  loads: Uint8Array;
  operator_id: number | null;
  rule_id: number | null;
  /** as in `Arrangement` */
  keys: Uint8Array | null;
  barred: string | null;
  cost: number | null;
  cause: ReturnCause | null;
}

/** The next `limit` decisions with ids above `after`, up to and including `last`. */
export function decisionFacts(db: Reading, after: number, last: number, limit: number): DecisionFact[] {
  return db.all(
    'SELECT id, contact_id, at, kind, roster_id, loads, operator_id, rule_id, keys, barred, cost, cause FROM decisions WHERE id > ? AND id <= ? ORDER BY id LIMIT ?',
    after,
    last,
    limit,
  );
}

/** The highest ids; 0 when there are no rows. */
export function lastIds(db: Reading): { contact: number; decision: number } {
  const row = db.get<{ contact: number | null; decision: number | null }>(
    'SELECT (SELECT MAX(id) FROM contacts) AS contact, (SELECT MAX(id) FROM decisions) AS decision',
  );
  return { contact: row?.contact ?? 0, decision: row?.decision ?? 0 };
}

/** Contacts that were closed after a revision. */
export function closedAfter(db: Reading, revision: number): { id: number; closed_at: number }[] {
  return db.all(
    `SELECT c.id, c.closed_at FROM journal j JOIN contacts c ON c.id = j.contact_id
     WHERE j.revision > ? AND j.kind = 'contact_closed' AND c.closed_at IS NOT NULL`,
    revision,
  );
}

/** How many contacts an operator may hold from a moment on: 0 while inactive or archived. In chronological order. */
export interface CapacityFact {
  operator_id: number;
  at: number;
  capacity: number;
}

/** Every change of an operator's capacity, oldest first. The capacity of an inactive or archived operator is 0. */
export function capacityFacts(db: Reading): CapacityFact[] {
  return db.all(
    `SELECT operator_id, at,
       CASE WHEN json_extract(data, '$.after.is_active') AND NOT json_extract(data, '$.after.is_archived') THEN json_extract(data, '$.after.max_load') ELSE 0 END AS capacity
     FROM journal INDEXED BY journal_audit WHERE data IS NOT NULL AND kind = 'operator_saved' ORDER BY revision`,
  );
}

/** Times of merges, with the source of the contact that caused each. Undone merges are included. */
export function mergeFacts(db: Reading, from: number, to: number): { at: number; source_id: number | null }[] {
  return db.all(
    'SELECT m.created_at AS at, c.source_id FROM merges m LEFT JOIN contacts c ON c.id = m.contact_id WHERE m.created_at >= ? AND m.created_at < ?',
    from,
    to,
  );
}

/** Refused contacts, by the time of their latest attempt. */
export function refusedFacts(db: Reading, from: number, to: number): { at: number; source_id: number }[] {
  return db.all('SELECT refused_at AS at, source_id FROM refused_contacts WHERE refused_at >= ? AND refused_at < ?', from, to);
}

/** Messages that were added to open contacts. */
export function messageFacts(db: Reading, from: number, to: number): { at: number; source_id: number }[] {
  return db.all('SELECT created_at AS at, source_id FROM messages WHERE created_at >= ? AND created_at < ?', from, to);
}

/** Names of operators and sources, archived ones included. */
export function names(db: Reading, table: 'operators' | 'sources'): Map<number, string> {
  return new Map(db.all<{ id: number; name: string }>(`SELECT id, name FROM ${table} ORDER BY id`).map(({ id, name }) => [id, name]));
}

/** The tags of operators who have any. */
export function tagsOfOperators(db: Reading): Map<number, readonly string[]> {
  return new Map(
    db.all<{ id: number; tags: string }>("SELECT id, tags FROM operators WHERE tags <> '[]'").map(({ id, tags }) => [id, JSON.parse(tags) as string[]]),
  ); // operators.ts wrote them
}

export interface ContactDetail {
  id: number;
  source_id: number;
  lead_id: number;
  operator_id: number | null;
  status: 'assigned' | 'waiting' | 'closed';
  message: string | null;
  created_at: number;
  assigned_at: number | null;
  closed_at: number | null;
  /** of the contact's lead, like the next three fields */
  name: string | null;
  external_id: string | null;
  phone: string | null;
  email: string | null;
}

/** Details of these contacts, in no particular order. @param ids ascending */
export function contactDetails(db: Reading, ids: readonly number[]): ContactDetail[] {
  const columns =
    'c.id, c.source_id, l.id AS lead_id, c.operator_id, c.status, c.message, c.created_at, c.assigned_at, c.closed_at, l.name, l.external_id, l.phone, l.email';
  const [first, last] = [ids[0] ?? 0, ids.at(-1) ?? 0];
  // consecutive ids are read as one range
  if (last - first === ids.length - 1) return db.all(`SELECT ${columns} FROM contacts c ${LEAD_OF_ROW} WHERE c.id BETWEEN ? AND ?`, first, last);
  return db.all(`SELECT ${columns} FROM json_each(?) j CROSS JOIN contacts c ON c.id = j.value ${LEAD_OF_ROW}`, JSON.stringify(ids));
}
