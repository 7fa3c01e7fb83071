/** Accepting and declining contacts, and what happens when nobody does. */
import { configure } from '#engine/configuration/configuration.ts';
import { noteSign, placeBack } from '#engine/core/place.ts';
import type { Answer, Write } from '#engine/core/write.ts';
import type { AcceptInput, Contact, DeclineInput, ReturnCause } from '#shared/contract/entities.ts';
import { fail, notFound, ok } from '#shared/contract/problems.ts';
import { type ContactRow, contactById, setAccepted, unacceptedOf } from '#store/tables/contacts.ts';
import type { Deadline } from '#store/tables/deadlines.ts';
import { latestOfContact } from '#store/tables/decisions.ts';
import { countMiss } from '#store/tables/operators.ts';
import { lastTakenFrom } from '#store/tables/pasts.ts';
import { alreadyMoved, noteAnswer, presentedContact } from './contacts.ts';

/** Accepts a contact for the operator who holds it. Accepting twice changes nothing. Fails with `already_moved` when that one no longer holds it. */
export function acceptContact(write: Write, id: number, { operator_id }: AcceptInput): Answer<Contact> {
  const contact = contactById(write.tx, id);
  if (!contact) return notFound('contact', id);
  const holder = contact.operator_id;
  if (holder === null || (operator_id !== undefined && operator_id !== holder)) return alreadyMoved(write, contact);
  if (contact.status === 'assigned' && contact.accepted_at === null) {
    setAccepted(write.tx, id, write.now);
    write.clearDeadline('accept', id);
    noteAnswer(write, holder);
    noteSign(write, contact);
    write.emit({ kind: 'contact_accepted', contact_id: id, source_id: contact.source_id, operator_id: holder });
  }
  return ok(presentedContact(write, id));
}

/** Returns a contact to the queue that its operator does not want. Declining twice changes nothing. Fails as `acceptContact` does. */
export function declineContact(write: Write, id: number, { operator_id, reason }: DeclineInput): Answer<Contact> {
  const contact = contactById(write.tx, id);
  if (!contact) return notFound('contact', id);
  const holder = contact.operator_id;
  if (contact.status === 'closed') return fail('contact_closed', `Contact ${id} is closed and can no longer be declined.`);
  if (holder === null || (operator_id !== undefined && operator_id !== holder))
    return lastTakenFrom(write.tx, id, operator_id) === 'declined' ? ok(presentedContact(write, id)) : alreadyMoved(write, contact);
  noteAnswer(write, holder);
  placeBack(write, contact, holder, { cause: 'declined', note: reason?.trim() || null });
  return () => ok(presentedContact(write, id));
}

/**
 * The time for accepting a contact is over: it is returned to the queue. It counts as missed if the operator was on line and the desk was up all the
 * time. An operator who missed too many in a row is set inactive, and all others that the operator has not accepted are returned as well.
 */
export function expireAcceptance(
  write: Write,
  { subject_id: id, decision_id, is_witnessed }: Pick<Deadline, 'subject_id' | 'decision_id' | 'is_witnessed'>,
): Answer<null> {
  const contact = contactById(write.tx, id);
  const holder = contact?.operator_id ?? null;
  if (contact?.status !== 'assigned' || holder === null || contact.accepted_at !== null || latestOfContact(write.tx, id)?.id !== decision_id) return ok(null);
  const isOnLine = write.board.operators[holder]?.is_active === true;
  giveBack(write, contact, holder, 'missed');
  const most = write.board.settings.no_answer_misses;
  if (is_witnessed && isOnLine && countMiss(write.tx, holder) >= (most ?? Number.POSITIVE_INFINITY)) takeOffLine(write, holder);
  return ok(null);
}

function giveBack(write: Write, contact: ContactRow, holder: number, cause: ReturnCause, ofStep = false): void {
  placeBack(write, contact, holder, { cause, note: null }, ofStep);
}

/** One step: undoing it sets the operator active again, and moves the contacts back as capacity allows. */
function takeOffLine(write: Write, operator_id: number): void {
  const done = configure(write, [{ kind: 'operator', id: operator_id, fields: { is_active: false, inactive_reason: 'no_answer' } }]);
  if (!done.ok) throw new Error(`operator ${operator_id} could not be set inactive: ${done.problem.detail}`);
  for (const id of unacceptedOf(write.tx, operator_id)) {
    const contact = contactById(write.tx, id);
    if (contact) giveBack(write, contact, operator_id, 'no_answer', true);
  }
}
