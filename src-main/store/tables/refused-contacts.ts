import type { FieldError, ProblemCode } from '#shared/contract/problems.ts';
import type { Reading, Writing } from '#store/sqlite/open.ts';

export interface RefusedContactRow {
  id: number;
  source_id: number;
  idempotency_key: string | null;
  fingerprint: Buffer | null;
  refused_at: number;
  attempts: number;
  code: ProblemCode;
  detail: string;
  errors: FieldError[];
  /** the request body */
  payload: unknown;
  settled_at: number | null;
  contact_id: number | null;
}

type Stored = Omit<RefusedContactRow, 'errors' | 'payload'> & { errors: string; payload: string };
const decoded = (row: Stored): RefusedContactRow => ({ ...row, errors: JSON.parse(row.errors), payload: JSON.parse(row.payload) }); // written below

const COLUMNS = 'id, source_id, idempotency_key, fingerprint, refused_at, attempts, code, detail, errors, payload, settled_at, contact_id';

/** Undefined when no refused contact has this id. */
export function refusedContactById(db: Reading, id: number): RefusedContactRow | undefined {
  const row = db.get<Stored>(`SELECT ${COLUMNS} FROM refused_contacts WHERE id = ?`, id);
  return row && decoded(row);
}

/** The open refused contact with this idempotency key. */
export function openRefusalWithKey(db: Reading, source_id: number, idempotency_key: string): { id: number } | undefined {
  return db.get('SELECT id FROM refused_contacts WHERE source_id = ? AND idempotency_key = ? AND settled_at IS NULL', source_id, idempotency_key);
}

/** `is_cut`: `payload` is the beginning of the body's JSON text. */
export type ListedRefusalRow = RefusedContactRow & { is_cut: boolean };

/** Characters of a payload that a list shows. */
const LISTED_MAX = 2048;
const LISTED = COLUMNS.replace('payload', `substr(payload, 1, ${LISTED_MAX}) AS payload, length(payload) > ${LISTED_MAX} AS is_cut`);

/** Open refused contacts, newest first, with truncated payloads. */
export function openRefusals(db: Reading, before: number | null, limit: number): ListedRefusalRow[] {
  const sql = `SELECT ${LISTED} FROM refused_contacts WHERE settled_at IS NULL AND id < ? ORDER BY id DESC LIMIT ?`;
  return db
    .all<Stored & { is_cut: number }>(sql, before ?? Number.MAX_SAFE_INTEGER, limit)
    .map(({ is_cut, ...row }) => (is_cut ? { ...row, errors: JSON.parse(row.errors), is_cut: true } : { ...decoded(row), is_cut: false }));
}

/** Number of open refused contacts of all sources. */
export function countOpenRefusals(db: Reading): number {
  return db.get<{ open: number }>('SELECT COUNT(*) AS open FROM refused_contacts WHERE settled_at IS NULL')?.open ?? 0;
}

type NewRefusal = Pick<RefusedContactRow, 'source_id' | 'idempotency_key' | 'refused_at' | 'code' | 'detail' | 'errors' | 'payload'> & {
  fingerprint: Uint8Array | null;
};

/** Stores a refused contact with one attempt, and returns its id. */
export function insertRefusal(tx: Writing, row: NewRefusal): number {
  const { lastInsertRowid } = tx.run(
    `INSERT INTO refused_contacts (source_id, idempotency_key, fingerprint, refused_at, attempts, code, detail, errors, payload)
     VALUES (?, ?, ?, ?, 1, ?, ?, ?, ?)`,
    row.source_id,
    row.idempotency_key,
    row.fingerprint,
    row.refused_at,
    row.code,
    row.detail,
    JSON.stringify(row.errors),
    JSON.stringify(row.payload),
  );
  return Number(lastInsertRowid);
}

/** Updates a refused contact after the same contact was refused again. */
export function repeatRefusal(tx: Writing, id: number, row: NewRefusal): void {
  tx.run(
    'UPDATE refused_contacts SET attempts = attempts + 1, fingerprint = ?, refused_at = ?, code = ?, detail = ?, errors = ?, payload = ? WHERE id = ?',
    row.fingerprint,
    row.refused_at,
    row.code,
    row.detail,
    JSON.stringify(row.errors),
    JSON.stringify(row.payload),
    id,
  );
}

/**
 * Settles a refused contact. The source's summary of folded ones goes with its last open one. @param contact_id the contact made from it; null when
 * dismissed
 */
export function settleRefusal(tx: Writing, id: number, contact_id: number | null, now: number): void {
  tx.run('UPDATE refused_contacts SET settled_at = ?, contact_id = ? WHERE id = ?', now, contact_id, id);
  tx.run(
    `DELETE FROM refused_summaries WHERE source_id =
       (SELECT o.source_id FROM refused_contacts r JOIN refused_open o ON o.source_id = r.source_id WHERE r.id = ? AND o.contacts = 0)`,
    id,
  );
}

/** Number of open refused contacts of a source, and the bytes of their bodies and errors. */
export function openRefusalsOf(db: Reading, source_id: number): { contacts: number; bytes: number } {
  return db.get('SELECT contacts, bytes FROM refused_open WHERE source_id = ?', source_id) ?? { contacts: 0, bytes: 0 };
}

export type OldestRefusal = Pick<RefusedContactRow, 'id' | 'refused_at' | 'code'> & { bytes: number };

/** Open refused contacts of a source, oldest first. */
export function oldestRefusals(db: Reading, source_id: number, limit: number): OldestRefusal[] {
  const sql = `SELECT id, refused_at, code, octet_length(payload) + octet_length(errors) AS bytes FROM refused_contacts INDEXED BY refused_contacts_open_source
     WHERE source_id = ? AND settled_at IS NULL ORDER BY id LIMIT ?`;
  return db.all(sql, source_id, limit);
}

/** Settles a refused contact without creating a contact. Time and reason stay; the body is removed. */
export function emptyRefusal(tx: Writing, id: number, now: number): void {
  tx.run(
    "UPDATE refused_contacts SET settled_at = ?, payload = '{}', errors = '[]', detail = '', idempotency_key = NULL, fingerprint = NULL WHERE id = ?",
    now,
    id,
  );
}

interface SummaryRow {
  source_id: number;
  contacts: number;
  first_at: number;
  last_at: number;
  /** JSON of RefusalCounts */
  codes: string;
}

/** Number of refused contacts by problem code. */
export type RefusalCounts = Partial<Record<ProblemCode, number>>;
export type RefusalSummary = Omit<SummaryRow, 'codes'> & { codes: RefusalCounts };

/** Summaries of all sources that have one. */
export function refusalSummaries(db: Reading): RefusalSummary[] {
  return db
    .all<SummaryRow>('SELECT source_id, contacts, first_at, last_at, codes FROM refused_summaries ORDER BY source_id')
    .map((row) => ({ ...row, codes: JSON.parse(row.codes) }));
}

/** Adds these refused contacts to the source's summary. */
export function summariseRefusals(tx: Writing, source_id: number, rows: readonly OldestRefusal[]): void {
  const before = tx.get<SummaryRow>('SELECT source_id, contacts, first_at, last_at, codes FROM refused_summaries WHERE source_id = ?', source_id);
  const codes = JSON.parse(before?.codes ?? '{}') as RefusalCounts; // written below
  for (const { code } of rows) codes[code] = (codes[code] ?? 0) + 1;
  const times = [...rows.map((row) => row.refused_at), ...(before ? [before.first_at, before.last_at] : [])];
  tx.run(
    'INSERT OR REPLACE INTO refused_summaries (source_id, contacts, first_at, last_at, codes) VALUES (?, ?, ?, ?, ?)',
    source_id,
    (before?.contacts ?? 0) + rows.length,
    Math.min(...times),
    Math.max(...times),
    JSON.stringify(codes),
  );
}
