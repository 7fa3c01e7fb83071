import type { IdentifierKind } from '#shared/contract/entities.ts';
import type { Reading, Writing } from '#store/sqlite/open.ts';
import { UNSEEN } from '#store/sqlite/unseen.ts';
import { partsOfLead } from './leads.ts';

/** What a further message said of the lead, as it was sent. */
export type MessageGiven = Partial<Record<IdentifierKind | 'name', string>>;

/** A further message of a lead, added to its open contact instead of making another. */
export interface MessageRow {
  readonly id: number;
  readonly contact_id: number;
  readonly source_id: number;
  /** epoch milliseconds */
  readonly created_at: number;
  readonly message: string | null;
  /** null: none */
  readonly attributes: Readonly<Record<string, unknown>> | null;
  readonly given: MessageGiven;
  /** null: none */
  readonly warnings: readonly string[] | null;
}

type Stored = Omit<MessageRow, 'attributes' | 'given' | 'warnings'> & { attributes: string | null; given: string | null; warnings: string | null };
const COLUMNS = 'id, contact_id, source_id, created_at, message, attributes, given, warnings';
const jsonOrNull = (value: object | null): string | null => (value === null ? null : JSON.stringify(value));

/** Adds a message to the contact, which counts it. Returns its id. */
export function insertMessage(
  tx: Writing,
  row: Omit<MessageRow, 'id'> & { readonly idempotency_key: string | null; readonly fingerprint: Uint8Array | null },
): number {
  tx.run('UPDATE contacts SET messages = messages + 1 WHERE id = ?', row.contact_id);
  const { lastInsertRowid } = tx.run(
    `INSERT INTO messages (contact_id, source_id, created_at, message, attributes, given, warnings, idempotency_key, fingerprint) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    row.contact_id,
    row.source_id,
    row.created_at,
    row.message,
    jsonOrNull(row.attributes),
    JSON.stringify(row.given),
    jsonOrNull(row.warnings),
    row.idempotency_key,
    row.fingerprint,
  );
  return Number(lastInsertRowid);
}

/** At most `limit` messages of a contact after the message `after`, oldest first. */
export function messagesOfContact(db: Reading, contact_id: number, after: number, limit: number): MessageRow[] {
  return db
    .all<Stored>(`SELECT ${COLUMNS} FROM messages WHERE contact_id = ? AND id > ? ORDER BY id LIMIT ${UNSEEN}`, contact_id, after, limit)
    .map(({ attributes, given, warnings, ...row }) => ({
      ...row,
      attributes: attributes === null ? null : JSON.parse(attributes), // insertMessage wrote these
      given: given === null ? {} : JSON.parse(given),
      warnings: warnings === null ? null : JSON.parse(warnings),
    }));
}

/** The message that this source sent under the idempotency key: the contact that it was added to, and the fingerprint of its body. */
export function messageByKey(db: Reading, source_id: number, idempotency_key: string): { contact_id: number; fingerprint: Buffer | null } | undefined {
  return db.get('SELECT contact_id, fingerprint FROM messages WHERE source_id = ? AND idempotency_key = ?', source_id, idempotency_key);
}

/** Whether any contact has further messages. */
export const hasMessages = (db: Reading): boolean => db.get('SELECT 1 FROM messages LIMIT 1') !== undefined;

/** The newest open contact of these leads and their parts from the source, created at or after `since`. Undefined when there is none. */
export function newestOpenContact(db: Reading, lead_ids: readonly number[], source_id: number, since: number): number | undefined {
  const newest = lead_ids
    .flatMap((lead_id) => partsOfLead(db, lead_id))
    .map(
      (part) =>
        db.get<{ id: number | null }>(
          "SELECT MAX(id) AS id FROM contacts INDEXED BY contacts_lead WHERE lead_id = ? AND source_id = ? AND status <> 'closed' AND created_at >= ?",
          part,
          source_id,
          since,
        )?.id ?? 0,
    );
  return Math.max(0, ...newest) || undefined;
}

/** Takes out of the messages of a lead's contacts what they say of people. */
export function eraseMessages(tx: Writing, lead_id: number): void {
  tx.run(
    `UPDATE messages SET message = NULL, attributes = NULL, given = NULL, warnings = NULL, idempotency_key = NULL, fingerprint = NULL
     WHERE contact_id IN (SELECT id FROM contacts WHERE lead_id = ? AND messages > 0)`,
    lead_id,
  );
}
