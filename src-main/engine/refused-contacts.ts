import { fail, firstErrors, notFound, ok, type Problem, type Result } from '#shared/contract/problems.ts';
import { insertRefusal, openRefusalWithKey, refusedContactById, repeatRefusal, settleRefusal } from '#store/refused-contacts.ts';
import type { Write } from './write.ts';

export interface Refusal {
  readonly source_id: number;
  readonly idempotency_key: string | null;
  readonly fingerprint?: Uint8Array | null;
  /** the body as it was read */
  readonly payload: unknown;
  readonly problem: Problem;
}

/** Keeps a contact that could not be taken in, for a supervisor to see and to hand in again. A retry with its key is the same one. */
export function refuseContact(write: Write, refusal: Refusal): Result<null> {
  const { source_id, idempotency_key, payload, problem } = refusal;
  const row = {
    source_id,
    idempotency_key,
    fingerprint: refusal.fingerprint ?? null,
    refused_at: write.now,
    ...cause(problem),
    payload: JSON.stringify(payload),
  };
  const earlier = idempotency_key === null ? undefined : openRefusalWithKey(write.tx, source_id, idempotency_key);
  if (earlier) repeatRefusal(write.tx, earlier.id, row);
  else {
    const refused_contact_id = insertRefusal(write.tx, row);
    write.emit({ kind: 'contact_refused', refused_contact_id }, { refused_contact_id });
  }
  return ok(null);
}

/** The bot came again with the same key and was taken in: its earlier refusal is settled. */
export function settleByRetry(write: Write, source_id: number, idempotency_key: string, contact_id: number): void {
  if (write.board.refused === 0) return; // nearly always: spares the look-up
  const earlier = openRefusalWithKey(write.tx, source_id, idempotency_key);
  if (earlier) settle(write, earlier.id, contact_id);
}

/** @param contact_id the contact it became, if it became one */
export function settle(write: Write, id: number, contact_id: number | null): void {
  settleRefusal(write.tx, id, contact_id, write.now);
  write.emit({ kind: 'refused_contact_settled', refused_contact_id: id }, { refused_contact_id: id, contact_id });
}

/** A supervisor has seen it and wants no contact of it. */
export function dismissRefusedContact(write: Write, id: number): Result<null> {
  const row = refusedContactById(write.tx, id);
  if (!row) return notFound('refused_contact', id);
  if (row.settled_at !== null) return fail('already_settled', `Refused contact ${id} is settled already.`);
  settle(write, id, null);
  return ok(null);
}

export function cause(problem: Problem): { code: Problem['code']; detail: string; errors: string } {
  return { code: problem.code, detail: problem.detail, errors: JSON.stringify(firstErrors(problem.errors ?? [])) };
}
