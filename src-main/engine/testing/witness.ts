/**
 * Watches an engine and checks every change, and the rows behind it, against the rules of section 3 of the contract.
 * Violations are collected in `violations`, one sentence each.
 */
import { isDeepStrictEqual } from 'node:util';
import { type Board, candidates } from '#shared/board.ts';
import { identifierKinds, isByRule } from '#shared/contract/entities.ts';
import { decodeRun, EncodedRun } from '#shared/contract/runs.ts';
import { arrange } from '#shared/distribution/arrange.ts';
import { ownerWhoTakes, replay, undrawn } from '#shared/distribution/choose.ts';
import { defaultRule } from '#shared/distribution/rule.ts';
import { type Candidate, canBeTaken, passedOver } from '#shared/distribution/table.ts';
import { advance, type Change } from '#shared/effects/effects.ts';
import { boundariesBetween, presenceAt } from '#shared/schedule.ts';
import { loadBoard } from '#store/tables/board.ts';
import type { ContactClass } from '#store/tables/contact-classes.ts';
import { DECISIONS, type DecisionRow, tableOf } from '#store/tables/decisions.ts';
import { IN_ORDER } from '#store/tables/leads.ts';
import type { Desk } from './desk.ts';

/** A value as a console receives it. */
const overTheWire = <T>(value: T): T => JSON.parse(JSON.stringify(value)) as T; // values must be representable in JSON

interface Past {
  holder: number | null;
  readonly had: Set<number>;
  readonly let_go: Set<number>;
  /** who was the last to let it go, by not accepting or by declining it */
  last: { readonly operator_id: number; readonly at: number } | null;
}

/** Where a contact stands in the queue. */
interface Place {
  readonly id: number;
  readonly waited: number;
  readonly target: number;
  readonly urgency: number;
  readonly share: number;
}

const isAhead = (a: Place, b: Place): boolean =>
  a.target === b.target && a.urgency === b.urgency ? a.id < b.id : a.share > b.share || (a.share === b.share && a.id < b.id);

export class Witness {
  readonly violations: string[] = [];
  readonly #desk: Desk;
  /** a console that follows every announcement, change by change */
  #board: Board;
  /** a console that was opened early and catches up in batches */
  #late: Board;
  #pending: Change[] = [];
  /** waiting contacts by id, according to the changes; the board shows only the head of the queue */
  readonly #waiting = new Map<number, { readonly source_id: number; readonly created_at: number }>();
  /** who holds and who had each contact, and who let it go */
  readonly #pasts = new Map<number, Past>();
  /** whether contacts got another owner within the present group: only the rows show which, as they are after it */
  #isReowned = false;
  #saved: { readonly board: Board; readonly now: number; readonly savings: ReadonlyMap<number, Place> } | null = null;
  /** time of the latest change */
  #now = 0;
  #decisionsChecked = 0;

  constructor(desk: Desk) {
    this.#desk = desk;
    this.#board = overTheWire(desk.engine.board());
    this.#late = this.#board;
    this.#startAnew();
    desk.engine.watch((changes) => {
      if (changes.length === 0) this.#startAnew();
      this.#isReowned = changes.some(({ kind }) => kind === 'lead_pinned');
      for (const change of decodeRun(new EncodedRun(changes).toJSON())) this.#see(change);
    });
  }

  /** Reloads, as a console does when it is told that the board was reloaded. */
  #startAnew(): void {
    this.#board = overTheWire(this.#desk.engine.board());
    this.#late = this.#board;
    this.#pending = [];
    this.#waiting.clear();
    for (const { id, source_id, created_at } of this.#desk.rows<{ id: number; source_id: number; created_at: number }>(
      "SELECT id, source_id, created_at FROM contacts WHERE status = 'waiting' ORDER BY id",
    ))
      this.#waiting.set(id, { source_id, created_at });
    this.#pasts.clear();
    for (const { contact_id, operator_id, kind } of this.#desk.rows<Pick<DecisionRow, 'contact_id' | 'operator_id' | 'kind'>>(
      'SELECT contact_id, operator_id, kind FROM decisions ORDER BY id',
    ))
      if (kind === 'closed_by_rule') this.#close(contact_id);
      else this.#moveTo(contact_id, operator_id);
    this.#now = this.#desk.now;
  }

  /** The late console applies everything announced since. */
  catchUp(): void {
    this.#late = advance(this.#late, this.#pending);
    this.#pending = [];
  }

  /** Compares boards and rows in their present state, between two commands. */
  inspect(): void {
    const { engine } = this.#desk;
    const board = engine.board();
    this.#same('the host board', board, loadBoard(engine.read.store.reading));
    this.#same('the board of a console', this.#board, board);
    if (this.#pending.length === 0) this.#same('the board of a late console', this.#late, board);
    for (const id of this.#waiting.keys())
      if (this.#canBeTaken(board, id) && !this.#isBehindTheFuture(id)) this.#broken(`contact ${id} waits at revision ${board.revision} and could be taken`);
    for (const [what, sql] of Object.entries(MUST_BE_EMPTY)) {
      const rows = this.#desk.rows(sql);
      if (rows.length > 0) this.#broken(`${what}: ${JSON.stringify(rows)}`);
    }
    this.#replay();
  }

  #see(change: Change): void {
    const before = this.#board;
    this.#now = change.at;
    switch (change.kind) {
      case 'contact_assigned': {
        const { kind, contact_id, source_id, operator_id } = change.decision;
        const taker = before.operators[operator_id];
        if (!taker || taker.load + (this.#classOf(contact_id).cost ?? 1) > taker.max_load || taker.is_archived)
          this.#broken(`contact ${contact_id} was given to operator ${operator_id}, who had no free slot`);
        const isNew = change.from === 'intake';
        const byRule = kind !== 'manual' && !this.#isReowned;
        if (byRule) {
          const { table, owner_id } = isNew ? this.#arranged(before, contact_id, source_id, change.at, undefined) : this.#arrangedFor(before, contact_id);
          const candidate = table.find((one) => one.operator_id === operator_id);
          const why = candidate ? passedOver(candidate) : 'inactive';
          if (why !== null && !(kind === 'owner' && why === 'line_closed'))
            this.#broken(`contact ${contact_id} was drawn to operator ${operator_id}, who was not eligible`);
          const owner = table.find((one) => one.operator_id === owner_id);
          const ownerTakes = owner !== undefined && [null, 'line_closed'].includes(passedOver(owner));
          if (ownerTakes !== (kind === 'owner') || (ownerTakes && operator_id !== owner_id))
            this.#broken(`contact ${contact_id} went to operator ${operator_id}, and its own is ${owner_id}`);
        }
        if (byRule && isNew)
          for (const id of this.#waiting.keys())
            if (this.#tableOf(before, id).some((one) => one.operator_id === operator_id && passedOver(one) === null) && !this.#isBehindTheFuture(id))
              this.#broken(`contact ${contact_id} overtook contact ${id}, which waits`);
        if (byRule && !isNew && !this.#isBehindTheFuture(contact_id)) {
          const next = this.#nextOf(
            before,
            [...this.#waiting.keys()].filter((id) => this.#canBeTaken(before, id) && !this.#isBehindTheFuture(id)),
          );
          if (next !== null && next !== contact_id) this.#broken(`contact ${contact_id} was taken out of the queue before contact ${next}`);
        }
        this.#waiting.delete(contact_id);
        this.#moveTo(contact_id, operator_id);
        break;
      }
      case 'contact_waiting':
        this.#waiting.set(change.decision.contact_id, { source_id: change.decision.source_id, created_at: change.created_at });
        this.#moveTo(change.decision.contact_id, null, change.decision.kind === 'returned');
        break;
      case 'contact_closed':
        this.#waiting.delete(change.contact_id);
        this.#close(change.contact_id);
        break;
      default:
    }
    this.#board = advance(before, [change]); // throws at a gap
    this.#pending.push(change);
  }

  /** Replays every decision since the last inspection from its stored evidence. */
  #replay(): void {
    const fresh = this.#desk.rows<DecisionRow>(`${DECISIONS} WHERE d.id > ? ORDER BY d.id`, this.#decisionsChecked);
    for (const row of fresh) {
      this.#decisionsChecked = row.id;
      const table = tableOf(row);
      const { sum } = undrawn(table);
      if (row.sum !== sum) this.#broken(`decision ${row.id} says the sum is ${row.sum}, its table says ${sum}`);
      if (!isByRule(row.kind)) continue;
      const again = replay(table, row, row.owner_id);
      if (again !== row.operator_id) this.#broken(`decision ${row.id} chose operator ${row.operator_id}, its replay chooses ${again}`);
      if (row.r === null && row.sum > 0 && row.keys === null && row.kind !== 'owner') this.#broken(`decision ${row.id} drew nobody from a table with somebody`);
    }
  }

  #same(what: string, actual: Board, expected: Board): void {
    if (isDeepStrictEqual(actual, expected)) return;
    const parts = (Object.keys(expected) as (keyof Board)[]).filter((key) => !isDeepStrictEqual(actual[key], expected[key]));
    this.#broken(`${what} differs at revision ${expected.revision} in ${parts.map((key) => `${key}: ${difference(actual[key], expected[key])}`).join('; ')}`);
  }

  /** Its holder has not let it go: when it is opened again, that one may have it. */
  #close(contact_id: number): void {
    const past = this.#pasts.get(contact_id);
    if (past) past.holder = null;
  }

  #moveTo(contact_id: number, operator_id: number | null, isRefused = false): void {
    const past = this.#pasts.get(contact_id) ?? { holder: null, had: new Set(), let_go: new Set(), last: null };
    if (operator_id !== null) past.had.add(operator_id);
    else if (past.holder !== null) {
      past.let_go.add(past.holder);
      past.last = isRefused ? { operator_id: past.holder, at: this.#now } : null;
    }
    past.holder = operator_id;
    this.#pasts.set(contact_id, past);
  }

  /**
   * Whether an older contact of its source seems to have come later, because the clock was set back between them: what opens with time opens for that
   * one later, and the younger one waits behind it.
   */
  #isBehindTheFuture(contact_id: number): boolean {
    const contact = this.#waiting.get(contact_id);
    if (!contact) return false;
    for (const [id, other] of this.#waiting) if (id < contact_id && other.source_id === contact.source_id && other.created_at > contact.created_at) return true;
    return false;
  }

  /** The table of a waiting contact. */
  #tableOf(board: Board, contact_id: number): readonly Candidate[] {
    return this.#arrangedFor(board, contact_id).table;
  }

  #canBeTaken(board: Board, contact_id: number): boolean {
    const { table, owner_id } = this.#arrangedFor(board, contact_id);
    return canBeTaken(table) || ownerWhoTakes(table, owner_id) !== undefined;
  }

  #arrangedFor(board: Board, contact_id: number): { table: readonly Candidate[]; owner_id: number | null } {
    const contact = this.#waiting.get(contact_id);
    return contact ? this.#arranged(board, contact_id, contact.source_id, contact.created_at, this.#pasts.get(contact_id)) : { table: [], owner_id: null };
  }

  #arranged(
    board: Board,
    contact_id: number,
    source_id: number,
    created_at: number,
    past: Past | undefined,
    savings: ReadonlyMap<number, Place> = this.#savings(board),
  ) {
    const rule = board.rules[source_id] ?? defaultRule;
    const its = this.#classOf(contact_id);
    const asked = rule.needs.flatMap((attribute) =>
      its.needs && Object.hasOwn(its.needs, attribute) ? [`${attribute}:${its.needs[attribute]}`.toLowerCase()] : [],
    );
    const has = (operator_id: number) => asked.every((tag) => (board.operators[operator_id]?.tags ?? []).some((one) => one.toLowerCase() === tag));
    const owner_id = rule.owner.mode === 'off' || its.owner_id === undefined || past?.let_go.has(its.owner_id) ? null : its.owner_id;
    const facts = {
      created_at: this.#countsFrom(board, source_id, created_at),
      closed: this.#isClosed(board, source_id) ? { opens_at: null } : null,
      past: past && past.let_go.size > 0 ? { had: past.had, let_go: past.let_go, last: past.last } : null,
      fits: asked.length > 0 ? has : null,
      owner_id,
      cost: its.cost ?? 1,
    };
    const own = this.#place(board, contact_id);
    const saved = new Map<number, null>();
    for (const [operator_id, other] of savings) if (other.id !== contact_id && isAhead(other, own)) saved.set(operator_id, null);
    return { table: arrange(candidates(board, source_id), rule, { ...facts, ...(saved.size > 0 && { saved }) }, this.#now), owner_id };
  }

  #hours(board: Board, source_id: number) {
    const schedule = board.schedules[board.rules[source_id]?.schedule_id ?? 0];
    return schedule ? { schedule } : null;
  }

  #isClosed(board: Board, source_id: number): boolean {
    const hours = this.#hours(board, source_id);
    return hours !== null && presenceAt(hours, this.#now).phase !== 'work';
  }

  /** The moment of its coming, later by the time for which its source was closed. */
  #countsFrom(board: Board, source_id: number, created_at: number): number {
    const hours = this.#hours(board, source_id);
    if (!hours || created_at >= this.#now) return created_at;
    let [at, closed, isOpen] = [created_at, 0, presenceAt(hours, created_at).phase === 'work'];
    for (const next of [...boundariesBetween(hours, created_at, this.#now), { at: this.#now, phase: 'off' as const }]) {
      if (!isOpen) closed += next.at - at;
      [at, isOpen] = [next.at, next.phase === 'work'];
    }
    return created_at + closed;
  }

  /** Where a contact stands among those that wait; one that is new stands behind all. */
  #place(board: Board, id: number): Place {
    const contact = this.#waiting.get(id);
    if (!contact) return { id: Number.POSITIVE_INFINITY, waited: 0, target: 0, urgency: 0, share: 0 };
    const rule = board.rules[contact.source_id] ?? defaultRule;
    const target = this.#classOf(id).target_seconds ?? rule.target_seconds ?? board.settings.service_level_seconds;
    const waited = Math.max(0, this.#now - this.#countsFrom(board, contact.source_id, contact.created_at));
    return { id, waited, target, urgency: rule.urgency, share: (waited * rule.urgency) / target };
  }

  /** By operator: the contact for which the operator is saved. */
  #savings(board: Board): ReadonlyMap<number, Place> {
    if (this.#saved?.board === board && this.#saved.now === this.#now) return this.#saved.savings;
    const savings = new Map<number, Place>();
    this.#saved = { board, now: this.#now, savings };
    const firsts = new Map<number, Place>();
    for (const [id, { source_id }] of this.#waiting) {
      const [place, first] = [this.#place(board, id), firsts.get(source_id)];
      if (!first || isAhead(place, first)) firsts.set(source_id, place);
    }
    for (const place of [...firsts.values()].toSorted((a, b) => (isAhead(a, b) ? -1 : 1))) {
      const { source_id = 0, created_at = 0 } = this.#waiting.get(place.id) ?? {};
      if ((this.#classOf(place.id).cost ?? 1) === 1 || place.waited <= 1000 * place.target) continue;
      const { table, owner_id } = this.#arranged(board, place.id, source_id, created_at, this.#pasts.get(place.id), savings);
      if (canBeTaken(table) || ownerWhoTakes(table, owner_id)) continue;
      const room = table
        .filter((one) => passedOver(one) === 'full' && one.barred === undefined && one.max_load >= (one.cost ?? 1))
        .map(({ operator_id, max_load, load }) => ({ operator_id, free: max_load - load }))
        .toSorted((a, b) => b.free - a.free || a.operator_id - b.operator_id);
      if (room[0]) savings.set(room[0].operator_id, place);
    }
    return savings;
  }

  #classOf(contact_id: number): ContactClass {
    const [row] = this.#desk.rows<{ content: string }>(
      'SELECT k.content FROM contacts c JOIN contact_classes k ON k.id = c.class_id WHERE c.id = ?',
      contact_id,
    );
    return row ? (JSON.parse(row.content) as ContactClass) : {};
  }

  /**
   * Of these waiting contacts the one that has waited the largest share of its target; of several the oldest. Where all have the same target, the oldest.
   * Null: the clock was set back between two of them, so that shares say nothing.
   */
  #nextOf(board: Board, ids: readonly number[]): number | null | undefined {
    const all = ids
      .toSorted((a, b) => a - b)
      .map((id) => {
        const { source_id = 0, created_at = 0 } = this.#waiting.get(id) ?? {};
        const rule = board.rules[source_id] ?? defaultRule;
        const target = this.#classOf(id).target_seconds ?? rule.target_seconds ?? board.settings.service_level_seconds;
        return {
          id,
          created_at,
          target,
          urgency: rule.urgency,
          share: (Math.max(0, this.#now - this.#countsFrom(board, source_id, created_at)) * rule.urgency) / target,
        };
      });
    const [first] = all;
    if (all.every(({ target, urgency }) => target === first?.target && urgency === first?.urgency)) return first?.id;
    if (all.some(({ created_at }, i) => created_at < (all[i - 1]?.created_at ?? 0) || created_at > this.#now)) return null;
    return all.toSorted((a, b) => b.share - a.share || a.id - b.id)[0]?.id;
  }

  #broken(sentence: string): void {
    this.violations.push(sentence);
  }
}

/** Describes the entries that only one of the two has. */
function difference(actual: unknown, expected: unknown): string {
  if (typeof actual !== 'object' || typeof expected !== 'object') return `${String(actual)} instead of ${String(expected)}`;
  const entries = (of: object | null) => Object.entries(of ?? {}).map(([key, value]) => `${Array.isArray(of) ? '' : `${key}: `}${JSON.stringify(value)}`);
  const [has, should] = [entries(actual), entries(expected)];
  return `{ ${has.filter((one) => !should.includes(one)).join(', ')} } instead of { ${should.filter((one) => !has.includes(one)).join(', ')} }`;
}

const PARTS = '(SELECT id FROM leads part WHERE part.id = l.id OR part.part_of = l.id)';

const LOAD = "TOTAL(CASE WHEN c.id IS NULL THEN 0 ELSE COALESCE(json_extract(k.content, '$.cost'), 1) END)";

const MUST_BE_EMPTY: Record<string, string> = {
  'a contact is to be accepted and has no deadline, or another': `SELECT id FROM contacts c WHERE status = 'assigned' AND accept_by IS NOT NULL AND accepted_at IS NULL
     AND NOT EXISTS (SELECT 1 FROM deadlines d WHERE d.kind = 'accept' AND d.subject_id = c.id AND d.due_at = c.accept_by
       AND d.decision_id = (SELECT MAX(id) FROM decisions WHERE contact_id = c.id))`,
  'a deadline for accepting has no contact that is to be accepted': `SELECT id FROM deadlines d WHERE kind = 'accept' AND NOT EXISTS
     (SELECT 1 FROM contacts c WHERE c.id = d.subject_id AND status = 'assigned' AND accept_by IS NOT NULL AND accepted_at IS NULL)`,
  'a contact whose source closes contacts has no deadline for it, or one that does not has one': `SELECT c.id FROM contacts c
     LEFT JOIN rules r ON r.source_id = c.source_id AND r.version = (SELECT MAX(version) FROM rules WHERE source_id = c.source_id)
     LEFT JOIN deadlines d ON d.kind = 'close' AND d.subject_id = c.id
     WHERE (c.status = 'assigned' AND json_extract(r.content, '$.close_after_seconds') IS NOT NULL) <> (d.id IS NOT NULL)
       OR (d.id IS NOT NULL AND d.decision_id <> (SELECT MAX(id) FROM decisions WHERE contact_id = c.id))`,
  'current_load is not the sum of the costs of assigned contacts': `SELECT o.id, o.current_load, ${LOAD} AS assigned FROM operators o
     LEFT JOIN contacts c ON c.operator_id = o.id AND c.status = 'assigned' LEFT JOIN contact_classes k ON k.id = c.class_id GROUP BY o.id HAVING o.current_load <> ${LOAD}`,
  'an identifier belongs to two leads': 'SELECT kind, value FROM lead_identifiers GROUP BY kind, value HAVING COUNT(*) > 1',
  'a merged lead still owns something': `SELECT id FROM leads l WHERE merged_into IS NOT NULL AND part_of IS NULL AND (EXISTS (SELECT 1 FROM lead_identifiers i WHERE i.lead_id = l.id)
     OR EXISTS (SELECT 1 FROM contacts c WHERE c.lead_id = l.id))`,
  'a lead owns nothing and was not erased': `SELECT id FROM leads l WHERE merged_into IS NULL AND NOT EXISTS (SELECT 1 FROM lead_identifiers i WHERE i.lead_id IN ${PARTS})
     AND NOT EXISTS (SELECT 1 FROM journal j WHERE j.kind = 'lead_erased' AND json_extract(j.data, '$.lead_id') = l.id)`,
  "a lead's operator is not the one of its latest assignment": `SELECT l.id, l.operator_id FROM leads l WHERE merged_into IS NULL AND operator_id IS NOT
     (SELECT d.operator_id FROM decisions d JOIN contacts c ON c.id = d.contact_id WHERE c.lead_id IN ${PARTS} AND d.operator_id IS NOT NULL ORDER BY d.id DESC LIMIT 1)`,
  'a lead does not know its latest assignment': `SELECT l.id FROM leads l WHERE merged_into IS NULL AND assigned_by IS NOT
     (SELECT MAX(d.id) FROM decisions d JOIN contacts c ON c.id = d.contact_id WHERE c.lead_id IN ${PARTS} AND d.operator_id IS NOT NULL)`,
  'a lead does not show its first identifiers': `SELECT l.id FROM leads l WHERE part_of IS NULL AND NOT EXISTS (SELECT 1 FROM leads part WHERE part.part_of = l.id) AND (${identifierKinds
    .map(
      (kind) =>
        `${kind} IS NOT (SELECT value FROM leads p JOIN lead_identifiers i ON i.lead_id = p.id WHERE p.id IN ${PARTS} AND kind = '${kind}' ORDER BY ${IN_ORDER} LIMIT 1)`,
    )
    .join(' OR ')})`,
  'a lead is a part of one that is a part itself':
    'SELECT p.id FROM leads p JOIN leads l ON l.id = p.part_of WHERE l.part_of IS NOT NULL OR p.merged_into IS NULL',
  'the journal has a gap': 'SELECT COUNT(*) AS rows, MIN(revision), MAX(revision) FROM journal HAVING COUNT(*) <> MAX(revision) OR MIN(revision) <> 1',
  'a contact is not where its latest decision put it': `SELECT c.id FROM contacts c WHERE c.status <> 'closed' AND c.operator_id IS NOT
     (SELECT operator_id FROM decisions d WHERE d.contact_id = c.id ORDER BY d.id DESC LIMIT 1)`,
  'an archived operator has competences or contacts': `SELECT id FROM operators o WHERE archived_at IS NOT NULL AND (current_load > 0
     OR EXISTS (SELECT 1 FROM competences c WHERE c.operator_id = o.id))`,
};
