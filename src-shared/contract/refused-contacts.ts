/** Console calls for refused contacts. */
import { z } from 'zod';
import { byId, command, query } from './call.ts';
import { type Contact, type FoldedRefusals, type ListedRefusal, type Page, pageQuery, type RefusedContact } from './entities.ts';
import type { Result } from './problems.ts';

/** Longer than a field may be: the excess is cut with a warning, as in a bot's body. */
const edited = z.string().max(32_000);
/** The fields of a body that a person edits, as text; blank: not given. */
const mendableField = z.enum(['external_id', 'phone', 'email', 'name', 'message']);
export const mendableFieldNames = mendableField.options;
export type MendableFields = Record<z.infer<typeof mendableField>, string>;

export const refusedContactCalls = {
  /** The open ones, newest first. */
  refusedContacts: query('viewer', pageQuery).answers<Page<ListedRefusal>>(),
  /** Counts of the refused contacts that were folded because a source had too many. */
  foldedRefusals: query('viewer').answers<readonly FoldedRefusals[]>(),
  /** With its complete payload. */
  refusedContact: query('viewer', byId).answers<Result<RefusedContact>>(),
  /** Its fields as far as they can be found in the payload. */
  mendableFields: query('supervisor', byId).answers<Result<MendableFields>>(),
  /** Submits the payload again, as its bot would, with the given fields instead of its own. Answers the resulting contact. */
  handInRefusedContact: command('supervisor', byId.extend({ fields: z.partialRecord(mendableField, edited).optional() })).answers<Result<Contact>>(),
  dismissRefusedContact: command('supervisor', byId).answers<Result<null>>(),
};
