/**
 * The step of migration 0001: computes the chain of a journal that has none. A released step is frozen like its SQL, so it shares no code with
 * `store/journal/chain.ts`, which goes on changing, and reads only columns that the tables had at that migration.
 */
import { hash } from 'node:crypto';
import type { Writing } from './handles.ts';

interface Row {
  revision: number;
  at: number;
  actor: string;
  kind: string;
  contact_id: number | null;
  operator_id: number | null;
  source_id: number | null;
  data: string | null;
}

interface DecisionRow {
  id: number;
  contact_id: number;
  at: number;
  kind: string;
  roster_id: number;
  loads: Buffer;
  sum: number;
  r: number | null;
  operator_id: number | null;
  weight: number | null;
  waiting_reason: string | null;
  roster_source_id: number;
  members: string;
  roster_created_at: number;
}

const BATCH = 100;

/** Computes and stores the link of every row. @throws Error when the decision of a row is missing */
export function chainFirstRows(tx: Writing): void {
  let chain: Buffer = Buffer.alloc(32);
  let decision_id = 0;
  for (let last = 0; ; ) {
    const rows = tx.all<Row>(
      'SELECT revision, at, actor, kind, contact_id, operator_id, source_id, data FROM journal WHERE revision > ? ORDER BY revision LIMIT ?',
      last,
      BATCH,
    );
    for (const { revision, at, actor, kind, contact_id, operator_id, source_id, data } of rows) {
      let decision: unknown[] | null = null;
      if (kind === 'contact_assigned' || kind === 'contact_waiting') {
        const d = decisionAfter(tx, decision_id);
        if (!d) throw new Error(`the decision of revision ${revision} is missing`);
        decision_id = d.id;
        const roster = hash('sha256', JSON.stringify([d.roster_source_id, d.members, d.roster_created_at]), 'base64');
        const loads = d.loads.toString('base64');
        decision = [d.id, d.contact_id, d.at, d.kind, d.roster_id, roster, loads, d.sum, d.r, d.operator_id, d.weight, d.waiting_reason];
      }
      const text = JSON.stringify([chain.toString('base64'), revision, at, actor, kind, contact_id, operator_id, source_id, data, decision]);
      chain = Buffer.from(hash('sha256', text, 'hex'), 'hex');
      tx.run('UPDATE journal SET chain = ? WHERE revision = ?', chain, revision);
      last = revision;
    }
    if (rows.length < BATCH) return;
  }
}

const decisionAfter = (tx: Writing, id: number): DecisionRow | undefined =>
  tx.get(
    `SELECT d.*, r.source_id AS roster_source_id, r.members, r.created_at AS roster_created_at
     FROM decisions d JOIN rosters r ON r.id = d.roster_id WHERE d.id > ? ORDER BY d.id LIMIT 1`,
    id,
  );
