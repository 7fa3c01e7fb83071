/** Converts times to contact ids. Ids and times grow together, except where the clock was set back; those contacts are listed in `clock_set_backs`. */
import type { Reading, Writing } from '#store/sqlite/open.ts';

/** Records that the clock was set back between this contact and the one before it. */
export function insertSetBack(tx: Writing, contact_id: number): void {
  tx.run('INSERT INTO clock_set_backs VALUES (?)', contact_id);
}

/** When the latest contact arrived, in epoch milliseconds; -Infinity when there is none. */
export function latestArrival(db: Reading): number {
  return db.get<{ created_at: number }>('SELECT created_at FROM contacts ORDER BY id DESC LIMIT 1')?.created_at ?? Number.NEGATIVE_INFINITY;
}

/** Like `latestArrival`, for one source. */
export function latestArrivalFrom(db: Reading, source_id: number): number {
  const sql = 'SELECT created_at FROM contacts WHERE source_id = ? ORDER BY id DESC LIMIT 1';
  return db.get<{ created_at: number }>(sql, source_id)?.created_at ?? Number.NEGATIVE_INFINITY;
}

/** How many contacts a source has; reads an entry of the index for each. */
export const countOf = (db: Reading, source_id: number): number =>
  db.get<{ n: number }>('SELECT COUNT(*) AS n FROM contacts WHERE source_id = ?', source_id)?.n ?? 0;

/** Ids from `first` to `last`, inclusive. */
export interface IdRange {
  readonly first: number;
  readonly last: number;
}

/**
 * The contacts created at or after `from` and before `to` (epoch milliseconds), as ranges of ids, oldest first. Found by bisection, which reads about
 * forty rows, plus as many for each time the clock was set back across `from` or `to`.
 */
export function contactsBetween(db: Reading, from: number, to: number): IdRange[] {
  const latest = db.get<{ id: number | null }>('SELECT MAX(id) AS id FROM contacts')?.id ?? 0;
  const starts = [1, ...db.all<{ contact_id: number }>('SELECT contact_id FROM clock_set_backs ORDER BY contact_id').map(({ contact_id }) => contact_id)];
  return starts.flatMap((first, i) => {
    const next = starts[i + 1] ?? latest + 1;
    const since = firstFrom(db, first, next, from);
    const until = since === next ? next : firstFrom(db, since, next, to);
    return since < until ? [{ first: since, last: until - 1 }] : [];
  });
}

/** Id of the first contact in `first` … `next` - 1 that was created at or after `at`; `next` when there is none. */
function firstFrom(db: Reading, first: number, next: number, at: number): number {
  const isBefore = (id: number) => (db.get<{ created_at: number }>('SELECT created_at FROM contacts WHERE id = ?', id)?.created_at ?? 0) < at;
  if (first === next || !isBefore(first)) return first;
  if (isBefore(next - 1)) return next;
  let [low, high] = [first + 1, next - 1];
  while (low < high) {
    const middle = Math.floor((low + high) / 2);
    if (isBefore(middle)) low = middle + 1;
    else high = middle;
  }
  return low;
}
