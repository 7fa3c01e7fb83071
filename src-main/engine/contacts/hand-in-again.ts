import { readKept } from '#domain/contact-body.ts';
import type { Write } from '#engine/core/write.ts';
import type { Contact } from '#shared/contract/entities.ts';
import { fail, notFound, ok, type Result } from '#shared/contract/problems.ts';
import { refusedContactById, repeatRefusal } from '#store/tables/refused-contacts.ts';
import { cause, settle } from './refused-contacts.ts';
import { takeIn } from './submit-contact.ts';

/** A body that a supervisor has mended: JSON or, as it is kept, its text. */
export interface Mended {
  readonly payload: unknown;
}

/**
 * Submits a refused contact again, as its bot would. If it is refused again, it stays with the new reason and the mended body.
 * A retry of the bot with the same key is answered the contact, whatever body it sends, if the body was mended.
 */
export function handInRefusedContact(write: Write, id: number, mended: Mended | null = null): Result<Contact> {
  const row = refusedContactById(write.tx, id);
  if (!row) return notFound('refused_contact', id);
  if (row.settled_at !== null) return fail('already_settled', `Refused contact ${id} is settled already.`);
  const payload = mended ? mended.payload : row.payload;
  const { source_id, idempotency_key } = row;
  const fingerprint = mended ? null : row.fingerprint;
  const reading = readKept(payload);
  const result = reading.ok ? takeIn(write, { input: { ...reading.input, source_id }, idempotency_key, fingerprint, warnings: reading.warnings }) : reading;
  if (!result.ok) {
    repeatRefusal(write.tx, id, { ...row, payload, fingerprint, refused_at: write.now, ...cause(result.problem) });
    return result;
  }
  if (refusedContactById(write.tx, id)?.settled_at === null) settle(write, id, result.value.contact.id, mended !== null);
  return ok(result.value.contact);
}
