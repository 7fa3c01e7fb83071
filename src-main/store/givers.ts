/**
 * Who gave an identifier or a name. `given_by` is the first giver: a source's id, or `THE_DESK`; null in rows from before it was recorded.
 * Sources that gave the same identifier later stand in `identifier_givers`, so what many give costs one row for each of them.
 */
import type { Reading, Writing } from './open.ts';

/** Giver of what an administrator or an import brought. */
export const THE_DESK = 0;

/** A source's id, or `THE_DESK`. */
export type Giver = number;

/** Records that another source gave the identifier, too. */
export function addGiver(tx: Writing, identifier_id: number, source_id: number): void {
  tx.run('INSERT OR IGNORE INTO identifier_givers (identifier_id, source_id) VALUES (?, ?)', identifier_id, source_id);
}

/** Those of the identifiers that the source gave after their first giver. */
export function alsoGivenBy(db: Reading, source_id: number, identifier_ids: readonly number[]): Set<number> {
  const rows = db.all<{ identifier_id: number }>(
    'SELECT g.identifier_id FROM json_each(?) j CROSS JOIN identifier_givers g ON g.identifier_id = j.value AND g.source_id = ?',
    JSON.stringify(identifier_ids),
    source_id,
  );
  return new Set(rows.map(({ identifier_id }) => identifier_id));
}

/** How many contacts of a lead are looked at when a source asks, so that one lead with many costs no more than others. */
const SEARCHED = 50;

/** Whether all contacts of the lead are this source's. False when there are none, or too many to look at. */
export function hasOnlyContactsOf(db: Reading, source_id: number, lead_id: number): boolean {
  if (db.get('SELECT 1 FROM leads WHERE part_of = ? LIMIT 1', lead_id)) return false; // a part is there because it has many
  const rows = db.all<{ source_id: number }>(`SELECT source_id FROM contacts INDEXED BY contacts_lead WHERE lead_id = ? LIMIT ${SEARCHED + 1}`, lead_id);
  return rows.length > 0 && rows.length <= SEARCHED && rows.every((row) => row.source_id === source_id);
}

/** The operator of the latest assignment among the source's contacts of the lead; null when the newest ones show none. */
export function latestOperatorForSource(db: Reading, source_id: number, lead_id: number): number | null {
  const row = db.get<{ operator_id: number }>(
    `SELECT d.operator_id
     FROM (SELECT id, source_id FROM contacts INDEXED BY contacts_lead WHERE lead_id = ? ORDER BY id DESC LIMIT ${SEARCHED}) c
     CROSS JOIN decisions d ON d.contact_id = c.id
     WHERE c.source_id = ? AND d.operator_id IS NOT NULL ORDER BY d.id DESC LIMIT 1`,
    lead_id,
    source_id,
  );
  return row?.operator_id ?? null;
}
