/** Closing what nobody closes: assigned contacts that give no sign of life for as long as the rule of their source says. */
import { costOf } from '#engine/core/contact-table.ts';
import { placeClosed, placeOpened } from '#engine/core/place.ts';
import type { Answer, Write } from '#engine/core/write.ts';
import type { ContactOutcome } from '#shared/contract/contacts.ts';
import type { Contact } from '#shared/contract/entities.ts';
import { fail, notFound, ok } from '#shared/contract/problems.ts';
import { hasRoom } from '#shared/distribution/table.ts';
import type { Reading } from '#store/sqlite/open.ts';
import { contactById } from '#store/tables/contacts.ts';
import type { Deadline } from '#store/tables/deadlines.ts';
import { latestOfContact } from '#store/tables/decisions.ts';
import { outcome, presentedContact } from './contacts.ts';

/** The time of an assigned contact is over: it is closed, and its operator has its slots again. */
export function closeByRule(write: Write, { subject_id: id, decision_id }: Pick<Deadline, 'subject_id' | 'decision_id'>): Answer<null> {
  const contact = contactById(write.tx, id);
  if (contact?.status === 'assigned' && contact.operator_id !== null && latestOfContact(write.tx, id)?.id === decision_id)
    placeClosed(write, contact, contact.operator_id);
  return ok(null);
}

/** Whether a rule closed the contact, and nothing happened to it since. @param decision_id by this decision; undefined: by any */
export function isClosedByRule(db: Reading, contact_id: number, decision_id?: number): boolean {
  const latest = latestOfContact(db, contact_id);
  return latest?.kind === 'closed_by_rule' && (decision_id === undefined || latest.id === decision_id);
}

/**
 * Opens a contact again that a rule closed: its operator has it back if there is room, else it waits with its old place in the queue.
 * Returns a function that gives its outcome, to be called once the queue has been drained.
 */
export function openAgain(write: Write, contact_id: number): () => ContactOutcome {
  const contact = contactById(write.tx, contact_id);
  if (!contact) throw new Error(`contact ${contact_id} was closed but is missing`);
  const holder = contact.operator_id === null ? undefined : write.board.operators[contact.operator_id];
  const hasPlace = holder !== undefined && !holder.is_archived && hasRoom({ ...holder, cost: costOf(write, contact.class_id) });
  placeOpened(write, contact, hasPlace ? holder.id : null);
  return () => outcome(write, contact_id, ok(contact.operator_id));
}

/** Opens a contact again that the rule of its source closed. Fails with `contact_moved` if it did not, or somebody opened it before. */
export function reopenContact(write: Write, id: number): Answer<Contact> {
  if (!contactById(write.tx, id)) return notFound('contact', id);
  if (!isClosedByRule(write.tx, id)) return fail('contact_moved', `Contact ${id} was not closed by the rule of its source, or has been opened again.`);
  openAgain(write, id);
  return () => ok(presentedContact(write, id));
}
