/** Erases personal data from rows that stay. `secure_delete` overwrites deleted content; the write-ahead log keeps it until it is truncated. */

import type { Reading, Writing } from '#store/sqlite/open.ts';
import { forgetNeeds } from './contact-classes.ts';
import { partsOfLead } from './leads.ts';
import { eraseMessages } from './messages.ts';
import type { RefusedContactRow } from './refused-contacts.ts';
import { forgetMarks } from './shared-identifiers.ts';

/** Leads that were merged into this one, directly or through others. */
export function leadsMergedInto(db: Reading, lead_id: number): number[] {
  const sql = `WITH RECURSIVE parts(id) AS (
      SELECT merged_id FROM merges WHERE survivor_id = ? AND undone_at IS NULL
      UNION SELECT m.merged_id FROM merges m JOIN parts ON m.survivor_id = parts.id WHERE m.undone_at IS NULL
    ) SELECT id FROM parts ORDER BY id`;
  return db.all<{ id: number }>(sql, lead_id).map(({ id }) => id);
}

/** Idempotency keys of the lead's contacts. */
export function idempotencyKeysOfLead(db: Reading, lead_id: number): { id: number | null; source_id: number; idempotency_key: string }[] {
  return partsOfLead(db, lead_id).flatMap((part) =>
    db.all<{ id: number | null; source_id: number; idempotency_key: string }>(
      `SELECT id, source_id, idempotency_key FROM contacts WHERE lead_id = ? AND idempotency_key IS NOT NULL
       UNION ALL SELECT NULL, m.source_id, m.idempotency_key FROM contacts c JOIN messages m ON m.contact_id = c.id
       WHERE c.lead_id = ? AND c.messages > 0 AND m.idempotency_key IS NOT NULL`,
      part,
      part,
    ),
  );
}

/** The next `limit` refused contacts by id, settled or not. */
export function refusalsAfter(
  db: Reading,
  id: number,
  limit: number,
): Pick<RefusedContactRow, 'id' | 'source_id' | 'idempotency_key' | 'payload' | 'contact_id'>[] {
  const sql = 'SELECT id, source_id, idempotency_key, payload, contact_id FROM refused_contacts WHERE id > ? ORDER BY id LIMIT ?';
  const rows = db.all<Pick<RefusedContactRow, 'id' | 'source_id' | 'idempotency_key' | 'contact_id'> & { payload: string }>(sql, id, limit);
  return rows.map((row) => ({ ...row, payload: JSON.parse(row.payload) })); // insertRefusal wrote it
}

/** An erased lead. Both fields together identify it, because ids are reused after a restore. */
export interface ErasedLead {
  readonly lead_id: number;
  readonly lead_created_at: number;
  readonly erased_at: number;
}

/** The leads erased in this database, by id. A restore erases them again in the backup. */
export function erasedLeads(db: Reading): ErasedLead[] {
  return db.all('SELECT lead_id, lead_created_at, erased_at FROM erased_leads ORDER BY lead_id');
}

/** Records an erasure so that a restore can repeat it. */
export function rememberErased(tx: Writing, { lead_id, lead_created_at, erased_at }: ErasedLead): void {
  tx.run('INSERT OR REPLACE INTO erased_leads (lead_id, lead_created_at, erased_at) VALUES (?, ?, ?)', lead_id, lead_created_at, erased_at);
}

/** Erases the lead's rows. Returns how many contacts and identifiers it had. */
export function eraseLeadRows(tx: Writing, lead_id: number): { contacts: number; identifiers: number } {
  for (const id of [lead_id, ...leadsMergedInto(tx, lead_id)]) {
    tx.run('UPDATE leads SET name = NULL, name_given_by = NULL, external_id = NULL, phone = NULL, email = NULL WHERE id = ?', id);
    tx.run("UPDATE merges SET moved = json_remove(moved, '$.shown') WHERE survivor_id = ? OR merged_id = ?", id, id);
  }
  const erased = { contacts: 0, identifiers: 0 };
  for (const part of partsOfLead(tx, lead_id)) {
    forgetNeeds(tx, part);
    eraseMessages(tx, part);
    tx.run('UPDATE decisions SET note = NULL WHERE note IS NOT NULL AND contact_id IN (SELECT id FROM contacts WHERE lead_id = ?)', part);
    const { changes } = tx.run(
      'UPDATE contacts SET message = NULL, attributes = NULL, warnings = NULL, idempotency_key = NULL, fingerprint = NULL, for_source = NULL, outcome = NULL, note = NULL WHERE lead_id = ?',
      part,
    );
    erased.contacts += changes;
    erased.identifiers += tx.run('DELETE FROM lead_identifiers WHERE lead_id = ?', part).changes;
  }
  forgetMarks(tx);
  return erased;
}

/** Removes what a refused contact says about people: body, errors, detail and idempotency key. Code and times stay. */
export function eraseRefusal(tx: Writing, id: number): void {
  tx.run("UPDATE refused_contacts SET payload = '{}', errors = '[]', detail = '', idempotency_key = NULL, fingerprint = NULL WHERE id = ?", id);
}
