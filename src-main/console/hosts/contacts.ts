import type { HostParts } from '#console/parts.ts';
import { closeContact, closeContacts, moveContacts, reassignContact } from '#engine/contacts/contacts.ts';
import { contact, decision } from '#engine/views/queries.ts';
import type { HostOf } from '#shared/contract/call.ts';
import type { contactCalls } from '#shared/contract/contacts.ts';

export const contactHost = ({ engine, write }: HostParts): HostOf<typeof contactCalls> => ({
  contact: ({ source_id }, { id }) => contact(engine.read, id, source_id),
  decision: (_principal, { contact_id }) => decision(engine.read, contact_id),
  closeContact: (principal, { id }) => write(principal, (w) => closeContact(w, id)),
  reassignContact: (principal, { id, operator_id }) => write(principal, (w) => reassignContact(w, id, operator_id)),
  moveContacts: (principal, { moves }) => write(principal, (w) => moveContacts(w, moves)),
  closeContacts: (principal, { contact_ids }) => write(principal, (w) => closeContacts(w, contact_ids)),
});
