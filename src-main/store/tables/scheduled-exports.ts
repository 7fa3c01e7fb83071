import type { ExportRun, ScheduleInput } from '#shared/contract/scheduled-exports.ts';
import type { Reading, Writing } from '#store/sqlite/open.ts';

export interface ScheduleRow {
  id: number;
  settings: ScheduleInput;
  next_at: number;
}

type Stored = Omit<ScheduleRow, 'settings'> & { settings: string };
const decoded = (row: Stored): ScheduleRow => ({ ...row, settings: JSON.parse(row.settings) }); // written below

/** All schedules, by id. */
export function allSchedules(db: Reading): ScheduleRow[] {
  return db.all<Stored>('SELECT id, settings, next_at FROM scheduled_exports ORDER BY id').map(decoded);
}

/** Undefined when no schedule has this id. */
export function scheduleById(db: Reading, id: number): ScheduleRow | undefined {
  const row = db.get<Stored>('SELECT id, settings, next_at FROM scheduled_exports WHERE id = ?', id);
  return row && decoded(row);
}

/** Stores a schedule and returns its id, which no schedule had before. */
export function insertSchedule(tx: Writing, row: Omit<ScheduleRow, 'id'> & { now: number }): number {
  // ids are never reused: runs outlive their schedule
  const { id } = tx.get<{ id: number }>(
    'SELECT 1 + max((SELECT coalesce(MAX(id), 0) FROM scheduled_exports), (SELECT coalesce(MAX(scheduled_export_id), 0) FROM export_runs)) AS id',
  ) ?? { id: 1 };
  tx.run('INSERT INTO scheduled_exports (id, settings, next_at, created_at) VALUES (?, ?, ?, ?)', id, JSON.stringify(row.settings), row.next_at, row.now);
  return id;
}

/** Deletes the schedule. Its runs stay. */
export function deleteSchedule(tx: Writing, id: number): void {
  tx.run('DELETE FROM scheduled_exports WHERE id = ?', id);
}

/** Records a run of a schedule, successful or failed, and returns its id. */
export function insertRun(tx: Writing, { schedule_id, at, file, rows, bytes, error }: Omit<ExportRun, 'id'>): number {
  const { lastInsertRowid } = tx.run(
    'INSERT INTO export_runs (scheduled_export_id, at, file, rows, bytes, error) VALUES (?, ?, ?, ?, ?, ?)',
    schedule_id,
    at,
    file,
    rows,
    bytes,
    error,
  );
  return Number(lastInsertRowid);
}

/** @param next_at epoch milliseconds */
export function setNextAt(tx: Writing, id: number, next_at: number): void {
  tx.run('UPDATE scheduled_exports SET next_at = ? WHERE id = ?', next_at, id);
}

/** The latest runs, newest first. */
export function newestRuns(db: Reading, limit: number): ExportRun[] {
  return db.all('SELECT id, scheduled_export_id AS schedule_id, at, file, rows, bytes, error FROM export_runs ORDER BY id DESC LIMIT ?', limit);
}
