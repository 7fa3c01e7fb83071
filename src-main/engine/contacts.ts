import type { Contact } from '#shared/contract/entities.ts';
import { fail, notFound, ok, type Result } from '#shared/contract/problems.ts';
import { type ContactRow, contactById, setClosed } from '#store/contacts.ts';
import { freeSlot } from '#store/operators.ts';
import { drain } from './drain.ts';
import { placeByHand } from './place.ts';
import { leadOf, presentContact, type Surroundings } from './present.ts';
import type { Write } from './write.ts';

/** The contact as this write has left it. */
export function presentedContact(write: Write, id: number): Contact {
  const row = contactById(write.tx, id);
  if (!row) throw new Error(`contact ${id} was written and is not there`);
  return presentContact(row, leadOf(write.tx, row.lead_id), surroundings(write));
}

export function surroundings(write: Write): Surroundings {
  return { operatorName: (operator_id) => write.board.operators[operator_id]?.name ?? '', table: (source_id) => write.table(source_id) };
}

function heldBy(contact: ContactRow): 'queue' | number {
  return contact.operator_id ?? 'queue';
}

/** Frees the operator's slot and gives it to whoever waits for it. Closing twice changes nothing. */
export function closeContact(write: Write, id: number): Result<Contact> {
  const contact = contactById(write.tx, id);
  if (!contact) return notFound('contact', id);
  if (contact.status !== 'closed') {
    const from = heldBy(contact);
    setClosed(write.tx, id, write.now);
    if (from !== 'queue') freeSlot(write.tx, from);
    write.emit({ kind: 'contact_closed', contact_id: id, source_id: contact.source_id, from });
    drain(write);
  }
  return ok(presentedContact(write, id));
}

/**
 * Moves a contact to this operator, active or not, with a competence or without, but never above max_load;
 * null puts it back into the queue, from where it may be drawn again at once.
 */
export function reassignContact(write: Write, id: number, operator_id: number | null): Result<Contact> {
  const contact = contactById(write.tx, id);
  if (!contact) return notFound('contact', id);
  if (contact.status === 'closed') return fail('contact_closed', `Contact ${id} is closed and stays with whoever closed it.`);
  const from = heldBy(contact);
  if (from === (operator_id ?? 'queue')) return ok(presentedContact(write, id));
  if (operator_id !== null) {
    const taker = write.board.operators[operator_id];
    if (!taker || taker.is_archived) return notFound('operator', operator_id);
    if (taker.load >= taker.max_load)
      return fail('operator_full', `Operator ${operator_id} (${taker.name}) holds ${taker.load} of ${taker.max_load} contacts.`, {
        params: { name: taker.name, load: taker.load, max_load: taker.max_load },
      });
  }
  placeByHand(write, contact, leadOf(write.tx, contact.lead_id), from, operator_id);
  drain(write);
  return ok(presentedContact(write, id));
}
