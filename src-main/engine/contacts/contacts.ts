import { costOf, dueBy } from '#engine/core/contact-table.ts';
import { placeByHand } from '#engine/core/place.ts';
import { type Answer, sourceOf, type Write } from '#engine/core/write.ts';
import { type ContactContext, leadOf, presentContact } from '#engine/views/present.ts';
import type { BoardOperator } from '#shared/board.ts';
import type { ContactMove, ContactOutcome } from '#shared/contract/contacts.ts';
import type { AcceptInput, CloseInput, Contact } from '#shared/contract/entities.ts';
import { fail, notFound, notInUse, ok, type Result } from '#shared/contract/problems.ts';
import { hasRoom } from '#shared/distribution/table.ts';
import { type ContactRow, contactById, setClosed } from '#store/tables/contacts.ts';
import { forgetMisses, freeSlots } from '#store/tables/operators.ts';

/** The contact as seen within this write, for its caller. */
export function presentedContact(write: Write, id: number): Contact {
  const row = contactById(write.tx, id);
  if (!row) throw new Error(`contact ${id} was written but is missing`);
  return presentContact(row, leadOf(write.tx, row.lead_id), surroundings(write));
}

/** Context for presenting contacts within this write. The viewer is the source that acts, if any. */
export function surroundings(write: Write): ContactContext {
  return {
    db: write.tx,
    viewer: sourceOf(write.actor),
    operatorName: (operator_id) => write.board.operators[operator_id]?.name ?? '',
    tableFor: (contact) => write.tableFor(contact),
    dueBy: (contact) => dueBy(write, contact),
  };
}

/** What is said at closing, and who says it: without `operator_id`, whoever has the contact. */
export type Closing = CloseInput & AcceptInput;

/**
 * Closes a contact and frees the operator's slot for the queue. Closing twice changes nothing. Fails with `already_moved` when that operator no longer
 * holds it.
 */
export function closeContact(write: Write, id: number, closing: Closing = {}): Answer<Contact> {
  const closed = close(write, id, closing);
  return closed.ok ? () => ok(presentedContact(write, id)) : closed;
}

/**
 * Moves a contact to this operator, active or not, with or without a competence, but never above max_load;
 * null returns it to the queue, from which it may be drawn again at once.
 */
export function reassignContact(write: Write, id: number, operator_id: number | null): Answer<Contact> {
  const moved = move(write, { contact_id: id, operator_id }, false);
  return moved.ok ? () => ok(presentedContact(write, id)) : moved;
}

/**
 * Several moves in one step. A move that found no free slot is retried after later moves have freed one. Slots that remain free
 * go to the queue, as after a single move.
 */
export function moveContacts(write: Write, moves: readonly ContactMove[]): Answer<ContactOutcome[]> {
  const done = placeAll(write, moves, false);
  return () => ok(moves.map(({ contact_id }) => outcome(write, contact_id, done.get(contact_id))));
}

/**
 * Several moves, without draining the queue. Returns for each contact where it was, or why it was not moved.
 * @param ofStep the moves are part of a configuration step and are undone with it
 */
export function placeAll(write: Write, moves: readonly ContactMove[], ofStep: boolean): ReadonlyMap<number, Result<Place>> {
  const done = new Map<number, Result<Place>>();
  let left = moves;
  for (let before = Number.POSITIVE_INFINITY; left.length > 0 && left.length < before; ) {
    before = left.length;
    for (const one of left) done.set(one.contact_id, move(write, one, ofStep));
    left = left.filter(({ contact_id }) => isFullFor(done.get(contact_id)));
  }
  return done;
}

/** Closes several contacts in one step. The answer has an outcome for each. */
export function closeContacts(write: Write, ids: readonly number[]): Answer<ContactOutcome[]> {
  const done = ids.map((id) => close(write, id));
  return () => ok(ids.map((id, i) => outcome(write, id, done[i])));
}

/** An operator id; null: the queue. */
type Place = number | null;

/** The refusal of an answer from an operator who no longer has the contact. */
export function alreadyMoved({ board }: Write, { id, operator_id, status }: ContactRow) {
  if (operator_id === null) return fail('already_moved', `Contact ${id} is waiting again: nobody has it.`, { params: { contact_id: id } });
  const name = board.operators[operator_id]?.name ?? '';
  const detail = `Contact ${id} ${status === 'closed' ? 'was closed by' : 'is with'} operator ${operator_id} (${name}).`;
  return fail('already_moved', detail, { params: { contact_id: id, operator_id, name } });
}

/** The refusal of a move from a place where the contact no longer is. */
export const contactMoved = (id: number) => fail('contact_moved', `Contact ${id} was moved by somebody else meanwhile.`);
/** @param cost of a contact that does not fit under the operator's limit */
function operatorFull({ id, name, load, max_load }: BoardOperator, cost: number) {
  if (cost === 1) return fail('operator_full', `Operator ${id} (${name}) holds ${load} of ${max_load} contacts.`, { params: { name, load, max_load } });
  const detail = `Operator ${id} (${name}) uses ${load} of ${max_load} slots. This contact takes ${cost}.`;
  return fail('operator_full', detail, { params: { name, load, max_load, cost } });
}
const isFullFor = (result: Result<Place> | undefined): boolean => result?.ok === false && result.problem.code === 'operator_full';

/** The outcome of a move for its caller. @param result the former place, if the move succeeded */
export function outcome(write: Write, contact_id: number, result: Result<Place> | undefined): ContactOutcome {
  if (!result) throw new Error(`contact ${contact_id} was not tried`);
  if (!result.ok) return { contact_id, ok: false, problem: result.problem };
  const row = contactById(write.tx, contact_id);
  if (!row) throw new Error(`contact ${contact_id} was written but is missing`);
  return { contact_id, ok: true, before: result.value, now: row.operator_id, status: row.status };
}

/** The operator has answered, in whatever way: what was missed before no longer counts. */
export const noteAnswer = (write: Write, operator_id: number): void => forgetMisses(write.tx, operator_id);

/** Does not drain the queue. Returns the contact's former place. */
function close(write: Write, id: number, { operator_id, outcome, note }: Closing = {}): Result<Place> {
  const contact = contactById(write.tx, id);
  if (!contact) return notFound('contact', id);
  if (operator_id !== undefined && operator_id !== contact.operator_id) return alreadyMoved(write, contact);
  if (contact.status !== 'closed') {
    const cost = costOf(write, contact.class_id);
    setClosed(write.tx, id, write.now, { outcome: outcome?.trim() || null, note: note?.trim() || null });
    if (contact.operator_id !== null) {
      freeSlots(write.tx, contact.operator_id, cost);
      if (contact.accept_by !== null) noteAnswer(write, contact.operator_id);
    }
    write.clearDeadline('accept', id);
    write.clearDeadline('close', id);
    const { source_id, operator_id } = contact;
    write.emit({ kind: 'contact_closed', contact_id: id, source_id, from: operator_id ?? 'queue', ...(cost !== 1 && { cost }) });
  }
  return ok(contact.operator_id);
}

/** Does not drain the queue. Returns the contact's former place. */
function move(write: Write, { contact_id, operator_id, if_at }: ContactMove, ofStep: boolean): Result<Place> {
  const contact = contactById(write.tx, contact_id);
  if (!contact) return notFound('contact', contact_id);
  if (contact.status === 'closed') return fail('contact_closed', `Contact ${contact_id} is closed and can no longer be moved.`);
  if (if_at !== undefined && contact.operator_id !== if_at) return contactMoved(contact_id);
  if (contact.operator_id === operator_id) return ok(operator_id);
  if (operator_id !== null) {
    const taker = write.board.operators[operator_id];
    if (!taker || taker.is_archived) return notInUse('operator', operator_id, taker);
    const cost = costOf(write, contact.class_id);
    if (!hasRoom({ ...taker, cost })) return operatorFull(taker, cost);
  }
  placeByHand(write, contact, leadOf(write.tx, contact.lead_id), contact.operator_id ?? 'queue', operator_id, ofStep);
  return ok(contact.operator_id);
}
