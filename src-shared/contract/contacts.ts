/** Console calls for contacts. Several are moved or closed in one step, with a result for each. */
import { z } from 'zod';
import { byId, command, query } from './call.ts';
import {
  acceptInput,
  type Contact,
  type ContactMessage,
  type ContactStatus,
  closeInput,
  type DecisionAnswer,
  declineInput,
  id,
  type Page,
  reassignInput,
} from './entities.ts';
import type { Problem, Result } from './problems.ts';

/** How many contacts one step may move or close: more would delay other commits. */
export const MOST_AT_ONCE = 200;

/** Where a contact is: with this operator, or null, in the queue. */
const place = id.nullable();

const contactMove = z.object({
  contact_id: id,
  operator_id: place.meta({ description: 'null returns the contact to the queue' }),
  /** moved only if it is still there: it may have been moved meanwhile */
  if_at: place.optional(),
});
export type ContactMove = z.infer<typeof contactMove>;
const once = <T extends { contact_id: number } | number>(items: T[]) =>
  new Set(items.map((item) => (typeof item === 'number' ? item : item.contact_id))).size === items.length;
const moveContactsInput = z.object({ moves: z.array(contactMove).max(MOST_AT_ONCE).refine(once, 'names a contact twice') });
const closeContactsInput = z.object({ contact_ids: z.array(id).max(MOST_AT_ONCE).refine(once, 'names a contact twice') });

/** The result for one contact: where it was, and where it is after waiting contacts have been assigned; or why it stayed. */
export type ContactOutcome =
  | { readonly contact_id: number; readonly ok: true; readonly before: number | null; readonly now: number | null; readonly status: ContactStatus }
  | { readonly contact_id: number; readonly ok: false; readonly problem: Problem };

export const contactCalls = {
  contact: query('viewer', byId).answers<Result<Contact>>(),
  decision: query('viewer', z.object({ contact_id: id })).answers<Result<DecisionAnswer>>(),
  /** Messages added to the contact, oldest first. */
  contactMessages: query('person', z.object({ contact_id: id, cursor: z.string().optional() })).answers<Result<Page<ContactMessage>>>(),
  acceptContact: command('holder', byId.extend(acceptInput.shape)).answers<Result<Contact>>(),
  declineContact: command('holder', byId.extend(declineInput.shape)).answers<Result<Contact>>(),
  closeContact: command('holder', byId.extend(closeInput.shape)).answers<Result<Contact>>(),
  /** Opens a contact again that the rule of its source closed. */
  reopenContact: command('supervisor', byId).answers<Result<Contact>>(),
  reassignContact: command('supervisor', byId.extend(reassignInput.shape)).answers<Result<Contact>>(),
  /** In the given order, as far as capacity allows: in one commit, each independently. */
  moveContacts: command('supervisor', moveContactsInput).answers<Result<ContactOutcome[]>>(),
  closeContacts: command('supervisor', closeContactsInput).answers<Result<ContactOutcome[]>>(),
};
