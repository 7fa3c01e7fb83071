/** Assigns or queues a contact and records the decision: the last step of every use case that places contacts. */

import { leadBrief, leadOf } from '#engine/views/present.ts';
import type { LeadBrief, RecentDecision } from '#shared/board.ts';
import type { DecisionKind, ReturnCause } from '#shared/contract/entities.ts';
import { costing } from '#shared/distribution/arrange.ts';
import { type Evidence, ownerWhoTakes, pick, undrawn } from '#shared/distribution/choose.ts';
import { type Candidate, nextMoment, waitingReason } from '#shared/distribution/table.ts';
import { shareOf, type Turn } from '#shared/distribution/turn.ts';
import type { From } from '#shared/effects/contacts.ts';
import { asksOf } from '#store/tables/contact-classes.ts';
import { type ContactRow, insertContact, type NewContact, setAssigned, setClosed, setWaiting } from '#store/tables/contacts.ts';
import type { DeadlineKind } from '#store/tables/deadlines.ts';
import { arrangementOf, insertDecision, type StoredTurn } from '#store/tables/decisions.ts';
import { type LatestAssignment, type LeadRow, setLatestAssignment } from '#store/tables/leads.ts';
import { freeSlots, takeSlots } from '#store/tables/operators.ts';
import { pastToShow } from '#store/tables/pasts.ts';
import { insertSetBack } from '#store/tables/periods.ts';
import { costOf, type Waits } from './contact-table.ts';
import type { Write } from './write.ts';

/** A decision about a contact, before anything is written. */
export interface Verdict {
  readonly kind: DecisionKind;
  readonly table: readonly Candidate[];
  readonly evidence: Evidence;
  readonly operator_id: number | null;
  /** the operator's weight, if there was a draw */
  readonly weight: number | null;
  /** the rule that chose; null: the default rule, or a person */
  readonly rule_id: number | null;
  /** the lead's own operator, where the rule asks for one */
  readonly owner_id: number | null;
  /** of a contact that is returned to the queue: why, and in whose words */
  readonly returned?: { readonly cause: ReturnCause; readonly note: string | null };
}

/** A contact that is about to be inserted. */
export const fresh = (write: Write, source_id: number, class_id: number | null): Waits => ({ id: 0, source_id, created_at: write.now, returned: 0, class_id });

/** Chooses an operator for a contact by the rule of its source; null when nobody can take it. */
export function drawVerdict(write: Write, contact: Waits, kind: 'draw' | 'drain'): Verdict {
  const { source_id } = contact;
  const { table: plain, owner_id } = write.arranged(contact);
  const rule_id = write.board.rules[source_id]?.id ?? null;
  const owner = ownerWhoTakes(plain, owner_id);
  if (owner) return { kind: 'owner', table: plain, evidence: undrawn(plain), operator_id: owner.operator_id, weight: null, rule_id, owner_id };
  const table = write.withKeys(source_id, plain);
  const { chosen, evidence } = pick(table, write.world.dice);
  return { kind, table, evidence, operator_id: chosen?.operator_id ?? null, weight: chosen?.weight ?? null, rule_id, owner_id };
}

/** Journal data of a contact that was moved as part of a step, used to undo the step. */
export interface FormerPlace {
  /** the previous operator; null: it was in the queue */
  readonly before: number | null;
  readonly decision_id: number;
}

function manualVerdict(write: Write, contact: Waits, from: number | null, operator_id: number | null): Verdict {
  const leaving = from === null ? null : { operator_id: from, isRefusing: false };
  const table = operator_id === null ? write.tableFor(contact, leaving) : costing(write.table(contact.source_id), costOf(write, contact.class_id));
  return { kind: 'manual', table, evidence: undrawn(table), operator_id, weight: null, rule_id: null, owner_id: null };
}

/** Records and announces the verdict on a contact that has already been placed. */
function announce(
  write: Write,
  verdict: Verdict,
  contact: Pick<Waits, 'id' | 'source_id' | 'created_at' | 'class_id'> & { readonly lead: LeadBrief },
  from: From,
  { ofStep = false, turn = null }: { readonly ofStep?: boolean; readonly turn?: string | null } = {},
): void {
  const { kind, table, evidence, operator_id, weight, rule_id, owner_id, returned } = verdict;
  const isWaiting = operator_id === null && kind !== 'closed_by_rule';
  const reason = isWaiting ? waitingReason(table) : null;
  // the plain table of the source has nothing to store beside
  const isPlain = rule_id === null && turn === null && !returned && table === write.table(contact.source_id);
  const row = insertDecision(write.tx, {
    contact_id: contact.id,
    at: write.now,
    kind,
    roster: write.roster(contact.source_id, table),
    table,
    evidence,
    operator_id,
    weight,
    waiting_reason: reason,
    arrangement: isPlain
      ? null
      : arrangementOf(table, { rule_id, next_at: isWaiting ? nextMoment(table) : null, owner_id, turn, cause: returned?.cause ?? null }),
    note: returned?.note ?? null,
  });
  if (operator_id !== null && (kind === 'draw' || kind === 'drain')) write.noteDraw(contact.source_id, table, operator_id);
  const decision: RecentDecision = {
    id: row[0],
    contact_id: contact.id,
    source_id: contact.source_id,
    at: write.now,
    kind,
    operator_id,
    waiting_reason: reason,
    weight,
    sum: weight === null ? null : evidence.sum,
    lead: contact.lead,
    ...(returned && { cause: returned.cause }),
  };
  const moved: FormerPlace | null = ofStep ? { before: typeof from === 'number' ? from : null, decision_id: decision.id } : null;
  const cost = costOf(write, contact.class_id);
  const costly = cost === 1 ? {} : { cost };
  if (kind === 'closed_by_rule') {
    write.emit({ kind: 'contact_closed', contact_id: contact.id, source_id: contact.source_id, from, decision, ...costly }, moved, row);
  } else if (operator_id === null) {
    const past = from !== 'intake' && from !== 'queue' ? { past: pastToShow(write.tx, contact.id) } : {};
    const its = { ...costly, ...asksOf(write.classOf(contact.class_id)), ...past };
    write.emit({ kind: 'contact_waiting', decision, from, created_at: contact.created_at, ...its }, moved, row);
  } else {
    const accept_by = acceptBy(write, contact.source_id);
    const mustAccept = accept_by === null ? {} : { accept_by };
    write.emit({ kind: 'contact_assigned', decision: { ...decision, operator_id }, from, day: write.day, ...costly, ...mustAccept }, moved, row);
    const set = (kind: DeadlineKind, due_at: number) => write.setDeadline({ kind, subject_id: contact.id, decision_id: decision.id, since: write.now, due_at });
    if (accept_by !== null) set('accept', accept_by);
    const closes_at = closesAt(write, contact.source_id);
    if (closes_at !== null) set('close', closes_at);
  }
}

/** Until when an operator must accept a contact that is assigned now; null: need not. */
function acceptBy({ board, now }: Write, source_id: number): number | null {
  const seconds = board.rules[source_id]?.accept_seconds ?? null;
  return seconds === null ? null : now + 1000 * seconds;
}

/** When a contact that gives a sign of life now is closed by the rule of its source; null: never. */
export function closesAt({ board, now }: Write, source_id: number): number | null {
  const seconds = board.rules[source_id]?.close_after_seconds ?? null;
  return seconds === null ? null : now + 1000 * seconds;
}

/** Notes that an assigned contact gave a sign of life. */
export function noteSign(write: Write, { id, source_id }: Pick<Waits, 'id' | 'source_id'>): void {
  const due_at = closesAt(write, source_id);
  if (due_at !== null) write.renewDeadline('close', id, { since: write.now, due_at });
}

/** The assignment made by the next decision, as stored with a lead. */
export function assignmentOf(write: Write, operator_source_id: number, operator_id: number): LatestAssignment {
  return { operator_id, operator_source_id, assigned_by: write.nextDecision };
}

function seize(write: Write, operator_id: number, class_id: number | null): void {
  const { tx, day, now: at, nextDecision: decision_id } = write;
  if (!takeSlots(tx, operator_id, costOf(write, class_id), { day, at, decision_id })) throw new Error(`operator ${operator_id} was chosen without a free slot`);
}

/** Assigns an existing contact, before the decision is recorded. */
function assign(write: Write, contact: Pick<Waits, 'id' | 'source_id' | 'class_id'>, lead_id: number, operator_id: number): void {
  seize(write, operator_id, contact.class_id);
  setAssigned(write.tx, contact.id, operator_id, write.now, acceptBy(write, contact.source_id));
  setLatestAssignment(write.tx, lead_id, assignmentOf(write, contact.source_id, operator_id));
}

/**
 * Inserts a new contact as assigned or waiting, according to its verdict. Returns the row.
 * @param lead already updated with this assignment (see `recognise`)
 */
export function placeNew(write: Write, verdict: Verdict, contact: NewContact, lead: LeadRow): ContactRow {
  const isClockSetBack = write.noteArrival();
  const { source_id } = contact;
  const row = insertContact(write.tx, contact, verdict.operator_id, write.now, verdict.operator_id === null ? null : acceptBy(write, source_id));
  if (isClockSetBack) insertSetBack(write.tx, row.id);
  if (verdict.operator_id !== null) seize(write, verdict.operator_id, row.class_id);
  announce(write, verdict, { ...row, lead: leadBrief(lead) }, 'intake');
  if (row.operator_id === null) write.noteWaiting(row);
  return row;
}

interface Placed extends Waits {
  readonly lead_id: number;
}

/**
 * Places a contact by a supervisor's decision: assigns it to this operator, who must have a free slot, or returns it to the queue.
 * @param ofStep the move is undone with the step that it is part of
 */
export function placeByHand(write: Write, contact: Placed, lead: LeadRow, from: 'queue' | number, to: number | null, ofStep: boolean): void {
  const verdict = manualVerdict(write, contact, from === 'queue' ? null : from, to);
  if (from !== 'queue') takeFrom(write, contact, from);
  if (to === null) setWaiting(write.tx, contact.id);
  else assign(write, contact, lead.id, to);
  announce(write, verdict, { ...contact, lead: leadBrief(lead) }, from, { ofStep });
}

/** Takes a contact from its operator, before it is placed elsewhere. */
function takeFrom(write: Write, { id, class_id }: Pick<Waits, 'id' | 'class_id'>, operator_id: number): void {
  freeSlots(write.tx, operator_id, costOf(write, class_id));
  write.clearDeadline('accept', id);
  write.clearDeadline('close', id);
}

/** Returns a contact to the queue that its operator does not take. @param ofStep as for `placeByHand` */
export function placeBack(write: Write, contact: Placed, from: number, returned: NonNullable<Verdict['returned']>, ofStep = false): void {
  const table = write.tableFor(contact, { operator_id: from, isRefusing: true });
  takeFrom(write, contact, from);
  setWaiting(write.tx, contact.id);
  const verdict: Verdict = { kind: 'returned', table, evidence: undrawn(table), operator_id: null, weight: null, rule_id: null, owner_id: null, returned };
  announce(write, verdict, { ...contact, lead: leadBrief(leadOf(write.tx, contact.lead_id)) }, from, { ofStep });
}

/** Closes a contact that its operator holds, by the rule of its source. It is a step of its own. */
export function placeClosed(write: Write, contact: Placed, from: number): void {
  const table = costing(write.table(contact.source_id), costOf(write, contact.class_id));
  const rule_id = write.board.rules[contact.source_id]?.id ?? null;
  takeFrom(write, contact, from);
  setClosed(write.tx, contact.id, write.now);
  const verdict: Verdict = { kind: 'closed_by_rule', table, evidence: undrawn(table), operator_id: null, weight: null, rule_id, owner_id: null };
  announce(write, verdict, { ...contact, lead: leadBrief(leadOf(write.tx, contact.lead_id)) }, from, { ofStep: true });
}

/** Opens a contact again that a rule closed: with this operator, who must have room, or waiting, with its old place in the queue. */
export function placeOpened(write: Write, contact: Placed, to: number | null): void {
  const lead = leadOf(write.tx, contact.lead_id);
  const verdict = manualVerdict(write, contact, null, to);
  if (to === null) setWaiting(write.tx, contact.id);
  else assign(write, contact, lead.id, to);
  announce(write, verdict, { ...contact, lead: leadBrief(lead) }, 'closed');
}

/** Shares with so many decimals are stored. */
const DECIMALS = 1000;
const rounded = (turn: Turn): number => Math.round(shareOf(turn) * DECIMALS) / DECIMALS;

/** What a decision stores of the turn; null: both contacts have the same target, so that the older one was next. */
function storedTurn(turn: Turn, next: Turn | null): string | null {
  if (next === null || (turn.target === next.target && turn.urgency === next.urgency)) return null;
  return JSON.stringify([rounded(turn), [next.id, rounded(next)]] satisfies StoredTurn);
}

/**
 * Chooses an operator for a waiting contact that can be assigned, and assigns it. Returns the operator's id.
 * @param order.next the contact that comes after it; null: none that needs explaining
 */
export function placeWaiting(write: Write, contact: Waits, lead: LeadBrief, { turn, next }: { readonly turn: Turn; readonly next: Turn | null }): number {
  const verdict = drawVerdict(write, contact, 'drain');
  if (verdict.operator_id === null) throw new Error(`contact ${contact.id} was to be drained to nobody`);
  assign(write, contact, lead.id, verdict.operator_id);
  announce(write, verdict, { ...contact, lead }, 'queue', { turn: storedTurn(turn, next) });
  return verdict.operator_id;
}
