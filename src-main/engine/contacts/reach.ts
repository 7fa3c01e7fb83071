import type { Principal } from '#shared/contract/principal.ts';
import { notFound, ok, type Result } from '#shared/contract/problems.ts';
import type { Reading } from '#store/sqlite/open.ts';
import { type ContactRow, contactById } from '#store/tables/contacts.ts';
import { wasAssignedTo } from '#store/tables/pasts.ts';

/** Within whose reach a contact is. */
export type Viewer = Pick<Principal, 'source_id' | 'operator_id'>;

/** The contact; `not_found` for one of another source, or one that the operator never had. */
export function contactFor(db: Reading, id: number, { source_id, operator_id }: Viewer): Result<ContactRow> {
  const row = contactById(db, id);
  const isReached =
    row !== undefined &&
    (source_id === null || row.source_id === source_id) &&
    (operator_id === null || row.operator_id === operator_id || wasAssignedTo(db, id, operator_id));
  return isReached ? ok(row) : notFound('contact', id);
}
