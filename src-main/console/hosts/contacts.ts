import type { HostParts } from '#console/parts.ts';
import { acceptContact, declineContact } from '#engine/contacts/acceptance.ts';
import { answering } from '#engine/contacts/answering.ts';
import { reopenContact } from '#engine/contacts/closing.ts';
import { closeContact, closeContacts, moveContacts, reassignContact } from '#engine/contacts/contacts.ts';
import { contact, contactMessages, decision } from '#engine/views/queries.ts';
import type { HostOf } from '#shared/contract/call.ts';
import type { contactCalls } from '#shared/contract/contacts.ts';

/** How many messages of a contact the console reads at a time. */
const MESSAGES_SHOWN = 100;

export const contactHost = ({ engine, write }: HostParts): HostOf<typeof contactCalls> => ({
  contact: (principal, { id }) => contact(engine.read, id, principal),
  decision: (_principal, { contact_id }) => decision(engine.read, contact_id),
  contactMessages: (principal, { contact_id, cursor }) => contactMessages(engine.read, contact_id, principal, { limit: MESSAGES_SHOWN, cursor }),
  acceptContact(principal, { id, operator_id }) {
    const asked = answering(engine.read, principal, id, { operator_id });
    return asked.ok ? write(principal, (w) => acceptContact(w, id, asked.value)) : asked;
  },
  declineContact(principal, { id, operator_id, reason }) {
    const asked = answering(engine.read, principal, id, { operator_id, reason });
    return asked.ok ? write(principal, (w) => declineContact(w, id, asked.value)) : asked;
  },
  closeContact(principal, { id, outcome, note }) {
    const asked = answering(engine.read, principal, id, { outcome, note });
    return asked.ok ? write(principal, (w) => closeContact(w, id, asked.value)) : asked;
  },
  reopenContact: (principal, { id }) => write(principal, (w) => reopenContact(w, id)),
  reassignContact: (principal, { id, operator_id }) => write(principal, (w) => reassignContact(w, id, operator_id)),
  moveContacts: (principal, { moves }) => write(principal, (w) => moveContacts(w, moves)),
  closeContacts: (principal, { contact_ids }) => write(principal, (w) => closeContacts(w, contact_ids)),
});
