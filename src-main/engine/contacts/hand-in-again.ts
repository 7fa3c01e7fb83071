import type { Write } from '#engine/core/write.ts';
import { type Contact, contactInput } from '#shared/contract/entities.ts';
import { fail, notFound, ok, type Result } from '#shared/contract/problems.ts';
import { refusedContactById, repeatRefusal } from '#store/tables/refused-contacts.ts';
import { cause, settle } from './refused-contacts.ts';
import { takeIn } from './submit-contact.ts';

/** Submits a refused contact again, as its bot would. If it is refused again, it stays with the new reason. */
export function handInRefusedContact(write: Write, id: number): Result<Contact> {
  const row = refusedContactById(write.tx, id);
  if (!row) return notFound('refused_contact', id);
  if (row.settled_at !== null) return fail('already_settled', `Refused contact ${id} is settled already.`);
  const parsed = contactInput.safeParse(JSON.parse(row.payload));
  if (!parsed.success)
    return fail('validation_failed', 'The body does not fit the schema: the bot that sent it has to be mended.', { errors: JSON.parse(row.errors) });
  const { idempotency_key, fingerprint } = row;
  const result = takeIn(write, { input: { ...parsed.data, source_id: row.source_id }, idempotency_key, fingerprint });
  if (!result.ok) {
    repeatRefusal(write.tx, id, { ...row, refused_at: write.now, ...cause(result.problem) });
    return result;
  }
  if (refusedContactById(write.tx, id)?.settled_at === null) settle(write, id, result.value.contact.id);
  return ok(result.value.contact);
}
