/** Reads of arrivals and departures for the figures of sources. */
import type { Reading } from '#store/sqlite/handles.ts';

export interface Arrival {
  readonly source_id: number;
  readonly created_at: number;
}

/** The contacts with these ids, inclusive, in order. */
export const arrivals = (db: Reading, first: number, last: number): Arrival[] =>
  db.all('SELECT source_id, created_at FROM contacts WHERE id BETWEEN ? AND ? ORDER BY id', first, last);

/** When each source got its latest contact; those that never did are absent. */
export const latestOfSources = (db: Reading): Arrival[] =>
  db.all(
    `SELECT s.id AS source_id, c.created_at FROM sources s
     JOIN contacts c ON c.id = (SELECT id FROM contacts WHERE source_id = s.id ORDER BY id DESC LIMIT 1)`,
  );

/** When contacts were closed from `from` on, epoch milliseconds. Found by bisection: where the clock was set back, some of that hour may be missing. */
export function closings(db: Reading, from: number): number[] {
  const atOf = (revision: number) => db.get<{ at: number }>('SELECT at FROM journal WHERE revision >= ? ORDER BY revision LIMIT 1', revision)?.at ?? 0;
  let [low, high] = [1, (db.get<{ revision: number | null }>('SELECT MAX(revision) AS revision FROM journal')?.revision ?? 0) + 1];
  while (low < high) {
    const middle = Math.floor((low + high) / 2);
    if (atOf(middle) < from) low = middle + 1;
    else high = middle;
  }
  return db.all<{ at: number }>("SELECT at FROM journal WHERE revision >= ? AND kind = 'contact_closed'", low).map(({ at }) => at);
}
