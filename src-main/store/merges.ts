import type { Shown } from './leads.ts';
import type { Reading, Writing } from './open.ts';

export interface MergeRow {
  id: number;
  survivor_id: number;
  merged_id: number;
  contact_id: number | null;
  /** JSON of Moved */
  moved: string;
  created_at: number;
  undone_at: number | null;
}

/** What has to go back when a merge is taken back. */
export interface Moved {
  identifier_ids: number[];
  /** where each of them stood with the lead that was merged; merges from before places were kept say nothing */
  places?: (number | null)[];
  contact_ids: number[];
  /** suggested merges that named the other; absent when there were none */
  suggestion_ids?: number[];
  /** leads whose rows stayed where they were and became the survivor's; merges of the first version moved all rows */
  part_ids?: number[];
  /** the `part_place` that each of them had */
  part_places?: (number | null)[];
  /** what the merged lead showed, and where that stands with the survivor */
  shown?: Shown & { place: number };
  /** the survivor had no name and took the other's */
  name_given: boolean;
}

const COLUMNS = 'id, survivor_id, merged_id, contact_id, moved, created_at, undone_at';

export function mergeById(db: Reading, id: number): MergeRow | undefined {
  return db.get(`SELECT ${COLUMNS} FROM merges WHERE id = ?`, id);
}

export function mergesOfLead(db: Reading, lead_id: number): MergeRow[] {
  return db.all(`SELECT ${COLUMNS} FROM merges WHERE survivor_id = ? OR merged_id = ? ORDER BY id DESC`, lead_id, lead_id);
}

export function insertMerge(tx: Writing, row: { survivor_id: number; merged_id: number; moved: Moved; now: number }): number {
  const { lastInsertRowid } = tx.run(
    'INSERT INTO merges (survivor_id, merged_id, moved, created_at) VALUES (?, ?, ?, ?)',
    row.survivor_id,
    row.merged_id,
    JSON.stringify(row.moved),
    row.now,
  );
  return Number(lastInsertRowid);
}

export function setContactOfMerge(tx: Writing, merge_id: number, contact_id: number): void {
  tx.run('UPDATE merges SET contact_id = ? WHERE id = ?', contact_id, merge_id);
}

export function setMergeUndone(tx: Writing, merge_id: number, now: number): void {
  tx.run('UPDATE merges SET undone_at = ? WHERE id = ?', now, merge_id);
}

/** The merge that made this lead part of another, unless it was taken back. */
export function openMergeOf(db: Reading, merged_id: number): number | undefined {
  return db.get<{ id: number }>('SELECT id FROM merges WHERE merged_id = ? AND undone_at IS NULL ORDER BY id DESC LIMIT 1', merged_id)?.id;
}

/** What merges that linked leads to this one brought to be shown, those that were taken back left out. */
export function shownByMerges(db: Reading, survivor_id: number): (Shown & { place: number })[] {
  const rows = db.all<{ moved: string }>('SELECT moved FROM merges WHERE survivor_id = ? AND undone_at IS NULL', survivor_id);
  return rows.flatMap(({ moved }) => {
    const { part_ids = [], shown } = JSON.parse(moved) as Moved; // insertMerge wrote it
    return part_ids.length > 0 && shown ? [shown] : [];
  });
}
