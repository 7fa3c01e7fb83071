/** Facts about the past of contacts that a rule depends on, as they were when a contact came. */
import type { Reading } from '#store/sqlite/open.ts';
import { partsOfLead } from './leads.ts';
import { contactsBetween } from './periods.ts';

/** Ids of the latest contacts of a source created at or after `since`, at most so many, oldest first. */
export function contactsOfSourceSince(db: Reading, source_id: number, since: number, most: number): number[] {
  return contactsBetween(db, since, Number.MAX_SAFE_INTEGER)
    .flatMap(({ first, last }) =>
      db
        .all<{ id: number }>('SELECT id FROM contacts WHERE source_id = ? AND id >= ? AND id <= ? ORDER BY id DESC LIMIT ?', source_id, first, last, most)
        .map(({ id }) => id),
    )
    .sort((a, b) => a - b)
    .slice(-most);
}

/** The latest assignment of a lead's contacts before the given one came. Undefined: none. */
export function latestAssignmentBefore(db: Reading, lead_id: number, contact_id: number): { operator_id: number; at: number } | undefined {
  const first = db.get<{ id: number }>('SELECT MIN(id) AS id FROM decisions WHERE contact_id = ?', contact_id)?.id ?? 0;
  return partsOfLead(db, lead_id)
    .flatMap((part) =>
      db.all<{ id: number; operator_id: number; at: number }>(
        `SELECT d.id, d.operator_id, d.at FROM contacts c JOIN decisions d ON d.contact_id = c.id
         WHERE c.lead_id = ? AND c.id < ? AND d.id < ? AND d.operator_id IS NOT NULL ORDER BY d.id DESC LIMIT 1`,
        part,
        contact_id,
        first,
      ),
    )
    .sort((a, b) => b.id - a.id)[0];
}

/** Whether an earlier contact of the lead was open when the given one came. */
export function wasOpenAt(db: Reading, lead_id: number, contact_id: number, at: number): boolean {
  const sql = 'SELECT 1 FROM contacts WHERE lead_id = ? AND id < ? AND (closed_at IS NULL OR closed_at > ?) LIMIT 1';
  return partsOfLead(db, lead_id).some((part) => db.get(sql, part, contact_id, at) !== undefined);
}
