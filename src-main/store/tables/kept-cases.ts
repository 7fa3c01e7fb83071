import type { KeptCase } from '#shared/distribution/kept-case.ts';
import type { Reading, Writing } from '#store/sqlite/open.ts';

/** All kept cases by id, without removed ones. */
export function allKeptCases(db: Reading): Record<number, KeptCase> {
  const rows = db.all<{ id: number; content: string }>('SELECT id, content FROM kept_cases WHERE content IS NOT NULL ORDER BY id');
  return Object.fromEntries(rows.map(({ id, content }) => [id, JSON.parse(content) as KeptCase])); // putKeptCase wrote it
}

/** An id that no case ever had: a removed case may come back under its own. */
export const freeCaseId = (db: Reading): number => (db.get<{ id: number | null }>('SELECT MAX(id) AS id FROM kept_cases')?.id ?? 0) + 1;

/** @param content null: removed */
export function putKeptCase(tx: Writing, id: number, content: KeptCase | null): void {
  tx.run(
    'INSERT INTO kept_cases (id, content) VALUES (?, ?) ON CONFLICT (id) DO UPDATE SET content = excluded.content',
    id,
    content && JSON.stringify(content),
  );
}
