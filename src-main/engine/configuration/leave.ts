import { placeByHand, placeWaiting } from '#engine/core/place.ts';
import type { Write } from '#engine/core/write.ts';
import { leadBrief, leadOf, presentOperator } from '#engine/views/present.ts';
import type { Read } from '#engine/views/queries.ts';
import type { HeldContact, LeaveInput, Left } from '#shared/contract/operators.ts';
import { notInUse, ok, type Result } from '#shared/contract/problems.ts';
import { canBeTaken } from '#shared/distribution/table.ts';
import { contactById, heldContactIds } from '#store/tables/contacts.ts';
import { operatorById } from '#store/tables/operators.ts';
import { configure } from './configuration.ts';

/** The contacts that an operator holds, oldest first. */
export function heldContacts(read: Read, operator_id: number): HeldContact[] {
  return heldContactIds(read.store.reading, operator_id);
}

/**
 * Sets an operator inactive and handles the contacts that it holds as `contacts` says, in one step. Contacts that move are returned
 * to the queue one by one, oldest first, and drawn for among the other operators like any waiting contact: nobody exceeds
 * the limit. `hand_over` leaves contacts in place that nobody could take.
 */
export function leaveOperator(write: Write, { id, reason, contacts }: LeaveInput): Result<Left> {
  const row = operatorById(write.tx, id);
  if (!row || row.archived_at !== null) return notInUse('operator', id, row);
  const result = configure(write, [{ kind: 'operator', id, fields: { is_active: false, inactive_reason: reason } }]);
  if (!result.ok) return result;
  const held = contacts === 'keep' ? [] : heldContactIds(write.tx, id);
  for (const { contact_id, source_id } of held) {
    if (contacts === 'hand_over' && !canBeTaken(write.table(source_id))) continue;
    const contact = contactById(write.tx, contact_id);
    if (!contact) throw new Error(`contact ${contact_id} is held and does not exist`);
    const lead = leadOf(write.tx, contact.lead_id);
    placeByHand(write, contact, lead, id, null, true);
    // no assignable contact of this source was waiting, so this one is next
    if (canBeTaken(write.table(source_id))) placeWaiting(write, { ...contact, lead: leadBrief(lead) });
  }
  const kept = write.board.operators[id]?.load ?? 0;
  const waiting = held.filter(({ contact_id }) => contactById(write.tx, contact_id)?.status === 'waiting').length;
  const after = operatorById(write.tx, id);
  if (!after) throw new Error(`operator ${id} was written and is not there`);
  return ok({ operator: presentOperator(after), handed_over: row.current_load - kept - waiting, waiting, kept });
}
