import { type ChainedDecision, chainAt, nextLink } from './chain.ts';
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

/** @param decision the one that the row tells of */
export function insertJournalRow(tx: Writing, row: JournalRow, decision: ChainedDecision | null): void {
  // read, not remembered: it is right whatever was taken back before
  const previous = chainAt(tx, row.revision - 1);
  if (previous === null) throw new Error(`the journal has no chain at revision ${row.revision - 1}`);
  tx.run(
    'INSERT INTO journal (revision, at, actor, kind, contact_id, operator_id, source_id, data, chain) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)',
    row.revision,
    row.at,
    row.actor,
    row.kind,
    row.contact_id,
    row.operator_id,
    row.source_id,
    row.data,
    nextLink(previous, row, decision),
  );
}

export function latestRevision(db: Reading): number {
  return db.get<{ revision: number | null }>('SELECT MAX(revision) AS revision FROM journal')?.revision ?? 0;
}

/** Rows after a revision, in order. */
export function journalAfter(db: Reading, revision: number, limit: number): JournalRow[] {
  return db.all(
    'SELECT revision, at, actor, kind, contact_id, operator_id, source_id, data FROM journal WHERE revision > ? ORDER BY revision LIMIT ?',
    revision,
    limit,
  );
}
