import type { RecentDecision } from '#shared/board.ts';
import type { DecisionKind } from '#shared/contract/entities.ts';
import type { Evidence } from '#shared/distribution/strategy.ts';
import type { Candidate, WaitingReason } from '#shared/distribution/table.ts';
import { type ChainedDecision, digestOfRoster } from '#store/journal/chain.ts';
import type { Reading, Writing } from '#store/sqlite/open.ts';
import { HANDLE } from './contacts.ts';
import { LEAD_OF_ROW } from './leads.ts';

export interface DecisionRow extends Evidence {
  id: number;
  contact_id: number;
  source_id: number;
  at: number;
  kind: DecisionKind;
  members: string;
  loads: Uint8Array;
  operator_id: number | null;
  waiting_reason: WaitingReason | null;
}

/** A roster row, shared by many decisions, with its digest for the chain. */
export interface Roster {
  readonly id: number;
  readonly digest: string;
}

/** Stores the operators with a competence for the source, with weight, limit and activity. */
export function insertRoster(tx: Writing, source_id: number, table: readonly Candidate[], now: number): Roster {
  const members = JSON.stringify(table.map(({ operator_id, weight, max_load, is_active }) => [operator_id, weight, max_load, Number(is_active)]));
  const { lastInsertRowid } = tx.run('INSERT INTO rosters (source_id, members, created_at) VALUES (?, ?, ?)', source_id, members, now);
  return { id: Number(lastInsertRowid), digest: digestOfRoster(source_id, members, now) };
}

export interface NewDecision {
  contact_id: number;
  at: number;
  kind: DecisionKind;
  roster: Roster;
  table: readonly Candidate[];
  evidence: Evidence;
  operator_id: number | null;
  weight: number | null;
  waiting_reason: WaitingReason | null;
}

/** Inserts the decision. Returns its fields as the journal's chain covers them. */
export function insertDecision(tx: Writing, decision: NewDecision): ChainedDecision {
  const { contact_id, at, kind, roster, table, evidence, operator_id, weight, waiting_reason } = decision;
  const { sum, r } = evidence;
  const loads = encodeLoads(table);
  const { lastInsertRowid } = tx.run(
    'INSERT INTO decisions (contact_id, at, kind, roster_id, loads, sum, r, operator_id, weight, waiting_reason) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)',
    contact_id,
    at,
    kind,
    roster.id,
    loads,
    sum,
    r,
    operator_id,
    weight,
    waiting_reason,
  );
  const id = Number(lastInsertRowid);
  return [id, contact_id, at, kind, roster.id, roster.digest, loads.toString('base64'), sum, r, operator_id, weight, waiting_reason];
}

/** All decisions on a contact, oldest first. */
export function decisionsOfContact(db: Reading, contact_id: number): DecisionRow[] {
  return db.all(
    `SELECT d.id, d.contact_id, t.source_id, d.at, d.kind, t.members, d.loads, d.sum, d.r, d.operator_id, d.waiting_reason
     FROM decisions d JOIN rosters t ON t.id = d.roster_id WHERE d.contact_id = ? ORDER BY d.id`,
    contact_id,
  );
}

/** The candidates and loads at the time of the decision, by operator id. */
export function tableOf(row: Pick<DecisionRow, 'members' | 'loads'>): Candidate[] {
  const loads = decodeLoads(row.loads);
  return parseMembers(row.members).map((member, i) => {
    const load = loads[i];
    if (load === undefined) throw new Error('a decision has fewer loads than its roster has members');
    return { ...member, load };
  });
}

/** Whether the contact was moved by hand after this decision. */
export const wasDecidedByHand = (db: Reading, contact_id: number, after: number): boolean =>
  db.get('SELECT 1 FROM decisions WHERE contact_id = ? AND id > ? AND kind = ?', contact_id, after, 'manual') !== undefined;

/** The fields of a decision that the figures of the day need. */
export interface CountedDecision extends Pick<DecisionRow, 'id' | 'contact_id' | 'at' | 'kind' | 'loads' | 'operator_id'> {
  roster_id: number;
}

/** Decisions from `id` on, oldest first. */
export function decisionsFrom(db: Reading, id: number, limit: number): CountedDecision[] {
  return db.all('SELECT id, contact_id, at, kind, roster_id, loads, operator_id FROM decisions WHERE id >= ? ORDER BY id LIMIT ?', id, limit);
}

export const latestDecisionId = (db: Reading): number => db.get<{ id: number | null }>('SELECT max(id) AS id FROM decisions')?.id ?? 0;

/** Id of the first decision at or after a time. Found by bisection, since ids and times grow together. When there is none, the id after the last one. */
export function firstDecisionFrom(db: Reading, isBefore: (at: number) => boolean): number {
  let [low, high] = [1, latestDecisionId(db) + 1];
  while (low < high) {
    const middle = Math.floor((low + high) / 2);
    const found = db.get<{ id: number; at: number }>('SELECT id, at FROM decisions WHERE id >= ? ORDER BY id LIMIT 1', middle);
    if (found && isBefore(found.at)) low = found.id + 1;
    else high = middle;
  }
  return low;
}

/** The candidates of a roster, without loads, by operator id. */
export function membersOfRoster(db: Reading, roster_id: number): Omit<Candidate, 'load'>[] {
  const row = db.get<{ members: string }>('SELECT members FROM rosters WHERE id = ?', roster_id);
  if (!row) throw new Error(`roster ${roster_id} is missing`);
  return parseMembers(row.members);
}

function parseMembers(members: string): Omit<Candidate, 'load'>[] {
  const rows = JSON.parse(members) as [operator_id: number, weight: number, max_load: number, is_active: number][]; // insertRoster wrote it
  return rows.map(([operator_id, weight, max_load, is_active]) => ({ operator_id, weight, max_load, is_active: is_active === 1 }));
}

/** The latest decisions as the board shows them, newest first. */
export function recentDecisions(db: Reading, limit: number): RecentDecision[] {
  const rows = db.all<Omit<RecentDecision, 'lead'> & { lead_id: number; name: string | null; handle: string }>(
    `SELECT d.id, d.contact_id, c.source_id, d.at, d.kind, d.operator_id, d.waiting_reason, d.weight, CASE WHEN d.weight IS NULL THEN NULL ELSE d.sum END AS sum,
       l.id AS lead_id, l.name, ${HANDLE} AS handle
     FROM decisions d JOIN contacts c ON c.id = d.contact_id ${LEAD_OF_ROW} ORDER BY d.id DESC LIMIT ?`,
    limit,
  );
  return rows.map(({ lead_id, name, handle, ...row }) => ({ ...row, lead: { id: lead_id, name, handle } }));
}

/** LEB128, unsigned: seven bits a byte, low ones first; the high bit marks that more bytes follow. */
function encodeLoads(table: readonly Candidate[]): Buffer {
  const bytes = Buffer.allocUnsafe(table.length * 5); // at most 5 bytes for 32 bits
  let end = 0;
  for (const { load } of table) {
    let rest = load;
    while (rest > 127) {
      bytes[end++] = (rest & 127) | 128;
      rest >>>= 7;
    }
    bytes[end++] = rest;
  }
  return bytes.subarray(0, end);
}

export function decodeLoads(bytes: Uint8Array): number[] {
  const loads: number[] = [];
  let value = 0;
  let shift = 0;
  for (const byte of bytes) {
    value |= (byte & 127) << shift;
    shift += 7;
    if (byte < 128) {
      loads.push(value);
      value = 0;
      shift = 0;
    }
  }
  return loads;
}
