import { type Identifier, identify } from '#domain/identify.ts';
import { type Normalised, normalise } from '#domain/normalise.ts';
import type { LeadAnswer, LeadInput, Merge } from '#shared/contract/entities.ts';
import { fail, notFound, ok, type Problem, type Result } from '#shared/contract/problems.ts';
import { contactIdsOfLead, moveContacts } from '#store/contacts.ts';
import { addGiver, type Giver, hasOnlyContactsOf, THE_DESK } from '#store/givers.ts';
import {
  identifierByValue,
  insertIdentifier,
  insertLead,
  latestOperatorOfLead,
  leadById,
  moveIdentifiers,
  nameLead,
  type OperatorOfLead,
  type OwnedIdentifier,
  returnIdentifiers,
  setMergedInto,
  setOperatorOfLead,
} from '#store/leads.ts';
import { insertMerge, type Moved, mergeById, setMergeUndone } from '#store/merges.ts';
import type { Reading } from '#store/open.ts';
import { iso, type LeadOf, leadBrief, leadOf, presentLead, presentMerge } from './present.ts';
import { isNewTo } from './source-view.ts';
import { followMerge, followUndo, suggestionsBefore } from './suggestions.ts';
import type { Write } from './write.ts';

export interface Recognised {
  readonly lead: LeadOf;
  readonly created: boolean;
  /** the lead was there, and the giver had given nothing of it */
  readonly isNewToGiver: boolean;
  readonly merge_ids: readonly number[];
  /** leads that may be the same, and the identifiers of theirs that were given: a person decides */
  readonly held: readonly { readonly lead_id: number; readonly identifiers: readonly (Identifier & { readonly id: number })[] }[];
}

export interface Given {
  readonly identifiers: readonly Identifier[];
  readonly name: string | null;
  readonly giver: Giver;
}

/**
 * Finds, makes, completes or merges the lead that these identifiers mean. A lead keeps its first name.
 * @param given by whom
 * @param operator whom a new lead gets, when it is assigned in the same write
 */
export function recognise(write: Write, given: Given, operator: OperatorOfLead = { operator_id: null, operator_source_id: null }): Recognised {
  const { tx, now } = write;
  const { identifiers, name, giver } = given;
  const owned = identifiers.map(({ kind, value }) => identifierByValue(tx, kind, value));
  const asks = write.board.settings.merges_across_sources === 'ask' && giver !== THE_DESK && new Set(owned.map((one) => one?.lead_id)).size > 1;
  const isOwn = (one: OwnedIdentifier) => one.given_by === giver || (one.given_by === null && hasOnlyContactsOf(tx, giver, one.lead_id));
  const lookedUp = identifiers.map((one, i) => ({ ...one, lead_id: owned[i]?.lead_id ?? null, isOwn: !asks || (owned[i] !== undefined && isOwn(owned[i])) }));
  const { lead_id: known, duplicates, held, added } = identify(lookedUp);
  const add = (lead_id: number) => added.map((one) => insertIdentifier(tx, { ...one, lead_id, giver, now }));
  if (known === null) {
    const lead = insertLead(tx, { name, ...operator, giver, now });
    return { lead: { ...lead, identifiers: add(lead.id) }, created: true, isNewToGiver: false, merge_ids: [], held: [] };
  }
  const merge_ids = duplicates.map((duplicate) => mergeLeads(write, known, duplicate));
  let lead = leadOf(tx, known);
  const isNewToGiver = giver !== THE_DESK && isNewTo(tx, lead, giver);
  for (const one of owned) if (one && giver !== THE_DESK && one.given_by !== giver && !held.includes(one.lead_id)) addGiver(tx, one.id, giver);
  if (added.length > 0) lead = { ...lead, identifiers: [...lead.identifiers, ...add(known)] };
  if (name !== null && lead.name === null) {
    nameLead(tx, known, name, giver);
    lead = { ...lead, name, name_given_by: giver };
  }
  const heldBack = held.map((lead_id) => ({
    lead_id,
    identifiers: identifiers.flatMap((one, i) => (owned[i]?.lead_id === lead_id ? [{ ...one, id: owned[i].id }] : [])),
  }));
  return { lead, created: false, isNewToGiver, merge_ids, held: heldBack };
}

export function leadIfThere(db: Reading, id: number): LeadOf | null {
  return leadById(db, id) ? leadOf(db, id) : null;
}

/** Every other lead that was not merged into another has an identifier: without one it would not have been made, and could not be found. */
export function isErased(lead: LeadOf): boolean {
  return lead.merged_into === null && lead.identifiers.length === 0;
}

/** The contacts and identifiers of `merged_id` move to the survivor; what moved is kept, so that it can be taken back. */
export function mergeLeads(write: Write, survivor_id: number, merged_id: number): number {
  const { tx, now } = write;
  const survivor = leadOf(tx, survivor_id);
  const merged = leadOf(tx, merged_id);
  const suggestions = suggestionsBefore(write, { survivor_id, merged_id });
  const moved: Moved = {
    identifier_ids: merged.identifiers.map(({ id }) => id),
    places: merged.identifiers.map(({ place }) => place),
    contact_ids: contactIdsOfLead(tx, merged_id),
    name_given: survivor.name === null && merged.name !== null,
    ...(suggestions.others.length > 0 && { suggestion_ids: suggestions.others }),
  };
  moveIdentifiers(tx, moved.identifier_ids, merged_id, survivor_id);
  moveContacts(tx, moved.contact_ids, merged_id, survivor_id);
  if (moved.name_given) nameLead(tx, survivor_id, merged.name, merged.name_given_by);
  setMergedInto(tx, merged_id, survivor_id);
  setOperatorOfLead(tx, survivor_id, latestOperatorOfLead(tx, survivor_id));
  const id = insertMerge(tx, { survivor_id, merged_id, moved, now });
  followMerge(write, { id, survivor_id, merged_id }, suggestions);
  const fulfilled = suggestions.fulfilled.length;
  write.emit(
    { kind: 'leads_merged', survivor: leadBrief(leadOf(tx, survivor_id)), merged_id, ...(fulfilled > 0 && { fulfilled }) },
    { merge_id: id, survivor_id, merged_id },
  );
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
  if (moved.name_given && survivor?.name === merged.name) nameLead(tx, survivor_id, null, null);
  setMergedInto(tx, merged_id, null);
  for (const lead_id of [survivor_id, merged_id]) setOperatorOfLead(tx, lead_id, latestOperatorOfLead(tx, lead_id));
  setMergeUndone(tx, id, now);
  const reopened = followUndo(write, merge, moved.suggestion_ids ?? []);
  write.emit(
    {
      kind: 'merge_undone',
      survivor: leadBrief(leadOf(tx, survivor_id)),
      restored: leadBrief(leadOf(tx, merged_id)),
      contact_ids: contactIdsOfLead(tx, merged_id),
      ...(reopened > 0 && { reopened }),
    },
    { merge_id: id, survivor_id, merged_id },
  );
  return ok(presentMerge({ ...merge, undone_at: now }));
}

/** Makes, completes or merges a lead without a contact, by the same identification. */
export function saveLead(write: Write, input: LeadInput): Result<LeadAnswer> {
  const { identifiers, unusable } = normalise(input, write.board.settings.phone_region);
  if (identifiers.length === 0) return noUsableIdentifier(unusable);
  const { lead, created } = recognise(write, { identifiers, name: input.name?.trim() || null, giver: THE_DESK });
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
