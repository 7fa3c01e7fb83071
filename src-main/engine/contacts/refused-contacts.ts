import type { Write } from '#engine/core/write.ts';
import { type FieldError, fail, firstErrors, notFound, ok, type Problem, type Result } from '#shared/contract/problems.ts';
import {
  emptyRefusal,
  insertRefusal,
  oldestRefusals,
  openRefusalsOf,
  openRefusalWithKey,
  refusedContactById,
  repeatRefusal,
  settleRefusal,
  summariseRefusals,
} from '#store/tables/refused-contacts.ts';

export interface RefusedSubmission {
  readonly source_id: number;
  readonly idempotency_key: string | null;
  readonly fingerprint?: Uint8Array | null;
  /** the parsed body, or the text of one that is not unambiguous JSON */
  readonly payload: unknown;
  readonly problem: Problem;
}

/**
 * Maximum number of open refused contacts of a source, and of bytes of their bodies and errors. A source without operators over a long weekend stays far below
 * both: ten thousand contacts of the usual 300 to 400 bytes use half of the bytes.
 */
export const MOST_OPEN = { contacts: 10_000, bytes: 8 * 1024 * 1024 };
/** Number folded at once: a minimum, so that not every refusal has to fold one, and a maximum, so that the cost of each is bounded. */
const FOLDED = { least: 10, most: 50 };

/** Stores a contact that was refused, for a supervisor to review and resubmit. A retry with the same key updates it. */
export function refuseContact(write: Write, refusal: RefusedSubmission): Result<null> {
  const { source_id, idempotency_key, payload, problem } = refusal;
  const row = {
    source_id,
    idempotency_key,
    fingerprint: refusal.fingerprint ?? null,
    refused_at: write.now,
    ...cause(problem),
    payload,
  };
  const earlier = idempotency_key === null ? undefined : openRefusalWithKey(write.tx, source_id, idempotency_key);
  if (earlier) repeatRefusal(write.tx, earlier.id, row);
  else {
    const refused_contact_id = insertRefusal(write.tx, row);
    write.emit({ kind: 'contact_refused', refused_contact_id }, { refused_contact_id });
  }
  foldOldest(write, source_id);
  return ok(null);
}

/** Folds a source's oldest refused contacts when it has too many open: they are settled, counted in a summary, and their bodies are removed. */
function foldOldest(write: Write, source_id: number): void {
  const { tx, now, world } = write;
  const most = { ...MOST_OPEN, contacts: world.mostRefused ?? MOST_OPEN.contacts };
  const open = openRefusalsOf(tx, source_id);
  const isTooMuch = () => open.contacts > most.contacts || open.bytes > most.bytes;
  if (!isTooMuch()) return;
  const oldest = oldestRefusals(tx, source_id, Math.min(FOLDED.most, open.contacts - 1)); // the newest one stays
  const folded = oldest.filter((row, n) => {
    if (n >= FOLDED.least && !isTooMuch()) return false;
    open.contacts -= 1;
    open.bytes -= row.bytes;
    return true;
  });
  const last = folded.at(-1);
  if (!last) return;
  for (const { id } of folded) emptyRefusal(tx, id, now);
  summariseRefusals(tx, source_id, folded);
  const [refused_contact_id, count] = [last.id, folded.length];
  write.emit({ kind: 'refused_contacts_folded', source_id, refused_contact_id, count }, { refused_contact_id, count });
}

/** Settles an earlier refusal when a retry with the same key was accepted. */
export function settleByRetry(write: Write, source_id: number, idempotency_key: string, contact_id: number): void {
  if (write.board.refused === 0) return; // the usual case: avoids the look-up
  const earlier = openRefusalWithKey(write.tx, source_id, idempotency_key);
  if (earlier) settle(write, earlier.id, contact_id);
}

/** Settles a refused contact. @param contact_id the contact it became; null: none. @param isMended a supervisor changed its body first */
export function settle(write: Write, id: number, contact_id: number | null, isMended = false): void {
  settleRefusal(write.tx, id, contact_id, write.now);
  write.emit({ kind: 'refused_contact_settled', refused_contact_id: id }, { refused_contact_id: id, contact_id, ...(isMended && { is_mended: true }) });
}

/** Dismisses a refused contact by a supervisor's decision. */
export function dismissRefusedContact(write: Write, id: number): Result<null> {
  const row = refusedContactById(write.tx, id);
  if (!row) return notFound('refused_contact', id);
  if (row.settled_at !== null) return fail('already_settled', `Refused contact ${id} is already settled.`);
  settle(write, id, null);
  return ok(null);
}

/** The part of a problem that is stored with a refused contact. Further field errors are cut. */
export function cause(problem: Problem): { code: Problem['code']; detail: string; errors: FieldError[] } {
  return { code: problem.code, detail: problem.detail, errors: firstErrors(problem.errors ?? []) };
}
