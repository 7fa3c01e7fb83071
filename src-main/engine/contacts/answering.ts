/** For whom somebody answers a contact: a bot and supervisors for whoever holds it, an operator only for themselves. */
import type { Read } from '#engine/views/queries.ts';
import type { AcceptInput } from '#shared/contract/entities.ts';
import type { Principal } from '#shared/contract/principal.ts';
import { fail, ok, type Result } from '#shared/contract/problems.ts';
import { contactFor } from './reach.ts';

const forOthers = fail('not_allowed', 'An operator answers only for themselves. Leave out operator_id.');

/** What was asked, for the operator who asks, if it is one. Fails with `not_found` for a contact out of reach. */
export function answering<Asked extends object>({ store }: Read, principal: Principal, id: number, asked: Asked & AcceptInput): Result<Asked & AcceptInput> {
  const found = contactFor(store.reading, id, principal); // what is within reach stays so, so this may be checked before the write
  if (!found.ok) return found;
  const { operator_id } = principal;
  if (operator_id === null) return ok(asked);
  if (asked.operator_id !== undefined && asked.operator_id !== operator_id) return forOthers;
  return ok({ ...asked, operator_id });
}
