import type { HostParts } from '#console/parts.ts';
import { handInRefusedContact } from '#engine/contacts/hand-in-again.ts';
import { dismissRefusedContact } from '#engine/contacts/refused-contacts.ts';
import { foldedRefusals, mendable, refusedContact, refusedContacts } from '#engine/views/queries.ts';
import type { HostOf } from '#shared/contract/call.ts';
import type { Result } from '#shared/contract/problems.ts';
import type { refusedContactCalls } from '#shared/contract/refused-contacts.ts';

export const refusedContactHost = ({ engine, write }: HostParts): HostOf<typeof refusedContactCalls> => ({
  refusedContacts: (_principal, query) => expected(refusedContacts(engine.read, query)),
  foldedRefusals: () => foldedRefusals(engine.read),
  refusedContact: (_principal, { id }) => refusedContact(engine.read, id),
  mendableFields: (_principal, { id }) => mendable(engine.read, id),
  handInRefusedContact: (principal, { id, fields }) => write(principal, (w) => handInRefusedContact(w, id, fields)),
  dismissRefusedContact: (principal, { id }) => write(principal, (w) => dismissRefusedContact(w, id)),
});

/** Unwraps a list that can only be refused for an invalid cursor. Consoles only return cursors that they were given, never one from a URL. */
function expected<T>(result: Result<T>): T {
  if (!result.ok) throw new Error(result.problem.detail);
  return result.value;
}
