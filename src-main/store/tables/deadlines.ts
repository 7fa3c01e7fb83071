/** What the desk is to do by itself at a moment. Times are epoch milliseconds. */
import type { Reading, Writing } from '#store/sqlite/open.ts';
import { UNSEEN } from '#store/sqlite/unseen.ts';

/**
 * `accept`: the contact's operator is to have accepted it; `close`: the contact is closed, unless it gives a sign of life; `boundary`: the schedule of the
 * operator says something else from then on.
 */
export type DeadlineKind = 'accept' | 'close' | 'boundary';

export interface Deadline {
  id: number;
  due_at: number;
  kind: DeadlineKind;
  subject_id: number;
  /** the decision that it follows from; 0: none */
  decision_id: number;
  /** when its time began to run */
  since: number;
  /** whether the desk has been up since then */
  is_witnessed: boolean;
}

/** Sets the deadline of this kind for a subject, in place of any former one. */
export function setDeadline(tx: Writing, { kind, subject_id, decision_id, since, due_at }: Omit<Deadline, 'id' | 'is_witnessed'>): void {
  tx.run(
    'INSERT OR REPLACE INTO deadlines (due_at, kind, subject_id, decision_id, since) VALUES (?, ?, ?, ?, ?)',
    due_at,
    kind,
    subject_id,
    decision_id,
    since,
  );
}

/** Deletes the deadline of this kind of a subject, if there is one. */
export function clearDeadline(tx: Writing, kind: DeadlineKind, subject_id: number): void {
  tx.run('DELETE FROM deadlines WHERE kind = ? AND subject_id = ?', kind, subject_id);
}

/** Lets the time of a deadline begin anew, if there is one of this kind for the subject. */
export function renewDeadline(tx: Writing, kind: DeadlineKind, subject_id: number, { since, due_at }: Pick<Deadline, 'since' | 'due_at'>): void {
  tx.run('UPDATE deadlines SET since = ?, due_at = ? WHERE kind = ? AND subject_id = ?', since, due_at, kind, subject_id);
}

/** When the deadline of this kind for a subject is due; undefined: there is none. */
export const dueAt = (db: Reading, kind: DeadlineKind, subject_id: number): number | undefined =>
  db.get<{ due_at: number }>('SELECT due_at FROM deadlines WHERE kind = ? AND subject_id = ?', kind, subject_id)?.due_at;

/** Sets when the assigned contacts of a source are closed, in place of what was set. null: never. */
export function setClosing(tx: Writing, source_id: number, at: Pick<Deadline, 'since' | 'due_at'> | null): void {
  const assigned = "SELECT id FROM contacts INDEXED BY contacts_assigned_source WHERE source_id = ? AND status = 'assigned'";
  tx.run(`DELETE FROM deadlines WHERE kind = 'close' AND subject_id IN (${assigned})`, source_id);
  if (at === null) return;
  tx.run(
    `INSERT INTO deadlines (due_at, kind, subject_id, decision_id, since)
     SELECT ${UNSEEN}, 'close', id, (SELECT MAX(d.id) FROM decisions d WHERE d.contact_id = a.id), ${UNSEEN} FROM (${assigned}) a`,
    at.due_at,
    at.since,
    source_id,
  );
}

/** Takes a deadline that is due: it is deleted. Undefined when it is gone or due later. */
export function takeDeadline(tx: Writing, id: number, now: number): Deadline | undefined {
  const row = tx.get<Omit<Deadline, 'is_witnessed'> & { is_witnessed: number }>('SELECT * FROM deadlines WHERE id = ? AND due_at <= ?', id, now);
  if (row) tx.run('DELETE FROM deadlines WHERE id = ?', id);
  return row && { ...row, is_witnessed: row.is_witnessed === 1 };
}

/** Ids of the deadlines that are due, in the order in which they are to be carried out. */
export const dueDeadlines = (db: Reading, now: number, limit: number): number[] =>
  db.all<{ id: number }>(`SELECT id FROM deadlines WHERE due_at <= ? ORDER BY due_at, id LIMIT ${UNSEEN}`, now, limit).map(({ id }) => id);

/** When the first deadline is due; null: there is none. */
export const firstDue = (db: Reading): number | null => db.get<{ due_at: number }>('SELECT due_at FROM deadlines ORDER BY due_at, id LIMIT 1')?.due_at ?? null;

/** Puts a deadline off that could not be carried out. */
export function putOff(tx: Writing, id: number, due_at: number): void {
  tx.run('UPDATE deadlines SET due_at = ? WHERE id = ?', due_at, id);
}

/**
 * Moves the deadlines for accepting and closing by the time during which the desk was not up, or by how far the clock was set back. The time before an
 * assignment does not count. `shifted` in effects/contacts.ts does the same on the board.
 */
export function shiftDeadlines(tx: Writing, { from, to }: { readonly from: number; readonly to: number }): void {
  tx.run(
    `UPDATE deadlines SET is_witnessed = 0, due_at = due_at + ${to < from ? `${UNSEEN} - ${UNSEEN}` : `max(0, ${UNSEEN} - max(${UNSEEN}, since))`} WHERE kind IN ('accept', 'close')`,
    to,
    from,
  );
  tx.run("UPDATE contacts SET accept_by = d.due_at FROM deadlines d WHERE d.kind = 'accept' AND contacts.id = d.subject_id");
}

/** Has the boundaries of all operators with this schedule looked up again, since it is another one now. */
export function hastenBoundaries(tx: Writing, schedule_id: number, now: number): void {
  tx.run(
    "UPDATE deadlines SET due_at = ?, since = ? WHERE kind = 'boundary' AND subject_id IN (SELECT id FROM operators WHERE json_extract(hours, '$.schedule_id') = ?)",
    now,
    now,
    schedule_id,
  );
}

/** Has boundaries looked up again that were looked up later than the clock shows now. */
export function recallBoundaries(tx: Writing, now: number): void {
  tx.run("UPDATE deadlines SET due_at = ? WHERE kind = 'boundary' AND since > ?", now, now);
}

/** Whether people depend on the desk being up until a deadline. */
export const hasBlame = (db: Reading): boolean => db.get("SELECT 1 FROM deadlines WHERE kind IN ('accept', 'close') LIMIT 1") !== undefined;

/** When the desk was last known to be up; null: never. */
export const seenAt = (db: Reading): number | null => db.get<{ seen_at: number }>('SELECT seen_at FROM uptime')?.seen_at ?? null;

export function setSeen(tx: Writing, at: number): void {
  tx.run('INSERT INTO uptime (id, seen_at) VALUES (1, ?) ON CONFLICT (id) DO UPDATE SET seen_at = excluded.seen_at', at);
}
