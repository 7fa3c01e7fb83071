import type { ContactLook, Waits } from '#engine/core/contact-table.ts';
import type { Write } from '#engine/core/write.ts';
import { leadOf } from '#engine/views/present.ts';
import { type ContactInput, DAY_SECONDS } from '#shared/contract/entities.ts';
import { noOwner, type OwnerRule } from '#shared/distribution/rule.ts';
import { neededValues } from '#shared/distribution/tags.ts';
import { type ContactClass, classFor, idOfClass, ORDINARY, reclassify } from '#store/tables/contact-classes.ts';
import { openOfLead } from '#store/tables/contacts.ts';
import { hasOpenContact, type LeadRow, latestAssignmentAt } from '#store/tables/leads.ts';

/** At most so many classes with tags or targets wait at a source, so that a bot that invents values cannot make the queue slow. */
const MOST_CLASSES = 2000;

export interface ClassLook extends ContactLook {
  /** the first waiting contact of each class of the source */
  heads(source_id: number): ReadonlyMap<number | null, Waits>;
}

interface NewContactFacts {
  readonly input: ContactInput & { readonly source_id: number };
  /** it was sent by a caller of the source, whoever hands it in now */
  readonly isOfSource: boolean;
  /** finds the lead that it will belong to; null: a new one */
  readonly findLead: () => LeadToBe | null;
}

/** The class of a new contact under the rule of its source, see contact-classes.ts, and what could not be respected. */
export function classOfNew(write: Write, facts: NewContactFacts): { id: number | null; warnings: string[] } {
  const { its, warnings } = findClass(write, facts);
  return { id: its === ORDINARY ? null : classFor(write.tx, facts.input.source_id, its), warnings };
}

/** As `classOfNew`, without making the class if there is none. */
export function findClass(look: ClassLook, { input, isOfSource, findLead }: NewContactFacts): { its: ContactClass; warnings: string[] } {
  const rule = look.board.rules[input.source_id];
  const given = input.target_seconds ?? null;
  const takesTarget = given !== null && (!isOfSource || rule?.accepts_target === true);
  const warnings = given === null || takesTarget ? [] : ['target_seconds was ignored: the rule of this source does not let its callers give one'];
  if (!rule && !takesTarget) return { its: ORDINARY, warnings };
  const lead = rule && rule.owner.mode !== 'off' ? findLead() : null;
  const owner_id = rule && lead ? ownOperatorOf(look, rule.owner, lead, input.source_id) : null;
  const needs = rule ? neededValues(rule.needs, input.attributes) : {};
  const owned: ContactClass = { ...(owner_id !== null && { owner_id }), ...(rule && rule.cost !== 1 && { cost: rule.cost }) };
  let its: ContactClass = { ...owned, ...(Object.keys(needs).length > 0 && { needs }), ...(takesTarget && { target_seconds: given }) };
  for (const part of ['target_seconds', 'needs'] as const) {
    if (its[part] === undefined || hasRoomFor(look, input.source_id, its)) continue;
    const { [part]: _, ...others } = its;
    its = others;
    warnings.push(`${part === 'needs' ? 'Tags were' : 'target_seconds was'} ignored: contacts with ${MOST_CLASSES} different tags and targets wait already`);
  }
  return { its, warnings };
}

/** Whether a contact of the class may wait beside those that wait at the source. */
function hasRoomFor(look: ClassLook, source_id: number, its: ContactClass): boolean {
  const waiting = look.heads(source_id);
  const id = idOfClass(look.tx, source_id, its);
  return waiting.size < MOST_CLASSES || (id !== undefined && waiting.has(id));
}

/** A lead, and those that are merged into it before anybody is chosen, but are not yet. */
export type LeadToBe = LeadRow & { readonly also?: readonly number[] };

/**
 * The operator of a lead for its contacts from a source: the one that it is pinned to, else the latest, as the rule says. Null: nobody, or nobody who could take them.
 * @param contact_id the contact that asks; absent: the lead's next one
 */
export function ownOperatorOf(
  { tx, board, now }: ContactLook,
  { mode, days }: OwnerRule,
  lead: LeadToBe,
  source_id: number,
  contact_id?: number,
): number | null {
  if (mode === 'off') return null;
  const owner_id = lead.pinned_operator_id ?? lead.operator_id;
  if (owner_id === null || board.operators[owner_id]?.is_archived !== false || !board.weights[source_id]?.[owner_id]) return null;
  if (lead.pinned_operator_id !== null) return owner_id;
  const isRecent =
    mode === 'open'
      ? [lead.id, ...(lead.also ?? [])].some((id) => hasOpenContact(tx, id, contact_id))
      : (latestAssignmentAt(tx, lead) ?? 0) > now - 1000 * DAY_SECONDS * days;
  return isRecent ? owner_id : null;
}

/**
 * Gives the open contacts of a lead the owner that they have now, and opens the queue to whoever may take those that wait. One that is assigned goes
 * by it once it is put back. Returns those whose owner is another one.
 */
export function reownOpen(write: Write, lead_id: number): { contact_id: number; owner_id: number | null }[] {
  const reowned: ReturnType<typeof reownOpen> = [];
  const lead = leadOf(write.tx, lead_id);
  for (const { id, source_id, class_id } of openOfLead(write.tx, lead_id)) {
    const owner_id = ownOperatorOf(write, write.board.rules[source_id]?.owner ?? noOwner, lead, source_id, id);
    const { owner_id: former, ...others } = write.classOf(class_id);
    if ((former ?? null) === owner_id) continue;
    reowned.push({ contact_id: id, owner_id });
    reclassify(write.tx, { id, class_id }, classFor(write.tx, source_id, owner_id === null ? others : { ...others, owner_id }));
    write.forgetClasses();
    for (const operator_id in write.board.weights[source_id]) write.opened.add(Number(operator_id));
  }
  return reowned;
}
