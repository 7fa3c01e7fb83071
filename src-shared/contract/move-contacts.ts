/** Moving and closing contacts, several in one step: what a console asks, and what became of each. */
import { z } from 'zod';
import { type ContactStatus, id } from './entities.ts';
import type { Problem, Result } from './problems.ts';

/** How many contacts one step may move or close: more would hold up those who wait for their commit. */
export const MOST_AT_ONCE = 200;

/** Where a contact is: with this operator, or null, in the queue. */
const place = id.nullable();

const contactMove = z.object({
  contact_id: id,
  operator_id: place.meta({ description: 'null puts it back into the queue' }),
  /** only when it is still there: somebody else may have moved it meanwhile */
  if_at: place.optional(),
});
export type ContactMove = z.infer<typeof contactMove>;
const once = <T extends { contact_id: number } | number>(items: T[]) =>
  new Set(items.map((item) => (typeof item === 'number' ? item : item.contact_id))).size === items.length;
export const moveContactsInput = z.object({ moves: z.array(contactMove).max(MOST_AT_ONCE).refine(once, 'names a contact twice') });
export const closeContactsInput = z.object({ contact_ids: z.array(id).max(MOST_AT_ONCE).refine(once, 'names a contact twice') });

/** What became of one contact: where it was, and where it is now that those who waited have been served; or why it stayed. */
export type ContactOutcome =
  | { readonly contact_id: number; readonly ok: true; readonly before: number | null; readonly now: number | null; readonly status: ContactStatus }
  | { readonly contact_id: number; readonly ok: false; readonly problem: Problem };

export interface MoveContactsHost {
  /** In their order, as far as there is room: in one commit, each by itself. */
  moveContacts(moves: readonly ContactMove[]): Promise<Result<ContactOutcome[]>>;
  closeContacts(contact_ids: readonly number[]): Promise<Result<ContactOutcome[]>>;
}
