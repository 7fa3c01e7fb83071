import type { HostParts } from '#console/parts.ts';
import { acceptContact, declineContact } from '#engine/contacts/acceptance.ts';
import { reopenContact } from '#engine/contacts/closing.ts';
import { closeContact, closeContacts, moveContacts, reassignContact } from '#engine/contacts/contacts.ts';
import { contact, contactMessages, decision } from '#engine/views/queries.ts';
import type { HostOf } from '#shared/contract/call.ts';
import type { contactCalls } from '#shared/contract/contacts.ts';

/** How many messages of a contact the console reads at a time. */
const MESSAGES_SHOWN = 100;

export const contactHost = ({ engine, write }: HostParts): HostOf<typeof contactCalls> => ({
  contact: ({ source_id }, { id }) => contact(engine.read, id, source_id),
  decision: (_principal, { contact_id }) => decision(engine.read, contact_id),
  contactMessages: ({ source_id }, { contact_id, cursor }) => contactMessages(engine.read, contact_id, source_id, { limit: MESSAGES_SHOWN, cursor }),
  acceptContact: (principal, { id, operator_id }) => write(principal, (w) => acceptContact(w, id, { operator_id })),
  declineContact: (principal, { id, operator_id, reason }) => write(principal, (w) => declineContact(w, id, { operator_id, reason })),
  closeContact: (principal, { id }) => write(principal, (w) => closeContact(w, id)),
  reopenContact: (principal, { id }) => write(principal, (w) => reopenContact(w, id)),
  reassignContact: (principal, { id, operator_id }) => write(principal, (w) => reassignContact(w, id, operator_id)),
  moveContacts: (principal, { moves }) => write(principal, (w) => moveContacts(w, moves)),
  closeContacts: (principal, { contact_ids }) => write(principal, (w) => closeContacts(w, contact_ids)),
});
