/** Schedules, and what operators do on single dates instead. */
import type { OwnShift } from '#shared/operator-hours.ts';
import type { Schedule } from '#shared/schedule.ts';
import type { Reading, Writing } from '#store/sqlite/open.ts';

/** All schedules by id, without removed ones. */
export function allSchedules(db: Reading): Record<number, Schedule> {
  const rows = db.all<{ id: number; content: string }>('SELECT id, content FROM schedules WHERE content IS NOT NULL ORDER BY id');
  return Object.fromEntries(rows.map(({ id, content }) => [id, JSON.parse(content) as Schedule])); // putSchedule wrote it
}

/** An id that no schedule ever had: a removed one may come back under its own. */
export const freeScheduleId = (db: Reading): number => (db.get<{ id: number | null }>('SELECT MAX(id) AS id FROM schedules')?.id ?? 0) + 1;

/** @param content null: removed */
export function putSchedule(tx: Writing, id: number, content: Schedule | null): void {
  tx.run('INSERT INTO schedules (id, content) VALUES (?, ?) ON CONFLICT (id) DO UPDATE SET content = excluded.content', id, content && JSON.stringify(content));
}

interface ShiftRow {
  readonly operator_id: number;
  readonly date: string;
  readonly content: string;
}

/** The single dates of all operators, by operator and date. */
export const allShifts = (db: Reading): { operator_id: number; date: string; shift: OwnShift }[] =>
  db
    .all<ShiftRow>('SELECT operator_id, date, content FROM shifts ORDER BY operator_id, date')
    .map(({ content, ...row }) => ({ ...row, shift: JSON.parse(content) as OwnShift })); // putShift wrote it

/** @param shift null: what the schedule says */
export function putShift(tx: Writing, operator_id: number, date: string, shift: OwnShift | null): void {
  if (shift === null) tx.run('DELETE FROM shifts WHERE operator_id = ? AND date = ?', operator_id, date);
  else tx.run('INSERT OR REPLACE INTO shifts (operator_id, date, content) VALUES (?, ?, ?)', operator_id, date, JSON.stringify(shift));
}
