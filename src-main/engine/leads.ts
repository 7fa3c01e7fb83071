import { type Identifier, identify } from '#domain/identify.ts';
import { type Normalised, normalise } from '#domain/normalise.ts';
import type { LeadAnswer, LeadInput, Merge } from '#shared/contract/entities.ts';
import { fail, notFound, ok, type Problem, type Result } from '#shared/contract/problems.ts';
import { contactIdsOfLead, moveContacts } from '#store/contacts.ts';
import {
  insertIdentifier,
  insertLead,
  latestOperatorOfLead,
  leadById,
  moveIdentifiers,
  nameLead,
  ownerOfIdentifier,
  returnIdentifiers,
  setMergedInto,
  setOperatorOfLead,
} from '#store/leads.ts';
import { insertMerge, type Moved, mergeById, setMergeUndone } from '#store/merges.ts';
import type { Reading } from '#store/open.ts';
import { iso, type LeadOf, leadBrief, leadOf, presentLead, presentMerge } from './present.ts';
import type { Write } from './write.ts';

export interface Recognised {
  readonly lead: LeadOf;
  readonly created: boolean;
  readonly merge_ids: readonly number[];
}

/**
 * Finds, makes, completes or merges the lead that these identifiers mean. A lead keeps its first name.
 * @param operator_id whom a new lead gets, when it is assigned in the same write
 */
export function recognise(write: Write, identifiers: readonly Identifier[], name: string | null, operator_id: number | null = null): Recognised {
  const { tx, now } = write;
  const { lead_id: known, duplicates, added } = identify(identifiers.map((one) => ({ ...one, lead_id: ownerOfIdentifier(tx, one.kind, one.value) })));
  if (known === null) {
    const lead = insertLead(tx, { name, operator_id, now });
    return { lead: { ...lead, identifiers: added.map((one) => insertIdentifier(tx, { ...one, lead_id: lead.id, now })) }, created: true, merge_ids: [] };
  }
  const merge_ids = duplicates.map((duplicate) => mergeLeads(write, known, duplicate));
  for (const { kind, value } of added) insertIdentifier(tx, { kind, value, lead_id: known, now });
  let lead = leadOf(tx, known);
  if (name !== null && lead.name === null) {
    nameLead(tx, known, name);
    lead = { ...lead, name };
  }
  return { lead, created: false, merge_ids };
}

export function leadIfThere(db: Reading, id: number): LeadOf | null {
  return leadById(db, id) ? leadOf(db, id) : null;
}

/** Every other lead that was not merged into another has an identifier: without one it would not have been made, and could not be found. */
export function isErased(lead: LeadOf): boolean {
  return lead.merged_into === null && lead.identifiers.length === 0;
}

/** The contacts and identifiers of `merged_id` move to the survivor; what moved is kept, so that it can be taken back. */
function mergeLeads(write: Write, survivor_id: number, merged_id: number): number {
  const { tx, now } = write;
  const survivor = leadOf(tx, survivor_id);
  const merged = leadOf(tx, merged_id);
  const moved: Moved = {
    identifier_ids: merged.identifiers.map(({ id }) => id),
    places: merged.identifiers.map(({ place }) => place),
    contact_ids: contactIdsOfLead(tx, merged_id),
    name_given: survivor.name === null && merged.name !== null,
  };
  moveIdentifiers(tx, moved.identifier_ids, merged_id, survivor_id);
  moveContacts(tx, moved.contact_ids, merged_id, survivor_id);
  if (moved.name_given) nameLead(tx, survivor_id, merged.name);
  setMergedInto(tx, merged_id, survivor_id);
  setOperatorOfLead(tx, survivor_id, latestOperatorOfLead(tx, survivor_id));
  const id = insertMerge(tx, { survivor_id, merged_id, moved, now });
  write.emit({ kind: 'leads_merged', survivor: leadBrief(leadOf(tx, survivor_id)), merged_id }, { merge_id: id, survivor_id, merged_id });
  return id;
}

/** Takes a merge back: what moved goes home, as far as the survivor still has it; what came later stays with the survivor. */
export function undoMerge(write: Write, id: number): Result<Merge> {
  const { tx, now } = write;
  const merge = mergeById(tx, id);
  if (!merge) return notFound('merge', id);
  const { survivor_id, merged_id } = merge;
  if (merge.undone_at !== null) return fail('merge_not_undoable', `Merge ${id} was taken back at ${iso(merge.undone_at)} already.`);
  const survivor = leadById(tx, survivor_id);
  if (survivor?.merged_into != null)
    return fail('merge_not_undoable', `Lead ${survivor_id} was itself merged into lead ${survivor.merged_into} later. Take that merge back first.`);
  if (isErased(leadOf(tx, survivor_id)))
    return fail('merge_not_undoable', `Lead ${survivor_id} was erased, and with it what lead ${merged_id} had. Nothing of it could be given back.`);
  const moved = JSON.parse(merge.moved) as Moved; // insertMerge wrote it
  returnIdentifiers(tx, moved.identifier_ids, moved.places ?? [], survivor_id, merged_id);
  moveContacts(tx, moved.contact_ids, survivor_id, merged_id);
  const merged = leadOf(tx, merged_id);
  if (moved.name_given && survivor?.name === merged.name) nameLead(tx, survivor_id, null);
  setMergedInto(tx, merged_id, null);
  for (const lead_id of [survivor_id, merged_id]) setOperatorOfLead(tx, lead_id, latestOperatorOfLead(tx, lead_id));
  setMergeUndone(tx, id, now);
  write.emit(
    {
      kind: 'merge_undone',
      survivor: leadBrief(leadOf(tx, survivor_id)),
      restored: leadBrief(leadOf(tx, merged_id)),
      contact_ids: contactIdsOfLead(tx, merged_id),
    },
    { merge_id: id, survivor_id, merged_id },
  );
  return ok(presentMerge({ ...merge, undone_at: now }));
}

/** Makes, completes or merges a lead without a contact, by the same identification. */
export function saveLead(write: Write, input: LeadInput): Result<LeadAnswer> {
  const { identifiers, unusable } = normalise(input, write.board.settings.phone_region);
  if (identifiers.length === 0) return noUsableIdentifier(unusable);
  const { lead, created } = recognise(write, identifiers, input.name?.trim() || null);
  write.emit({ kind: 'lead_saved', lead: leadBrief(lead) }, { lead_id: lead.id });
  return ok({ ...presentLead(lead), created, warnings: unusable.map(({ kind }) => `${kind} could not be normalised and is not kept`) });
}

export function noUsableIdentifier(unusable: Normalised['unusable']): { ok: false; problem: Problem } {
  const kinds = unusable.map(({ kind }) => kind).join(', ');
  return fail('no_usable_identifier', kinds ? `None of the identifiers given can be used: ${kinds}.` : 'Give an external_id, a phone or an email.', {
    params: { kinds },
    errors: unusable.map(({ kind }) => ({ path: `/${kind}`, message: `is not ${kind === 'email' ? 'an email address' : 'a phone number'}` })),
  });
}
