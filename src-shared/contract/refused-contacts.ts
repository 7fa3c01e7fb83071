/** Console calls for refused contacts. */
import { byId, command, query } from './call.ts';
import { type Contact, type FoldedRefusals, type ListedRefusal, type Page, pageQuery, type RefusedContact } from './entities.ts';
import type { Result } from './problems.ts';

export const refusedContactCalls = {
  /** The open ones, newest first. */
  refusedContacts: query('admin', pageQuery).answers<Page<ListedRefusal>>(),
  /** Counts of the refused contacts that were folded because a source had too many. */
  foldedRefusals: query('admin').answers<readonly FoldedRefusals[]>(),
  /** With its complete payload. */
  refusedContact: query('admin', byId).answers<Result<RefusedContact>>(),
  /** Submits the payload again, as its bot would. Answers the resulting contact. */
  handInRefusedContact: command('admin', byId).answers<Result<Contact>>(),
  dismissRefusedContact: command('admin', byId).answers<Result<null>>(),
};
