import type { Reading, Writing } from '#store/sqlite/handles.ts';
import { UNSEEN } from '#store/sqlite/unseen.ts';
import { CHAIN_START, type ChainedDecision, chainAt, type JournalRow, nextLink } from './chain.ts';

/** A row of the journal with its data. */
export type JournalEntry = Omit<JournalRow, 'data'> & { readonly data: object | null };

const decoded = ({ data, ...row }: JournalRow): JournalEntry => ({ ...row, data: data === null ? null : JSON.parse(data) }); // insertJournalRow wrote it

/** The last row that a transaction wrote, so that the next one need not read it. Invalid after a rollback. */
export interface JournalTail {
  revision: number;
  chain: Buffer;
}

/** A tail that matches no revision: the next append reads the real one from the database. */
export const noTail = (): JournalTail => ({ revision: Number.NaN, chain: CHAIN_START });

/** Appends a row and its link of the chain. @param decision the decision that the row records */
export function insertJournalRow(tx: Writing, { data, ...entry }: JournalEntry, decision: ChainedDecision | null, tail: JournalTail): void {
  const row = { ...entry, data: data && JSON.stringify(data) };
  const previous = tail.revision === row.revision - 1 ? tail.chain : chainAt(tx, row.revision - 1);
  if (previous === null) throw new Error(`the journal has no chain at revision ${row.revision - 1}`);
  const chain = nextLink(previous, row, decision);
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
    chain,
  );
  tail.revision = row.revision;
  tail.chain = chain;
}

/** When the latest change was made, in epoch milliseconds; 0: there is none. */
export const latestAt = (db: Reading): number => db.get<{ at: number }>('SELECT at FROM journal ORDER BY revision DESC LIMIT 1')?.at ?? 0;

/** The latest revision; 0 in an empty journal. */
export function latestRevision(db: Reading): number {
  return db.get<{ revision: number | null }>('SELECT MAX(revision) AS revision FROM journal')?.revision ?? 0;
}

/** The next `limit` rows after a revision, in order. */
export function journalAfter(db: Reading, revision: number, limit: number): JournalEntry[] {
  const rows = db.all<JournalRow>(
    `SELECT revision, at, actor, kind, contact_id, operator_id, source_id, data FROM journal WHERE revision > ? ORDER BY revision LIMIT ${UNSEEN}`,
    revision,
    limit,
  );
  return rows.map(decoded);
}

/** Whether a row after a revision concerns the contact. Reads all of those rows, so there must be few. */
export const isContactIn = (db: Reading, contact_id: number, revision: number): boolean =>
  db.get('SELECT 1 FROM journal WHERE revision > ? AND contact_id = ? LIMIT 1', revision, contact_id) !== undefined;

const AUDITED = 'revision, at, actor, kind, contact_id, operator_id, source_id, data';

/** The rows with data of the write that produced this revision, in order. Journals of the first version record no steps: then the row alone. */
export function stepOfChange(db: Reading, revision: number): JournalEntry[] {
  const found = db.get<JournalRow>(`SELECT ${AUDITED} FROM journal WHERE revision = ? AND data IS NOT NULL`, revision);
  if (!found) return [];
  const row = decoded(found);
  const step = stepOf(row);
  if (step === undefined) return [row];
  const next = db.get<{ revision: number }>(
    "SELECT revision FROM journal WHERE data IS NOT NULL AND revision > ? AND json_extract(data, '$.step') IS NOT ? ORDER BY revision LIMIT 1",
    revision,
    step,
  );
  const rows = db.all<JournalRow>(
    `SELECT ${AUDITED} FROM journal WHERE data IS NOT NULL AND revision >= ? AND revision < ? ORDER BY revision`,
    step,
    next?.revision ?? Number.MAX_SAFE_INTEGER,
  );
  return rows.map(decoded);
}

/** First revision of the write that produced the row. Undefined when the row is no configuration change or is from an early version. */
export function stepOf({ data }: Pick<JournalEntry, 'data'>): number | undefined {
  return data === null ? undefined : (data as { step?: number }).step;
}

export interface AuditFilter {
  readonly kinds: readonly string[];
  /** `bot`: any source; `person`: any person */
  readonly actor?: string | undefined;
  readonly operator_id?: number | undefined;
  readonly source_id?: number | undefined;
  readonly from?: number | undefined;
  readonly to?: number | undefined;
  readonly before: number;
  readonly limit: number;
}

/** Rows with data, newest first. The operator filter also matches rows that set several weights, one of them the operator's. */
export function auditRows(db: Reading, filter: AuditFilter): JournalEntry[] {
  const { kinds, actor, operator_id, source_id, from, to, before, limit } = filter;
  const conditions = [`data IS NOT NULL AND revision < ? AND kind IN (${kinds.map(() => '?').join(', ')})`];
  const values: (string | number)[] = [before, ...kinds];
  const and = (condition: string, ...more: (string | number)[]) => {
    conditions.push(condition);
    values.push(...more);
  };
  if (actor === 'bot') and("actor LIKE 'source:%'");
  else if (actor === 'person') and("actor LIKE 'person:%'");
  else if (actor !== undefined) and('actor = ?', actor);
  if (source_id !== undefined) and('source_id = ?', source_id);
  if (operator_id !== undefined)
    and(
      "(operator_id = ? OR (kind = 'competences_replaced' AND json_extract(data, ?) IS NOT json_extract(data, ?)))",
      operator_id,
      `$.before."${operator_id}"`,
      `$.after."${operator_id}"`,
    );
  if (from !== undefined) and('at >= ?', from);
  if (to !== undefined) and('at < ?', to);
  const sql = `SELECT ${AUDITED} FROM journal INDEXED BY journal_audit WHERE ${conditions.join(' AND ')} ORDER BY revision DESC LIMIT ?`;
  return db.all<JournalRow>(sql, ...values, limit).map(decoded);
}

/** Epoch milliseconds of the latest change; null when there was none. */
/** When the first change was made, in epoch milliseconds; null: never. */
export function firstChangeAt(db: Reading): number | null {
  return db.get<{ at: number }>('SELECT at FROM journal ORDER BY revision LIMIT 1')?.at ?? null;
}

/** Time of the latest change in epoch milliseconds; null in an empty journal. */
export function lastChangeAt(db: Reading): number | null {
  return db.get<{ at: number }>('SELECT at FROM journal ORDER BY revision DESC LIMIT 1')?.at ?? null;
}
