import type { ProblemCode } from '#shared/contract/problems.ts';
import type { Reading, Writing } from './open.ts';

export interface RefusedContactRow {
  id: number;
  source_id: number;
  idempotency_key: string | null;
  fingerprint: Buffer | null;
  refused_at: number;
  attempts: number;
  code: ProblemCode;
  detail: string;
  /** JSON of FieldError[] */
  errors: string;
  /** JSON of the body */
  payload: string;
  settled_at: number | null;
  contact_id: number | null;
}

const COLUMNS = 'id, source_id, idempotency_key, fingerprint, refused_at, attempts, code, detail, errors, payload, settled_at, contact_id';

export function refusedContactById(db: Reading, id: number): RefusedContactRow | undefined {
  return db.get(`SELECT ${COLUMNS} FROM refused_contacts WHERE id = ?`, id);
}

/** The one that a retry with this key would be. */
export function openRefusalWithKey(db: Reading, source_id: number, idempotency_key: string): { id: number } | undefined {
  return db.get('SELECT id FROM refused_contacts WHERE source_id = ? AND idempotency_key = ? AND settled_at IS NULL', source_id, idempotency_key);
}

export type ListedRefusalRow = RefusedContactRow & { is_cut: number };

/** A list has so many characters of a payload. */
const LISTED_MAX = 2048;
const LISTED = COLUMNS.replace('payload', `substr(payload, 1, ${LISTED_MAX}) AS payload, length(payload) > ${LISTED_MAX} AS is_cut`);

/** Newest first, with the beginning of their payloads. */
export function openRefusals(db: Reading, before: number | null, limit: number): ListedRefusalRow[] {
  return db.all(
    `SELECT ${LISTED} FROM refused_contacts WHERE settled_at IS NULL AND id < ? ORDER BY id DESC LIMIT ?`,
    before ?? Number.MAX_SAFE_INTEGER,
    limit,
  );
}

export function countOpenRefusals(db: Reading): number {
  return db.get<{ open: number }>('SELECT COUNT(*) AS open FROM refused_contacts WHERE settled_at IS NULL')?.open ?? 0;
}

type Refusal = Pick<RefusedContactRow, 'source_id' | 'idempotency_key' | 'refused_at' | 'code' | 'detail' | 'errors' | 'payload'> & {
  fingerprint: Uint8Array | null;
};

export function insertRefusal(tx: Writing, row: Refusal): number {
  const { lastInsertRowid } = tx.run(
    `INSERT INTO refused_contacts (source_id, idempotency_key, fingerprint, refused_at, attempts, code, detail, errors, payload)
     VALUES (?, ?, ?, ?, 1, ?, ?, ?, ?)`,
    row.source_id,
    row.idempotency_key,
    row.fingerprint,
    row.refused_at,
    row.code,
    row.detail,
    row.errors,
    row.payload,
  );
  return Number(lastInsertRowid);
}

/** The same contact was refused once more. */
export function repeatRefusal(tx: Writing, id: number, row: Refusal): void {
  tx.run(
    'UPDATE refused_contacts SET attempts = attempts + 1, fingerprint = ?, refused_at = ?, code = ?, detail = ?, errors = ?, payload = ? WHERE id = ?',
    row.fingerprint,
    row.refused_at,
    row.code,
    row.detail,
    row.errors,
    row.payload,
    id,
  );
}

export function settleRefusal(tx: Writing, id: number, contact_id: number | null, now: number): void {
  tx.run('UPDATE refused_contacts SET settled_at = ?, contact_id = ? WHERE id = ?', now, contact_id, id);
}
