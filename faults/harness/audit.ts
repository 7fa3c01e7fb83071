/**
 * Compares a database with the ledger of what was acknowledged and with the rules, using its own queries and its own pass over the journal. It uses none
 * of the program's code except the arithmetic of the chain and of a draw.
 */
import Database from 'better-sqlite3';
import { replay } from '#shared/distribution/choose.ts';
import { verifyChain } from '#store/journal/chain.ts';
import { handlesOf } from '#store/sqlite/handles.ts';
import { type DecisionRow, tableOf } from '#store/tables/decisions.ts';
import type { Entry, Ledger } from './traffic.ts';

/** Counts that must be zero, with a description of the first few violations. */
export interface Audit {
  readonly acknowledged: number;
  readonly contacts: number;
  readonly revisions: number;
  readonly broken: Readonly<Record<string, number>>;
  readonly words: readonly string[];
}

export const isSound = ({ broken }: Audit): boolean => Object.values(broken).every((n) => n === 0);

export function sumUp(audit: Audit): string {
  const broken = Object.entries(audit.broken).filter(([, n]) => n > 0);
  const counts = `${audit.acknowledged} acknowledged, ${audit.contacts} contacts, ${audit.revisions} revisions`;
  return broken.length === 0 ? `${counts}: no violation` : `${counts}: ${broken.map(([what, n]) => `${what} ${n}`).join(', ')}`;
}

/** @param file database of a host that is not running */
export function audit(file: string, ledger: Ledger): Audit {
  const db = new Database(file);
  try {
    return examine(db, ledger);
  } finally {
    db.close();
  }
}

function examine(db: Database.Database, ledger: Ledger): Audit {
  const words: string[] = [];
  const broken: Record<string, number> = {};
  const found = (what: string, cases: readonly unknown[]) => {
    broken[what] = cases.length;
    for (const one of cases.slice(0, 3)) words.push(`${what}: ${typeof one === 'string' ? one : JSON.stringify(one)}`);
  };
  const acked = ledger.entries.filter(({ ackedAt }) => ackedAt !== null);
  const rows = new Map(
    db
      .prepare<[], { id: number; source_id: number; message: string; status: string }>('SELECT id, source_id, message, status FROM contacts')
      .all()
      .map((row) => [row.id, row]),
  );
  found(
    'lost',
    acked.filter(({ ids, key, source_id }) => ![...ids].every((id) => rows.get(id)?.message === key && rows.get(id)?.source_id === source_id)),
  );
  found('doubled', [
    ...db.prepare('SELECT message, COUNT(*) AS times FROM contacts GROUP BY message HAVING times > 1').all(),
    ...acked.filter(({ ids }) => ids.size > 1),
  ]);
  found(
    'closes lost',
    acked.filter(({ ids, closeAcked }) => closeAcked && [...ids].some((id) => rows.get(id)?.status !== 'closed')),
  );
  found('strange answers', ledger.strange);
  found('over capacity', overCapacity(db));
  for (const [what, sql] of Object.entries(MUST_BE_EMPTY)) found(what, db.prepare(sql).all());
  found('replays', wrongDraws(db));
  found('order', outOfOrder(db, acked));
  found(
    'integrity',
    [...(db.pragma('integrity_check') as { integrity_check: string }[]), ...(db.pragma('foreign_key_check') as object[])].filter(
      (row) => !('integrity_check' in row && row.integrity_check === 'ok'),
    ),
  );
  const chain = verifyChain(handlesOf(db), 0);
  found('chain', chain.ok ? [] : [chain]);
  const { revisions } = db.prepare<[], { revisions: number }>('SELECT COUNT(*) AS revisions FROM journal').get() ?? { revisions: 0 };
  return { acknowledged: acked.length, contacts: rows.size, revisions, broken, words };
}

interface Told {
  revision: number;
  kind: string;
  contact_id: number | null;
  operator_id: number | null;
  data: string | null;
}

/** Replays the journal from the start and sums the costs of what each operator holds: no assignment may go to an operator at the limit of that time. */
function overCapacity(db: Database.Database): string[] {
  const cases: string[] = [];
  const limits = new Map<number, number>();
  const loads = new Map<number, number>();
  const holders = new Map<number, number>();
  const cost = db.prepare<[number], { cost: number | null }>(
    "SELECT json_extract(k.content, '$.cost') AS cost FROM contacts c JOIN contact_classes k ON k.id = c.class_id WHERE c.id = ?",
  );
  const costOf = (contact_id: number): number => cost.get(contact_id)?.cost ?? 1;
  const leave = (contact_id: number) => {
    const holder = holders.get(contact_id);
    if (holder === undefined) return;
    holders.delete(contact_id);
    loads.set(holder, (loads.get(holder) ?? 0) - costOf(contact_id));
  };
  for (const told of db.prepare<[], Told>('SELECT revision, kind, contact_id, operator_id, data FROM journal ORDER BY revision').iterate()) {
    const { revision, kind, contact_id, operator_id } = told;
    if (kind === 'operator_saved') {
      const row = db.prepare<[number], { max_load: number }>('SELECT max_load FROM operators WHERE id = ?').get(operator_id ?? 0);
      const { after } = JSON.parse(told.data ?? '{}') as { after?: { max_load: number } };
      if (operator_id !== null) limits.set(operator_id, after?.max_load ?? row?.max_load ?? 0);
    }
    if (contact_id === null) continue;
    if (['contact_assigned', 'contact_waiting', 'contact_closed'].includes(kind)) leave(contact_id);
    if (kind !== 'contact_assigned' || operator_id === null) continue;
    const load = loads.get(operator_id) ?? 0;
    const limit = limits.get(operator_id) ?? 0;
    const its = costOf(contact_id);
    if (load + its > limit) cases.push(`revision ${revision} gave contact ${contact_id} to operator ${operator_id}, who held ${load} of ${limit}`);
    loads.set(operator_id, load + its);
    holders.set(contact_id, operator_id);
  }
  return cases;
}

function wrongDraws(db: Database.Database): string[] {
  const rows = db.prepare<[], DecisionRow>(
    `SELECT d.id, d.contact_id, t.source_id, d.at, d.kind, t.members, d.loads, d.sum, d.r, d.operator_id, d.waiting_reason, d.keys, d.barred, d.owner_id
     FROM decisions d JOIN rosters t ON t.id = d.roster_id WHERE d.kind IN ('draw', 'drain', 'owner')`,
  );
  const cases: string[] = [];
  for (const row of rows.iterate()) {
    let again: number | null = null;
    try {
      const table = tableOf(row);
      again = replay(table, row, row.owner_id);
    } catch {
      // beyond its own table
    }
    if (again !== row.operator_id) cases.push(`decision ${row.id} chose operator ${row.operator_id}, its replay chooses ${again}`);
  }
  return cases;
}

/** A contact answered before another was sent must have the smaller revision: the commit order must be consistent with what the bots observed. */
function outOfOrder(db: Database.Database, acked: readonly Entry[]): string[] {
  const firsts = new Map<number, number>();
  for (const { contact_id, revision } of db
    .prepare<[], { contact_id: number; revision: number }>(
      "SELECT contact_id, MIN(revision) AS revision FROM journal WHERE kind IN ('contact_assigned', 'contact_waiting') GROUP BY contact_id",
    )
    .iterate())
    firsts.set(contact_id, revision);
  const revisionOf = ({ ids }: Entry) => Math.min(...[...ids].map((id) => firsts.get(id) ?? Number.POSITIVE_INFINITY));
  const bySent = acked.toSorted((a, b) => a.sentAt - b.sentAt);
  const byAcked = acked.toSorted((a, b) => (a.ackedAt ?? 0) - (b.ackedAt ?? 0));
  const cases: string[] = [];
  let latest = 0;
  let done = 0;
  for (const entry of bySent) {
    for (let next = byAcked[done]; next && (next.ackedAt ?? 0) < entry.sentAt; next = byAcked[done]) {
      const revision = revisionOf(next);
      if (Number.isFinite(revision)) latest = Math.max(latest, revision);
      done += 1;
    }
    const revision = revisionOf(entry);
    if (revision < latest) cases.push(`${entry.key} was sent after revision ${latest} was answered and has revision ${revision}`);
  }
  return cases;
}

const MUST_BE_EMPTY: Record<string, string> = {
  'load drift': `SELECT o.id, o.current_load, SUM(CASE WHEN c.id IS NULL THEN 0 ELSE COALESCE(json_extract(k.content, '$.cost'), 1) END) AS assigned FROM operators o
     LEFT JOIN contacts c ON c.operator_id = o.id AND c.status = 'assigned' LEFT JOIN contact_classes k ON k.id = c.class_id
     GROUP BY o.id HAVING o.current_load <> assigned`,
  'orphan leads': `SELECT id FROM leads l WHERE merged_into IS NULL AND NOT EXISTS (SELECT 1 FROM leads p WHERE p.part_of = l.id)
     AND (NOT EXISTS (SELECT 1 FROM lead_identifiers i WHERE i.lead_id = l.id) OR NOT EXISTS (SELECT 1 FROM contacts c WHERE c.lead_id = l.id))`,
  'shared identifiers': 'SELECT kind, value FROM lead_identifiers GROUP BY kind, value HAVING COUNT(*) > 1',
  'merged leads that own identifiers': `SELECT id FROM leads l WHERE merged_into IS NOT NULL AND part_of IS NULL AND (EXISTS (SELECT 1 FROM lead_identifiers i WHERE i.lead_id = l.id)
     OR EXISTS (SELECT 1 FROM contacts c WHERE c.lead_id = l.id))`,
  'revision gaps': 'SELECT COUNT(*) AS rows, MIN(revision), MAX(revision) FROM journal HAVING COUNT(*) <> MAX(revision) OR MIN(revision) <> 1',
  'waiting although an operator is free': `SELECT c.id FROM contacts c WHERE c.status = 'waiting' AND c.returned = 0 AND EXISTS (SELECT 1 FROM competences w JOIN operators o ON o.id = w.operator_id
     WHERE w.source_id = c.source_id AND w.weight > 0 AND o.is_active = 1 AND o.archived_at IS NULL AND o.current_load < o.max_load)`,
  misplaced: `SELECT c.id FROM contacts c WHERE c.status <> 'closed' AND c.operator_id IS NOT
     (SELECT operator_id FROM decisions d WHERE d.contact_id = c.id ORDER BY d.id DESC LIMIT 1)`,
};
