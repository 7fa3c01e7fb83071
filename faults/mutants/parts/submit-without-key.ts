import type { Write } from '#engine/core/write.ts';
import { contactByKey } from '#store/tables/contacts.ts';
import { submitContact as submit } from '../../../src-main/engine/contacts/submit-contact.ts';

export * from '../../../src-main/engine/contacts/submit-contact.ts';

const LATE_MS = 15;

export function submitContact(write: Write, submission: Parameters<typeof submit>[1]): ReturnType<typeof submit> {
  const { idempotency_key, fingerprint, input } = submission;
  if (idempotency_key === null || contactByKey(write.tx, input.source_id, idempotency_key)) return submit(write, submission);
  const result = submit(write, { ...submission, idempotency_key: null, fingerprint: null });
  if (result.ok)
    setTimeout(() => {
      const { id } = result.value.contact;
      write.tx.run('UPDATE OR IGNORE contacts SET idempotency_key = ?, fingerprint = ? WHERE id = ?', idempotency_key, fingerprint, id);
    }, LATE_MS);
  return result;
}
