import { handOver } from '#engine/core/absent.ts';
import { drainFirst } from '#engine/core/drain.ts';
import { placeByHand } from '#engine/core/place.ts';
import type { Write } from '#engine/core/write.ts';
import { leadOf, presentOperator } from '#engine/views/present.ts';
import type { Read } from '#engine/views/queries.ts';
import type { HeldContact, LeaveInput, Left } from '#shared/contract/operators.ts';
import { notInUse, ok, type Result } from '#shared/contract/problems.ts';
import type { Reading } from '#store/sqlite/open.ts';
import { contactById, heldContactIds } from '#store/tables/contacts.ts';
import { operatorById } from '#store/tables/operators.ts';
import { configure } from './configuration.ts';

/** The contacts that the operators hold, oldest first. */
export function heldContacts(read: Read, ids: readonly number[]): HeldContact[] {
  return heldBy(read.store.reading, ids).map((one) => {
    const { operator_id: _, assigned_at: __, ...held } = one;
    return held;
  });
}

const heldBy = (db: Reading, ids: readonly number[]) =>
  [...new Set(ids)]
    .flatMap((operator_id) => heldContactIds(db, operator_id).map((held) => ({ ...held, operator_id })))
    .sort((a, b) => a.contact_id - b.contact_id);

/** Sets an operator inactive and handles the contacts that it holds, as `leaveOperators` does. */
export function leaveOperator(write: Write, { id, reason, contacts }: LeaveInput): Result<Left> {
  const left = leaveOperators(write, [id], { reason, contacts });
  if (!left.ok) return left;
  const after = operatorById(write.tx, id);
  if (!after) throw new Error(`operator ${id} was written but is missing`);
  return ok({ operator: presentOperator(write, after), ...left.value });
}

/**
 * Sets operators inactive and handles the contacts that they hold as `contacts` says, in one step. Contacts that move are returned
 * to the queue one by one, oldest first, and drawn for among the operators who stay like any waiting contact: nobody exceeds
 * the limit. `hand_over` leaves contacts in place that nobody could take.
 */
export function leaveOperators(
  write: Write,
  ids: readonly number[],
  { reason, contacts }: Pick<LeaveInput, 'reason' | 'contacts'>,
  note: object = {},
): Result<Omit<Left, 'operator'>> {
  const gone = ids.find((id) => write.board.operators[id]?.is_archived !== false);
  if (gone !== undefined) return notInUse('operator', gone, write.board.operators[gone]);
  const held = heldBy(write.tx, ids);
  const wanted = ids.map((id) => ({ kind: 'operator' as const, id, fields: { is_active: false, inactive_reason: reason } }));
  const result = configure(write, wanted, note);
  if (!result.ok) return result;
  drainFirst(write); // waiting contacts may be assignable now: through a line that opened, or to an operator who had let them go
  const moving = contacts === 'keep' ? [] : held;
  for (const { contact_id, operator_id } of moving) {
    if (handOver(write, contact_id, operator_id, true) || contacts === 'hand_over') continue;
    const contact = contactById(write.tx, contact_id);
    if (contact) placeByHand(write, contact, leadOf(write.tx, contact.lead_id), operator_id, null, true);
  }
  const kept = heldBy(write.tx, ids).length;
  const waiting = moving.filter(({ contact_id }) => contactById(write.tx, contact_id)?.status === 'waiting').length;
  return ok({ handed_over: held.length - kept - waiting, waiting, kept });
}
