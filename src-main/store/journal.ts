import type { Reading, Writing } from './open.ts';

export interface JournalRow {
  revision: number;
  at: number;
  actor: string;
  kind: string;
  contact_id: number | null;
  operator_id: number | null;
  source_id: number | null;
  /** JSON */
  data: string | null;
}

export function insertJournalRow(tx: Writing, row: JournalRow): void {
  tx.run(
    'INSERT INTO journal (revision, at, actor, kind, contact_id, operator_id, source_id, data) VALUES (?, ?, ?, ?, ?, ?, ?, ?)',
    row.revision,
    row.at,
    row.actor,
    row.kind,
    row.contact_id,
    row.operator_id,
    row.source_id,
    row.data,
  );
}

export function latestRevision(db: Reading): number {
  return db.get<{ revision: number | null }>('SELECT MAX(revision) AS revision FROM journal')?.revision ?? 0;
}
