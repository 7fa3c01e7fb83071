/** Contacts of operators whose shift is over, for whom nobody had room then: they are offered whenever a slot opens. */
import { leadBrief, leadOf } from '#engine/views/present.ts';
import { contactById, heldContactIds } from '#store/tables/contacts.ts';
import { fitsSomewhere, turnOf } from './contact-table.ts';
import { placeByHand, placeWaiting } from './place.ts';
import type { Write } from './write.ts';

/**
 * Hands over, oldest first, what others can take by now of what was held when the shifts ended; what a person gave since is left. Nobody may be waiting
 * who could be assigned. @param most at most so many
 */
export function handOverOfAbsent(write: Write, most: number): void {
  const held = [...write.absent()].flatMap((operator_id) => {
    const since = write.board.operators[operator_id]?.active_changed_at ?? 0;
    return heldContactIds(write.tx, operator_id).flatMap(({ contact_id, assigned_at }) => (assigned_at <= since ? [{ contact_id, operator_id }] : []));
  });
  let left = most;
  for (const { contact_id, operator_id } of held.sort((a, b) => a.contact_id - b.contact_id)) {
    if (left === 0) return;
    if (handOver(write, contact_id, operator_id, false)) left -= 1;
  }
}

/** Draws for a contact among others than its holder. False if nobody can take it: it stays. @param ofStep the move is undone with the step that it is part of */
export function handOver(write: Write, contact_id: number, operator_id: number, ofStep: boolean): boolean {
  const contact = contactById(write.tx, contact_id);
  if (!contact) throw new Error(`contact ${contact_id} is held but does not exist`);
  if (!fitsSomewhere(write.arranged(contact, { operator_id, isRefusing: false }))) return false;
  const lead = leadOf(write.tx, contact.lead_id);
  placeByHand(write, contact, lead, operator_id, null, ofStep);
  // no assignable contact of this source was waiting, so this one is next
  placeWaiting(write, { ...contact, returned: contact.returned + 1 }, leadBrief(lead), { turn: turnOf(write, contact), next: null });
  return true;
}
