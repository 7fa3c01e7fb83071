import { readKept } from '#domain/contact-body.ts';
import { mended } from '#domain/mend-body.ts';
import type { Write } from '#engine/core/write.ts';
import type { Contact } from '#shared/contract/entities.ts';
import { fail, notFound, ok, type Result } from '#shared/contract/problems.ts';
import type { MendableFields } from '#shared/contract/refused-contacts.ts';
import { refusedContactById, repeatRefusal } from '#store/tables/refused-contacts.ts';
import { cause, settle } from './refused-contacts.ts';
import { takeIn } from './submit-contact.ts';

/**
 * Submits a refused contact again, as its bot would. If it is refused again, it stays with the new reason and its mended body.
 * @param fields what a person has edited. A retry of the bot with the same key is then answered with the contact, whatever body it sends
 */
export function handInRefusedContact(write: Write, id: number, fields: Partial<MendableFields> = {}): Result<Contact> {
  const row = refusedContactById(write.tx, id);
  if (!row) return notFound('refused_contact', id);
  if (row.settled_at !== null) return fail('already_settled', `Refused contact ${id} is already settled.`);
  const isMended = Object.keys(fields).length > 0;
  const payload = isMended ? mended(row.payload, fields) : row.payload;
  const { source_id, idempotency_key } = row;
  const fingerprint = isMended ? null : row.fingerprint;
  const reading = readKept(payload);
  const result = reading.ok
    ? takeIn(write, { input: { ...reading.input, source_id }, idempotency_key, fingerprint, warnings: reading.warnings, isHandedIn: true })
    : reading;
  if (!result.ok) {
    repeatRefusal(write.tx, id, { ...row, payload, fingerprint, refused_at: write.now, ...cause(result.problem) });
    return result;
  }
  settle(write, id, result.value.contact.id, isMended);
  return ok(result.value.contact);
}
