/**
 * The hash chain of the journal: each row stores SHA-256 over the previous link, its own fields and, where it records a
 * decision, the decision's fields and its roster. SQLite has no page checksums: without the chain, a flipped byte
 * in a row or a missing row would go unnoticed.
 *
 * chain(n) = SHA-256 of the JSON text of [chain(n-1) in base64, the journal row's fields, the decision's fields or null]; chain(0) is 32 zeros.
 */
import { hash } from 'node:crypto';
import type { Reading } from '#store/sqlite/handles.ts';
import { UNSEEN } from '#store/sqlite/unseen.ts';

/** A point in a database's history: a revision and the journal's chain there, in hex (null in databases from before the chain). */
export interface Point {
  readonly revision: number;
  readonly chain: string | null;
}

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

/** The fields of a decision that the chain covers; `loads` and the roster's digest are base64. */
export type ChainedDecision = readonly [
  id: number,
  contact_id: number,
  at: number,
  kind: string,
  roster_id: number,
  roster: string,
  loads: string,
  sum: number,
  r: number | null,
  operator_id: number | null,
  weight: number | null,
  waiting_reason: string | null,
  /** absent where all of it is null: under the default rule, with nobody barred */
  ...arranged: [] | [arranged: Arranged],
];

/** What a decision under another rule than the default has beside; `keys` is base64. */
export type Arranged = readonly [rule_id: number | null, keys: string | null, barred: string | null, next_at: number | null, ...more: More];

/** Absent where all of it is null, as are the cost and the cause. */
type More = [] | [owner_id: number | null, turn: string | null, ...cost: [] | [cost: number] | [cost: number | null, cause: string]];

/** The last fields of `Arranged`. */
export function moreOf({ owner_id, turn, cost, cause }: Pick<DecisionAndRoster, 'owner_id' | 'turn' | 'cost' | 'cause'>): More {
  if (cause !== null) return [owner_id, turn, cost, cause];
  if (cost !== null) return [owner_id, turn, cost];
  return owner_id === null && turn === null ? [] : [owner_id, turn];
}

export const CHAIN_START: Buffer = Buffer.alloc(32);

/** The next link of the chain, 32 bytes: SHA-256 over the previous link, a journal row and the decision that the row records. */
export function nextLink(previous: Buffer, row: JournalRow, decision: ChainedDecision | null): Buffer {
  const { revision, at, actor, kind, contact_id, operator_id, source_id, data } = row;
  const text = JSON.stringify([previous.toString('base64'), revision, at, actor, kind, contact_id, operator_id, source_id, data, decision]);
  return Buffer.from(hash('sha256', text, 'hex'), 'hex'); // from Node's buffer pool: `hash` allocates each of its own buffers separately, which takes longer than hashing
}

/** SHA-256 of a roster's content, in base64. The chain covers rosters by this digest. */
export function digestOfRoster(source_id: number, members: string, created_at: number): string {
  return hash('sha256', JSON.stringify([source_id, members, created_at]), 'base64');
}

/** The chain at a revision; null when there is no such row. */
export function chainAt(db: Reading, revision: number): Buffer | null {
  if (revision === 0) return CHAIN_START;
  return db.get<{ chain: Buffer | null }>('SELECT chain FROM journal WHERE revision = ?', revision)?.chain ?? null;
}

/** The last verified revision with its chain, or the first revision where the chain is broken. */
export type ChainVerdict =
  | { readonly ok: true; readonly revision: number; readonly chain: Buffer }
  | { readonly ok: false; readonly revision: number; readonly why: string };

/** Recomputes and compares the chain of all rows after a revision whose own chain is trusted. Reads every row: minutes for tens of millions. */
export function verifyChain(db: Reading, after: number): ChainVerdict {
  let chain = chainAt(db, after);
  if (chain === null) return { ok: false, revision: after, why: 'the journal row is missing' };
  let revision = after;
  const decisions = new Decisions(db, after);
  for (const { chain: kept, ...row } of journalAfter(db, after)) {
    if (row.revision !== revision + 1) return { ok: false, revision: revision + 1, why: 'the journal row is missing' };
    revision = row.revision;
    const decision = tellsOfDecision(row) ? decisions.next() : null;
    if (decision === undefined) return { ok: false, revision, why: 'the decision is missing' };
    chain = nextLink(chain, row, decision);
    if (!kept || !chain.equals(kept)) return { ok: false, revision, why: 'the journal row or its decision was changed' };
  }
  if (decisions.next()) return { ok: false, revision, why: 'there are decisions without a journal row' };
  return { ok: true, revision, chain };
}

/** Whether the row has a decision: of closed contacts those that a rule closed, which have data. Such rows and their decisions are in the same order. */
const tellsOfDecision = ({ kind, data }: JournalRow): boolean =>
  kind === 'contact_assigned' || kind === 'contact_waiting' || (kind === 'contact_closed' && data !== null);
/** The same in SQL. */
const TELLS_OF_DECISION = "(kind IN ('contact_assigned', 'contact_waiting') OR (kind = 'contact_closed' AND data IS NOT NULL))";

/** Small batches are freed early and keep V8's heap small; batches of a thousand rows grow it by 50 MB. */
const BATCH = 100;

function* journalAfter(db: Reading, after: number): Generator<JournalRow & { chain: Buffer | null }> {
  for (let last = after; ; ) {
    const rows = db.all<JournalRow & { chain: Buffer | null }>(
      `SELECT revision, at, actor, kind, contact_id, operator_id, source_id, data, chain FROM journal WHERE revision > ? ORDER BY revision LIMIT ${UNSEEN}`,
      last,
      BATCH,
    );
    yield* rows;
    if (rows.length < BATCH) return;
    last = rows.at(-1)?.revision ?? last;
  }
}

interface DecisionAndRoster {
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
  rule_id: number | null;
  keys: Buffer | null;
  barred: string | null;
  next_at: number | null;
  owner_id: number | null;
  turn: string | null;
  cost: number | null;
  cause: string | null;
}

/** Columns that a backup of an earlier version may not have. */
const LATER = ['rule_id', 'keys', 'barred', 'next_at', 'owner_id', 'turn', 'cost', 'cause'];

/** Iterates over the decisions that the journal rows after a revision record. */
class Decisions {
  readonly #db: Reading;
  readonly #rosters = new Map<number, string>();
  readonly #rows: Iterator<DecisionAndRoster, undefined>;

  constructor(db: Reading, after: number) {
    this.#db = db;
    this.#rows = this.#after(after);
  }

  next(): ChainedDecision | undefined {
    const d = this.#rows.next().value;
    if (!d) return undefined;
    const loads = d.loads.toString('base64');
    const { rule_id, keys, barred, next_at } = d;
    const more = moreOf(d);
    const isPlain = rule_id === null && keys === null && barred === null && next_at === null && more.length === 0;
    const arranged: [] | [Arranged] = isPlain ? [] : [[rule_id, keys?.toString('base64') ?? null, barred, next_at, ...more]];
    return [
      d.id,
      d.contact_id,
      d.at,
      d.kind,
      d.roster_id,
      this.#roster(d.roster_id),
      loads,
      d.sum,
      d.r,
      d.operator_id,
      d.weight,
      d.waiting_reason,
      ...arranged,
    ];
  }

  *#after(after: number): Generator<DecisionAndRoster, undefined> {
    const has = new Set(this.#db.all<{ name: string }>("SELECT name FROM pragma_table_info('decisions')").map(({ name }) => name));
    const arranged = LATER.map((column) => (has.has(column) ? column : `NULL AS ${column}`)).join();
    let last = after === 0 ? 0 : this.#lastBefore(after);
    for (;;) {
      const rows = this.#db.all<DecisionAndRoster>(
        `SELECT id, contact_id, at, kind, roster_id, loads, sum, r, operator_id, weight, waiting_reason, ${arranged} FROM decisions WHERE id > ? ORDER BY id LIMIT ${UNSEEN}`,
        last,
        BATCH,
      );
      yield* rows;
      if (rows.length < BATCH) return;
      last = rows.at(-1)?.id ?? last;
    }
  }

  /** Id of the last decision before a revision. Counted from the end, since journal rows do not name their decision. */
  #lastBefore(after: number): number {
    const sql = `SELECT COUNT(*) AS n FROM journal WHERE revision > ? AND ${TELLS_OF_DECISION}`;
    const told = this.#db.get<{ n: number }>(sql, after)?.n ?? 0;
    return this.#db.get<{ id: number }>('SELECT id FROM decisions ORDER BY id DESC LIMIT 1 OFFSET ?', told)?.id ?? 0;
  }

  #roster(id: number): string {
    let digest = this.#rosters.get(id);
    if (digest === undefined) {
      const row = this.#db.get<{ source_id: number; members: string; created_at: number }>(
        'SELECT source_id, members, created_at FROM rosters WHERE id = ?',
        id,
      );
      digest = row ? digestOfRoster(row.source_id, row.members, row.created_at) : 'missing';
      this.#rosters.set(id, digest);
    }
    return digest;
  }
}
