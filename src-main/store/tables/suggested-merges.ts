/** Possible merges based only on another source's data, kept until a person decides. Open: `settled_at` is null. Accepted: `merge_id` is set. Otherwise dismissed. */
import type { IdentifierKind } from '#shared/contract/entities.ts';
import type { Reading, Writing } from '#store/sqlite/open.ts';

export interface SuggestedMergeRow {
  id: number;
  /** the lead that the contact was attributed to */
  survivor_id: number;
  /** the lead that owns the contact's other identifiers */
  merged_id: number;
  contact_id: number;
  /** ids of those identifiers */
  identifier_ids: number[];
  created_at: number;
  settled_at: number | null;
  merge_id: number | null;
}

type Stored = Omit<SuggestedMergeRow, 'identifier_ids'> & { identifier_ids: string };
const decoded = (row: Stored): SuggestedMergeRow => ({ ...row, identifier_ids: JSON.parse(row.identifier_ids) }); // insertSuggestedMerge wrote it

const COLUMNS = 'id, survivor_id, merged_id, contact_id, identifier_ids, created_at, settled_at, merge_id';

/** Undefined when no suggestion has this id. */
export function suggestedMergeById(db: Reading, id: number): SuggestedMergeRow | undefined {
  const row = db.get<Stored>(`SELECT ${COLUMNS} FROM suggested_merges WHERE id = ?`, id);
  return row && decoded(row);
}

/** Open suggestions, newest first. */
export function openSuggestedMerges(db: Reading, before: number | null, limit: number): SuggestedMergeRow[] {
  const sql = `SELECT ${COLUMNS} FROM suggested_merges INDEXED BY suggested_merges_open WHERE settled_at IS NULL AND id < ? ORDER BY id DESC LIMIT ?`;
  return db.all<Stored>(sql, before ?? Number.MAX_SAFE_INTEGER, limit).map(decoded);
}

/** Number of open suggestions. */
export function countOpenSuggestedMerges(db: Reading): number {
  return db.get<{ n: number }>('SELECT COUNT(*) AS n FROM suggested_merges INDEXED BY suggested_merges_open WHERE settled_at IS NULL')?.n ?? 0;
}

/** All suggestions that name the lead on either side, settled or not, by id. */
export function suggestedMergesOfLead(db: Reading, lead_id: number): SuggestedMergeRow[] {
  return db.all<Stored>(`SELECT ${COLUMNS} FROM suggested_merges WHERE survivor_id = ? OR merged_id = ? ORDER BY id`, lead_id, lead_id).map(decoded);
}

/** Suggestions that were settled by a merge. */
export function suggestedMergesSettledBy(db: Reading, merge_id: number): SuggestedMergeRow[] {
  return db.all<Stored>(`SELECT ${COLUMNS} FROM suggested_merges INDEXED BY suggested_merges_merge WHERE merge_id = ? ORDER BY id`, merge_id).map(decoded);
}

/** Stores an open suggestion and returns its id. */
export function insertSuggestedMerge(
  tx: Writing,
  row: { survivor_id: number; merged_id: number; contact_id: number; identifier_ids: readonly number[]; now: number },
): number {
  const { lastInsertRowid } = tx.run(
    'INSERT INTO suggested_merges (survivor_id, merged_id, contact_id, identifier_ids, created_at) VALUES (?, ?, ?, ?, ?)',
    row.survivor_id,
    row.merged_id,
    row.contact_id,
    JSON.stringify(row.identifier_ids),
    row.now,
  );
  return Number(lastInsertRowid);
}

/** Settles a suggestion, or reopens it with `settled_at` null. @param merge_id null: dismissed */
export function settleSuggestedMerge(tx: Writing, id: number, settled_at: number | null, merge_id: number | null): void {
  tx.run('UPDATE suggested_merges SET settled_at = ?, merge_id = ? WHERE id = ?', settled_at, merge_id, id);
}

/** Replaces lead `from` by another in these suggestions. Those that no longer name `from` are left alone. */
export function moveSuggestedMerges(tx: Writing, ids: readonly number[], from: number, to: number): void {
  for (const side of ['survivor_id', 'merged_id'] as const)
    tx.run(`UPDATE suggested_merges SET ${side} = ? WHERE ${side} = ? AND id IN (SELECT value FROM json_each(?))`, to, from, JSON.stringify(ids));
}

export function deleteSuggestedMerge(tx: Writing, id: number): void {
  tx.run('DELETE FROM suggested_merges WHERE id = ?', id);
}

/** Deletes all suggestions that name the lead on either side, settled ones included. */
export function deleteSuggestedMergesOf(tx: Writing, lead_id: number): void {
  tx.run('DELETE FROM suggested_merges WHERE survivor_id = ? OR merged_id = ?', lead_id, lead_id);
}

/** These identifiers, as far as they still exist. */
export function identifiersById(db: Reading, ids: readonly number[]): { id: number; kind: IdentifierKind; value: string; given_by: number | null }[] {
  const sql = 'SELECT i.id, i.kind, i.value, i.given_by FROM json_each(?) j CROSS JOIN lead_identifiers i ON i.id = j.value ORDER BY i.id';
  return db.all(sql, JSON.stringify(ids));
}
