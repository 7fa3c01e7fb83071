/**
 * Records who gave an identifier or a name. `given_by` is the first giver: a source's id, or `THE_DESK`; null in rows from before it was recorded.
 * Sources that gave the same identifier later are in `identifier_givers`, one row for each.
 */
import type { Reading, Writing } from '#store/sqlite/open.ts';

/** The giver of data entered by an administrator or an import. */
export const THE_DESK = 0;

/** A source's id, or `THE_DESK`. */
export type Giver = number;

/** Records a further source that gave the identifier. */
export function addGiver(tx: Writing, identifier_id: number, source_id: number): void {
  tx.run('INSERT OR IGNORE INTO identifier_givers (identifier_id, source_id) VALUES (?, ?)', identifier_id, source_id);
}

/** The ones among these identifiers that the source gave after their first giver. */
export function alsoGivenBy(db: Reading, source_id: number, identifier_ids: readonly number[]): Set<number> {
  const rows = db.all<{ identifier_id: number }>(
    'SELECT g.identifier_id FROM json_each(?) j CROSS JOIN identifier_givers g ON g.identifier_id = j.value AND g.source_id = ?',
    JSON.stringify(identifier_ids),
    source_id,
  );
  return new Set(rows.map(({ identifier_id }) => identifier_id));
}

/** Maximum number of a lead's contacts examined for a source, so that a lead with many contacts costs no more than others. */
const SEARCHED = 50;

/** Whether all contacts of the lead came from this source. False when there are none or too many to examine. */
export function hasOnlyContactsOf(db: Reading, source_id: number, lead_id: number): boolean {
  if (db.get('SELECT 1 FROM leads WHERE part_of = ? LIMIT 1', lead_id)) return false; // a part exists because it has many contacts
  const rows = db.all<{ source_id: number }>(`SELECT source_id FROM contacts INDEXED BY contacts_lead WHERE lead_id = ? LIMIT ${SEARCHED + 1}`, lead_id);
  return rows.length > 0 && rows.length <= SEARCHED && rows.every((row) => row.source_id === source_id);
}

/** Whether one of the lead's latest contacts before this one came from the source and was assigned to the operator. */
export function wasGivenTo(db: Reading, source_id: number, { id, lead_id }: { readonly id: number; readonly lead_id: number }, operator_id: number): boolean {
  return (
    db.get(
      `SELECT 1 FROM (SELECT id, source_id FROM contacts INDEXED BY contacts_lead WHERE lead_id = ? AND id < ? ORDER BY id DESC LIMIT ${SEARCHED}) c
       CROSS JOIN decisions d ON d.contact_id = c.id WHERE c.source_id = ? AND d.operator_id = ? LIMIT 1`,
      lead_id,
      id,
      source_id,
      operator_id,
    ) !== undefined
  );
}

/** The operator of the latest assignment among the lead's contacts from this source; null when the newest contacts show none. */
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
