import type { RecentDecision } from '#shared/board.ts';
import type { DecisionKind, ReturnCause } from '#shared/contract/entities.ts';
import type { Evidence } from '#shared/distribution/choose.ts';
import type { Bar, Candidate, WaitingReason } from '#shared/distribution/table.ts';
import { type Arranged, type ChainedDecision, digestOfRoster, moreOf } from '#store/journal/chain.ts';
import type { Reading, Writing } from '#store/sqlite/open.ts';
import { HANDLE } from './contacts.ts';
import { LEAD_OF_ROW } from './leads.ts';

/** Further fields of a decision that was made under another rule than the default, or with somebody barred. */
export interface Arrangement {
  rule_id: number | null;
  /** see `encodeKeys`; null: the strategy has none */
  keys: Uint8Array | null;
  /** JSON: [[operator_id, reason, until], …]; null: nobody is barred */
  barred: string | null;
  /** of a waiting contact: when it may become assignable by itself, in epoch milliseconds */
  next_at: number | null;
  /** the lead's own operator, where the rule asks for one */
  owner_id: number | null;
  /** JSON, see `StoredTurn`; null: all have the same target */
  turn: string | null;
  /** how much of an operator's limit the contact takes; null: 1 */
  cost: number | null;
  /** of kind `returned`: why */
  cause: ReturnCause | null;
}

/** Of a contact taken from the queue: the share of its target that it had waited, and the next contact with its share; null: nobody else waited. */
export type StoredTurn = readonly [share: number, next: readonly [contact_id: number, share: number] | null];

export interface DecisionRow extends Evidence, Arrangement {
  id: number;
  contact_id: number;
  source_id: number;
  at: number;
  /** when its contact came */
  created_at: number;
  kind: DecisionKind;
  members: string;
  loads: Uint8Array;
  operator_id: number | null;
  waiting_reason: WaitingReason | null;
  /** of the rule; null: the default rule */
  version: number | null;
  /** of the rule, see `ruleFrom` */
  content: string | null;
  /** what the operator said who declined */
  note: string | null;
}

/** A roster row, shared by many decisions, with its digest for the chain. */
export interface Roster {
  readonly id: number;
  readonly digest: string;
}

/** Stores the operators with a competence for the source, with weight, limit, activity and line. */
export function insertRoster(tx: Writing, source_id: number, table: readonly Candidate[], now: number): Roster {
  const members = JSON.stringify(
    table.map(({ operator_id, weight, max_load, is_active, line }) => [
      operator_id,
      weight,
      max_load,
      Number(is_active),
      ...(line === undefined ? [] : [line]),
    ]),
  );
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
  /** the rule and the keys of the table; null: the default rule, with nobody barred */
  arrangement: Arrangement | null;
  /** see `DecisionRow` */
  note: string | null;
}

const PLAIN: Arrangement = { rule_id: null, keys: null, barred: null, next_at: null, owner_id: null, turn: null, cost: null, cause: null };

/** What is stored of a table that was arranged for its contact, beside roster and loads; null: nothing. */
export function arrangementOf(table: readonly Candidate[], beside: Omit<Arrangement, 'keys' | 'barred' | 'cost'>): Arrangement | null {
  const barred: [number, Bar, number | null][] = [];
  for (const { operator_id, barred: why, until } of table) if (why !== undefined) barred.push([operator_id, why, until ?? null]);
  const keys = table[0]?.key === undefined ? null : encodeKeys(table); // all rows have keys, or none has
  const cost = table[0]?.cost ?? null;
  if (keys === null && barred.length === 0 && cost === null && Object.values(beside).every((one) => one === null)) return null;
  return { ...beside, cost, keys, barred: barred.length > 0 ? JSON.stringify(barred) : null };
}

/** Inserts the decision. Returns its fields as the journal's chain covers them. */
export function insertDecision(tx: Writing, decision: NewDecision): ChainedDecision {
  const { contact_id, at, kind, roster, table, evidence, operator_id, weight, waiting_reason, arrangement, note } = decision;
  const { sum, r } = evidence;
  const loads = encodeLoads(table);
  const { rule_id, keys, barred, next_at, owner_id, turn, cost, cause } = arrangement ?? PLAIN;
  const { lastInsertRowid } = tx.run(
    'INSERT INTO decisions (contact_id, at, kind, roster_id, loads, sum, r, operator_id, weight, waiting_reason, rule_id, keys, barred, next_at, owner_id, turn, cost, cause, note) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)',
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
    rule_id,
    keys,
    barred,
    next_at,
    owner_id,
    turn,
    cost,
    cause,
    note,
  );
  const id = Number(lastInsertRowid);
  const text = loads.toString('base64');
  if (arrangement === null) return [id, contact_id, at, kind, roster.id, roster.digest, text, sum, r, operator_id, weight, waiting_reason];
  const text_of_keys = keys && Buffer.from(keys).toString('base64');
  const arranged: Arranged = [rule_id, text_of_keys, barred, next_at, ...moreOf({ owner_id, turn, cost, cause })];
  return [id, contact_id, at, kind, roster.id, roster.digest, text, sum, r, operator_id, weight, waiting_reason, arranged];
}

/** Selects decisions as `DecisionRow`. */
export const DECISIONS = `SELECT d.id, d.contact_id, t.source_id, d.at, c.created_at, d.kind, t.members, d.loads, d.sum, d.r, d.operator_id, d.waiting_reason,
    d.rule_id, d.keys, d.barred, d.next_at, d.owner_id, d.turn, d.cost, d.cause, d.note, rule.version, rule.content
  FROM decisions d JOIN rosters t ON t.id = d.roster_id JOIN contacts c ON c.id = d.contact_id LEFT JOIN rules rule ON rule.id = d.rule_id`;

/** All decisions on a contact, oldest first. */
export function decisionsOfContact(db: Reading, contact_id: number): DecisionRow[] {
  return db.all(`${DECISIONS} WHERE d.contact_id = ? ORDER BY d.id`, contact_id);
}

/** The newest decision of a source that has keys of these rules; undefined: there is none. */
export function latestKeyed(db: Reading, rule_ids: readonly number[]): DecisionRow | undefined {
  const newest = rule_ids.map(
    (id) => db.get<{ id: number | null }>('SELECT MAX(id) AS id FROM decisions INDEXED BY decisions_rule WHERE rule_id = ? AND keys IS NOT NULL', id)?.id,
  );
  const id = Math.max(0, ...newest.map((one) => one ?? 0));
  return id === 0 ? undefined : db.get(`${DECISIONS} WHERE d.id = ?`, id);
}

/** The candidates at the time of the decision, by operator id, as they were for its contact. */
export function tableOf(row: Pick<DecisionRow, 'members' | 'loads' | 'keys' | 'barred' | 'cost'>): Candidate[] {
  const loads = decodeLoads(row.loads);
  const table = parseMembers(row.members).map((member, i): Candidate => {
    const load = loads[i];
    if (load === undefined) throw new Error('a decision has fewer loads than its roster has members');
    return { ...member, load };
  });
  return isArranged(row) ? arranged(table, row) : table;
}

/** What is stored of a table beside roster and loads. */
type StoredTable = Pick<Arrangement, 'keys' | 'barred' | 'cost'>;

/** Whether the table differs from what roster and loads say. */
export const isArranged = ({ keys, barred, cost }: StoredTable): boolean => keys !== null || barred !== null || cost !== null;

/** The table with stored keys, bars and cost. */
export function arranged(table: readonly Candidate[], { keys, barred, cost }: StoredTable): Candidate[] {
  const its_keys = keys === null ? null : decodeKeys(keys);
  const bars = new Map(barred === null ? [] : (JSON.parse(barred) as [number, Bar, number | null][]).map(([id, why, until]) => [id, { why, until }])); // arrangementOf wrote it
  return table.map((row, i): Candidate => {
    const [key, bar] = [its_keys?.[i], bars.get(row.operator_id)];
    return {
      ...row,
      ...(cost !== null && { cost }),
      ...(key !== undefined && { key }),
      ...(bar && { barred: bar.why, ...(bar.until !== null && { until: bar.until }) }),
    };
  });
}

/** Whether the contact was moved by hand after this decision. */
export const wasDecidedByHand = (db: Reading, contact_id: number, after: number): boolean =>
  db.get('SELECT 1 FROM decisions WHERE contact_id = ? AND id > ? AND kind = ?', contact_id, after, 'manual') !== undefined;

/** The fields of a decision that the figures of the day need. */
export interface CountedDecision
  extends Pick<DecisionRow, 'id' | 'contact_id' | 'at' | 'created_at' | 'kind' | 'loads' | 'operator_id' | 'rule_id' | 'keys' | 'barred' | 'cost'> {
  roster_id: number;
}

/** Decisions from `id` on, oldest first. */
export function decisionsFrom(db: Reading, id: number, limit: number): CountedDecision[] {
  return db.all(
    `SELECT d.id, d.contact_id, d.at, c.created_at, d.kind, d.roster_id, d.loads, d.operator_id, d.rule_id, d.keys, d.barred, d.cost
     FROM decisions d JOIN contacts c ON c.id = d.contact_id WHERE d.id >= ? ORDER BY d.id LIMIT ?`,
    id,
    limit,
  );
}

/** Id of the latest decision; 0 when there is none. */
export const latestDecisionId = (db: Reading): number => db.get<{ id: number | null }>('SELECT max(id) AS id FROM decisions')?.id ?? 0;

/** How many decisions before a moment are searched for the latest of each operator. */
const SEARCHED = 100_000;

/** The latest decision that gave each operator a contact, of the decisions before this one. */
export const latestBefore = (db: Reading, id: number): { operator_id: number; id: number }[] =>
  db.all('SELECT operator_id, MAX(id) AS id FROM decisions WHERE id >= ? AND id < ? AND operator_id IS NOT NULL GROUP BY operator_id', id - SEARCHED, id);

/** The decisions from `first` to before `end` that gave somebody a contact, oldest first. */
export const assignmentsBetween = (db: Reading, first: number, end: number): { operator_id: number; id: number }[] =>
  db.all('SELECT operator_id, id FROM decisions WHERE id >= ? AND id < ? AND operator_id IS NOT NULL ORDER BY id', first, end);

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
  const rows = JSON.parse(members) as [operator_id: number, weight: number, max_load: number, is_active: number, line?: number][]; // insertRoster wrote it
  return rows.map(([operator_id, weight, max_load, is_active, line]) => ({
    operator_id,
    weight,
    max_load,
    is_active: is_active === 1,
    ...(line !== undefined && { line }),
  }));
}

/** The latest decisions as the board shows them, newest first. */
export function recentDecisions(db: Reading, limit: number): RecentDecision[] {
  const rows = db.all<
    Omit<RecentDecision, 'lead' | 'cost' | 'cause'> & {
      lead_id: number;
      name: string | null;
      handle: string;
      cost: number | null;
      cause: ReturnCause | null;
    }
  >(
    `SELECT d.id, d.contact_id, c.source_id, d.at, d.kind, d.operator_id, d.waiting_reason, d.weight, CASE WHEN d.weight IS NULL THEN NULL ELSE d.sum END AS sum,
       l.id AS lead_id, l.name, ${HANDLE} AS handle, k.content ->> '$.cost' AS cost, d.cause
     FROM decisions d JOIN contacts c ON c.id = d.contact_id LEFT JOIN contact_classes k ON k.id = c.class_id ${LEAD_OF_ROW} ORDER BY d.id DESC LIMIT ?`,
    limit,
  );
  return rows.map(({ lead_id, name, handle, cost, cause, ...row }) => ({
    ...row,
    lead: { id: lead_id, name, handle },
    ...(cost !== null && { cost }),
    ...(cause !== null && { cause }),
  }));
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

/** The inverse of `encodeLoads`. */
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

/** The keys of a table, one after the other: zigzag (0, -1, 1, -2 … become 0, 1, 2, 3 …), then LEB128 as in `encodeLoads`, for whole numbers up to 2^52. */
export function encodeKeys(table: readonly Candidate[]): Buffer {
  const bytes = Buffer.allocUnsafe(table.length * 8); // at most 8 bytes for 53 bits
  let end = 0;
  for (const { key = 0 } of table) {
    let rest = key < 0 ? -2 * key - 1 : 2 * key;
    while (rest > MAX_INT32) {
      bytes[end++] = (rest % 128) + 128;
      rest = Math.floor(rest / 128);
    }
    for (rest |= 0; rest > 127; rest >>>= 7) bytes[end++] = (rest & 127) | 128; // ten times quicker than with floating-point numbers
    bytes[end++] = rest;
  }
  return bytes.subarray(0, end);
}

const MAX_INT32 = 2 ** 31 - 1;

/** The inverse of `encodeKeys`. */
export function decodeKeys(bytes: Uint8Array): number[] {
  const keys: number[] = [];
  let [value, place] = [0, 1];
  for (const byte of bytes) {
    value += (byte % 128) * place;
    place *= 128;
    if (byte > 127) continue;
    keys.push(value % 2 === 1 ? -(value + 1) / 2 : value / 2);
    [value, place] = [0, 1];
  }
  return keys;
}

/** The latest decision on a contact; undefined when there is none. */
export const latestOfContact = (db: Reading, contact_id: number): Pick<DecisionRow, 'id' | 'kind'> | undefined =>
  db.get('SELECT id, kind FROM decisions WHERE contact_id = ? ORDER BY id DESC LIMIT 1', contact_id);
