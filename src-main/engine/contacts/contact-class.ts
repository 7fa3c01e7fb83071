import type { ContactLook } from '#engine/core/contact-table.ts';
import type { Write } from '#engine/core/write.ts';
import { leadOf } from '#engine/views/present.ts';
import { type ContactInput, DAY_SECONDS } from '#shared/contract/entities.ts';
import { noOwner, type OwnerRule } from '#shared/distribution/rule.ts';
import { neededValues } from '#shared/distribution/tags.ts';
import { type ContactClass, classFor, idOfClass, reclassify } from '#store/tables/contact-classes.ts';
import { waitingOfLead } from '#store/tables/contacts.ts';
import { hasOpenContact, type LeadRow, latestAssignmentAt } from '#store/tables/leads.ts';

/** At most so many classes with tags or targets wait at a source, so that a bot that invents values cannot make the queue slow. */
const MOST_CLASSES = 2000;

/**
 * The class of a new contact under the rule of its source, see contact-classes.ts, and what could not be respected.
 * @param isOfSource it was sent by a caller of the source, whoever hands it in now
 * @param findLead finds the lead that it will belong to; null: a new one
 */
export function classOfNew(
  write: Write,
  input: ContactInput & { readonly source_id: number },
  isOfSource: boolean,
  findLead: () => LeadRow | null,
): { id: number | null; warnings: string[] } {
  const rule = write.board.rules[input.source_id];
  const given = input.target_seconds ?? null;
  const takesTarget = given !== null && (!isOfSource || rule?.accepts_target === true);
  const warnings = given === null || takesTarget ? [] : ['target_seconds was ignored: the rule of this source does not let its callers give one'];
  if (!rule && !takesTarget) return { id: null, warnings };
  const lead = rule && rule.owner.mode !== 'off' ? findLead() : null;
  const owner_id = rule && lead ? ownOperatorOf(write, rule.owner, lead, input.source_id) : null;
  const needs = rule ? neededValues(rule.needs, input.attributes) : {};
  const owned: ContactClass = { ...(owner_id !== null && { owner_id }), ...(rule && rule.cost !== 1 && { cost: rule.cost }) };
  let its: ContactClass = { ...owned, ...(Object.keys(needs).length > 0 && { needs }), ...(takesTarget && { target_seconds: given }) };
  for (const part of ['target_seconds', 'needs'] as const) {
    if (its[part] === undefined || hasRoomFor(write, input.source_id, its)) continue;
    const { [part]: _, ...others } = its;
    its = others;
    warnings.push(`${part === 'needs' ? 'Tags were' : 'target_seconds was'} ignored: contacts with ${MOST_CLASSES} different tags and targets wait already`);
  }
  return { id: classFor(write.tx, input.source_id, its), warnings };
}

/** Whether a contact of the class may wait beside those that wait at the source. */
function hasRoomFor(write: Write, source_id: number, its: ContactClass): boolean {
  const waiting = write.heads(source_id);
  const id = idOfClass(write.tx, source_id, its);
  return waiting.size < MOST_CLASSES || (id !== undefined && waiting.has(id));
}

/**
 * The operator of a lead for its contacts from a source: the one that it is pinned to, else the latest, as the rule says. Null: nobody, or nobody who could take them.
 * @param contact_id the contact that asks; absent: the lead's next one
 */
export function ownOperatorOf(
  { tx, board, now }: ContactLook,
  { mode, days }: OwnerRule,
  lead: LeadRow,
  source_id: number,
  contact_id?: number,
): number | null {
  if (mode === 'off') return null;
  const owner_id = lead.pinned_operator_id ?? lead.operator_id;
  if (owner_id === null || board.operators[owner_id]?.is_archived !== false || !board.weights[source_id]?.[owner_id]) return null;
  if (lead.pinned_operator_id !== null) return owner_id;
  const isRecent = mode === 'open' ? hasOpenContact(tx, lead.id, contact_id) : (latestAssignmentAt(tx, lead) ?? 0) > now - 1000 * DAY_SECONDS * days;
  return isRecent ? owner_id : null;
}

/** Gives the waiting contacts of a lead the owner that they have now, and opens the queue to whoever may take them. */
export function reownWaiting(write: Write, lead_id: number): void {
  const lead = leadOf(write.tx, lead_id);
  for (const { id, source_id, class_id } of waitingOfLead(write.tx, lead_id)) {
    const owner_id = ownOperatorOf(write, write.board.rules[source_id]?.owner ?? noOwner, lead, source_id, id);
    const { owner_id: former, ...others } = write.classOf(class_id);
    if ((former ?? null) === owner_id) continue;
    reclassify(write.tx, { id, class_id }, classFor(write.tx, source_id, owner_id === null ? others : { ...others, owner_id }));
    write.forgetClasses();
    for (const operator_id in write.board.weights[source_id]) write.opened.add(Number(operator_id));
  }
}
