/**
 * Spaces of external ids: one for all sources whose `external_ids` is `shared` (0), and one for each source with its `own`. When a source gets its own space, ids that only it gave move there.
 * An id that other sources also gave stays with its lead; the source's next contact with that id creates a new lead.
 */
import type { ExternalIds } from '#shared/contract/entities.ts';
import type { ExternalIdCounts } from '#shared/contract/sources.ts';
import type { Reading, Writing } from '#store/sqlite/handles.ts';

/** SQL: each external id in the shared space, with each source that gave it. Ids from before givers were recorded count as given by the sources of their lead's contacts. */
const GIVEN = `SELECT i.id, i.lead_id, i.given_by AS source_id FROM lead_identifiers i WHERE i.kind = 'external_id' AND i.space = 0 AND i.is_shared = 0 AND i.given_by > 0
  UNION SELECT i.id, i.lead_id, g.source_id FROM identifier_givers g JOIN lead_identifiers i ON i.id = g.identifier_id WHERE i.kind = 'external_id' AND i.space = 0 AND i.is_shared = 0
  UNION SELECT i.id, i.lead_id, c.source_id FROM lead_identifiers i JOIN contacts c ON c.lead_id = i.lead_id
    WHERE i.kind = 'external_id' AND i.space = 0 AND i.is_shared = 0 AND i.given_by IS NULL`;

/** Scans all external ids, and for old ones the contacts. */
export function countExternalIds(db: Reading): ExternalIdCounts[] {
  return db.all(`WITH given AS (${GIVEN}), counted AS (SELECT source_id, lead_id, count(*) OVER (PARTITION BY id) > 1 AS is_common FROM given)
    SELECT source_id, count(DISTINCT CASE WHEN NOT is_common THEN lead_id END) AS kept, count(DISTINCT CASE WHEN is_common THEN lead_id END) AS separated
    FROM counted GROUP BY source_id ORDER BY source_id`);
}

/** Moves the external ids of a source to its own space, or back. Those whose value is in use there stay. */
export function moveExternalIds(tx: Writing, source_id: number, to: ExternalIds): void {
  if (to === 'shared') tx.run('UPDATE OR IGNORE lead_identifiers SET space = 0 WHERE space = ?', source_id);
  else
    tx.run(
      `WITH given AS (${GIVEN}) UPDATE OR IGNORE lead_identifiers SET space = ? WHERE id IN (SELECT id FROM given GROUP BY id HAVING min(source_id) = ? AND max(source_id) = ?)`,
      source_id,
      source_id,
      source_id,
    );
}
