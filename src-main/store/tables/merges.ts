import type { Reading, Writing } from '#store/sqlite/open.ts';
import type { Shown } from './leads.ts';

export interface MergeRow {
  id: number;
  survivor_id: number;
  merged_id: number;
  contact_id: number | null;
  moved: MovedRows;
  created_at: number;
  undone_at: number | null;
}

/** What undoing a merge has to move back. */
export interface MovedRows {
  identifier_ids: number[];
  /** position of each in the merged lead; absent in merges from before positions were stored */
  places?: (number | null)[];
  contact_ids: number[];
  /** suggested merges that named the merged lead; absent when there were none */
  suggestion_ids?: number[];
  /** leads that became parts of the survivor: their rows stayed in place. Absent in merges of the first version, which moved all rows */
  part_ids?: number[];
  /** the former `part_place` of each */
  part_places?: (number | null)[];
  /** the identifiers shown for the merged lead, and their position in the survivor */
  shown?: Shown & { place: number };
  /** the survivor had no name and took the merged lead's */
  name_given: boolean;
  /** the survivor was pinned to nobody and took the merged lead's operator; absent: it did not */
  pin_given?: true;
}

type Stored = Omit<MergeRow, 'moved'> & { moved: string };
const decoded = (row: Stored): MergeRow => ({ ...row, moved: JSON.parse(row.moved) }); // insertMerge wrote it

const COLUMNS = 'id, survivor_id, merged_id, contact_id, moved, created_at, undone_at';

/** Undefined when no merge has this id. */
export function mergeById(db: Reading, id: number): MergeRow | undefined {
  const row = db.get<Stored>(`SELECT ${COLUMNS} FROM merges WHERE id = ?`, id);
  return row && decoded(row);
}

/** Merges that name the lead on either side, newest first, undone ones included. */
export function mergesOfLead(db: Reading, lead_id: number): MergeRow[] {
  return db.all<Stored>(`SELECT ${COLUMNS} FROM merges WHERE survivor_id = ? OR merged_id = ? ORDER BY id DESC`, lead_id, lead_id).map(decoded);
}

/** Stores a merge with what undoing it has to move back, and returns its id. */
export function insertMerge(tx: Writing, row: { survivor_id: number; merged_id: number; moved: MovedRows; now: number }): number {
  const { lastInsertRowid } = tx.run(
    'INSERT INTO merges (survivor_id, merged_id, moved, created_at) VALUES (?, ?, ?, ?)',
    row.survivor_id,
    row.merged_id,
    JSON.stringify(row.moved),
    row.now,
  );
  return Number(lastInsertRowid);
}

/** Names the contact whose identifiers caused the merge. */
export function setContactOfMerge(tx: Writing, merge_id: number, contact_id: number): void {
  tx.run('UPDATE merges SET contact_id = ? WHERE id = ?', contact_id, merge_id);
}

/** @param now epoch milliseconds */
export function setMergeUndone(tx: Writing, merge_id: number, now: number): void {
  tx.run('UPDATE merges SET undone_at = ? WHERE id = ?', now, merge_id);
}

/** Id of the merge that merged this lead into another, unless undone. */
export function openMergeOf(db: Reading, merged_id: number): number | undefined {
  return db.get<{ id: number }>('SELECT id FROM merges WHERE merged_id = ? AND undone_at IS NULL ORDER BY id DESC LIMIT 1', merged_id)?.id;
}

/** Identifiers to show that came from leads linked by merges which were not undone. */
export function shownByMerges(db: Reading, survivor_id: number): (Shown & { place: number })[] {
  const rows = db.all<{ moved: string }>('SELECT moved FROM merges WHERE survivor_id = ? AND undone_at IS NULL', survivor_id);
  return rows.flatMap(({ moved }) => {
    const { part_ids = [], shown } = JSON.parse(moved) as MovedRows; // insertMerge wrote it
    return part_ids.length > 0 && shown ? [shown] : [];
  });
}
