import { type Identifier, identify } from '#domain/identify.ts';
import { type GivenIdentifier, type Normalised, normalise, storedForms, warningsOf } from '#domain/normalise.ts';
import type { PhoneRegion } from '#domain/phone.ts';
import type { Write } from '#engine/core/write.ts';
import { iso, leadBrief, leadOf, presentLead, presentMerge } from '#engine/views/present.ts';
import { isNewTo } from '#engine/views/source-view.ts';
import type { Board } from '#shared/board.ts';
import { identifierKinds, type LeadAnswer, type LeadInput, type Merge } from '#shared/contract/entities.ts';
import { fail, notFound, ok, type Problem, type Result } from '#shared/contract/problems.ts';
import { cleanName } from '#shared/plain-text.ts';
import type { Reading } from '#store/sqlite/open.ts';
import { contactIdsOfLead, moveToLead, ownContactIds } from '#store/tables/contacts.ts';
import { addGiver, type Giver, hasOnlyContactsOf, THE_DESK } from '#store/tables/givers.ts';
import {
  byPlace,
  findLatestAssignment,
  identifierByValue,
  insertIdentifier,
  insertLead,
  type LatestAssignment,
  type LeadRow,
  leadById,
  moveIdentifiers,
  NOBODY,
  NOTHING_SHOWN,
  nameLead,
  nextPlace,
  type OwnedIdentifier,
  ownIdentifiers,
  partsOfLead,
  pinLead,
  placeOf,
  returnIdentifiers,
  type Shown,
  setLatestAssignment,
  setMergedInto,
  setPartOf,
  show,
  shownBy,
} from '#store/tables/leads.ts';
import { insertMerge, type MovedRows, mergeById, setMergeUndone, shownByMerges } from '#store/tables/merges.ts';
import { detailOf, markOf } from '#store/tables/shared-identifiers.ts';
import { isSharedValue } from './shared-values.ts';
import { followMerge, followUndo, suggestionsBefore } from './suggestions.ts';

export interface Recognised {
  readonly lead: LeadRow;
  readonly created: boolean;
  /** the lead existed, and the giver had given none of its data */
  readonly isNewToGiver: boolean;
  readonly merge_ids: readonly number[];
  /** all given identifiers are shared by many people, so the lead is new */
  readonly isOnlyShared: boolean;
  /** leads that may be the same, with their identifiers among the given ones: a person decides */
  readonly held: readonly { readonly lead_id: number; readonly identifiers: readonly (Identifier & { readonly id: number })[] }[];
}

export interface Given {
  readonly identifiers: readonly GivenIdentifier[];
  readonly name: string | null;
  readonly giver: Giver;
  /** of external ids, see external-ids.ts; 0: the shared one */
  readonly space?: number;
}

const spaceIn =
  (given: Given) =>
  ({ kind }: Identifier): number =>
    kind === 'external_id' ? (given.space ?? 0) : 0;

/** What the database knows of the given identifiers. */
export interface LookedUp {
  readonly details: readonly GivenIdentifier[];
  readonly identifiers: readonly GivenIdentifier[];
  /** whose each of `identifiers` is; undefined: nobody's */
  readonly owned: readonly ReturnType<typeof ownerOf>[];
  /** null: all of `identifiers` are new, and so is the lead */
  readonly identity: (ReturnType<typeof identify> & { readonly lead_id: number }) | null;
}

/** Read access for identification. */
export interface IdentityLook {
  readonly tx: Reading;
  readonly board: Board;
  /** whether any value is marked as shared */
  readonly hasShared: boolean;
}

/** Looks up whom these identifiers denote, without writing anything. */
export function lookUp({ tx, board, hasShared }: IdentityLook, given: Given): LookedUp {
  const { giver } = given;
  const spaceOf = spaceIn(given);
  const looked = given.identifiers.map((one) => {
    const isListed = isSharedValue(one, board.settings);
    const region = board.settings.phone_region;
    const isShared = isListed || (hasShared && isMarked(tx, one, region, spaceOf(one)));
    return { one, owner: isShared ? undefined : ownerOf(tx, one, region, spaceOf(one)), isShared };
  });
  const details = looked.filter(({ isShared }) => isShared).map(({ one }) => one);
  const identifying = details.length === 0 ? looked : looked.filter(({ isShared }) => !isShared);
  const identifiers = identifying.map(({ one }) => one);
  const owned = identifying.map(({ owner }) => owner);
  if (owned.every((one) => one === undefined)) return { details, identifiers, owned, identity: null };
  const asks = board.settings.merges_across_sources === 'ask' && giver !== THE_DESK && new Set(owned.map((one) => one?.lead_id)).size > 1;
  const isOwn = (one: OwnedIdentifier) => one.given_by === giver || (one.given_by === null && hasOnlyContactsOf(tx, giver, one.lead_id));
  const lookedUp = identifiers.map(({ kind, value }, i) => {
    const its = owned[i];
    return { kind, value, lead_id: its?.lead_id ?? null, isOwn: !asks || (its !== undefined && isOwn(its)), isFormer: its?.isFormer ?? false };
  });
  const { lead_id, ...others } = identify(lookedUp);
  if (lead_id === null) throw new Error('an identifier has an owner that was not found');
  return { details, identifiers, owned, identity: { ...others, lead_id } };
}

/**
 * Finds, creates, extends or merges the lead that these identifiers denote. A lead keeps its first name.
 * @param assignment the assignment that follows in the same write; recorded here as the lead's latest
 */
export function recognise(
  write: Write,
  given: Given,
  assignment: LatestAssignment | null = null,
  { details, identifiers, owned, identity }: LookedUp = lookUp(write, given),
): Recognised {
  const { tx, now } = write;
  const { name, giver } = given;
  const spaceOf = spaceIn(given);
  const insert = ({ kind, value }: Identifier, lead_id: number, is_shared: boolean) =>
    insertIdentifier(tx, { kind, value, space: spaceOf({ kind, value }), is_shared, lead_id, giver, now });
  if (identity === null) {
    const lead = insertLead(tx, { name, giver, now }, assignment ?? NOBODY, withFirst(NOTHING_SHOWN, given.identifiers));
    for (const one of identifiers) insert(one, lead.id, false);
    for (const one of details) insert(one, lead.id, true);
    return { lead, created: true, isNewToGiver: false, merge_ids: [], isOnlyShared: identifiers.length === 0, held: [] };
  }
  const { lead_id: known, duplicates, held, added } = identity;
  const merge_ids = duplicates.map((duplicate) => mergeLeads(write, known, duplicate));
  let lead = leadOf(tx, known);
  const isNewToGiver = giver !== THE_DESK && isNewTo(tx, lead, giver);
  for (const one of owned) if (one && giver !== THE_DESK && one.given_by !== giver && !held.includes(one.lead_id)) addGiver(tx, one.id, giver);
  for (const one of added) insert(one, known, false);
  for (const one of details) if (detailOf(tx, known, { ...one, space: spaceOf(one) }) === undefined) insert(one, known, true);
  const shown = withFirst(lead, [...added, ...details]);
  if (identifierKinds.some((kind) => shown[kind] !== lead[kind])) {
    show(tx, known, shown);
    lead = { ...lead, ...shown };
  }
  if (name !== null && lead.name === null) {
    nameLead(tx, known, name, giver);
    lead = { ...lead, name, name_given_by: giver };
  }
  const heldBack = held.map((lead_id) => ({
    lead_id,
    identifiers: identifiers.flatMap((one, i) => (owned[i]?.lead_id === lead_id ? [{ ...one, id: owned[i].id }] : [])),
  }));
  return withAssignment(write, { lead, created: false, isNewToGiver, merge_ids, isOnlyShared: false, held: heldBack }, assignment);
}

/** Records the assignment that follows in the same write as the lead's latest. */
export function withAssignment(write: Write, recognised: Recognised, assignment: LatestAssignment | null): Recognised {
  if (assignment === null) return recognised;
  setLatestAssignment(write.tx, recognised.lead.id, assignment);
  return { ...recognised, lead: { ...recognised.lead, ...assignment } };
}

/** The warning for a contact whose identifiers are all shared by many people. */
export const SHARED_WARNING = 'shared_identifier: many people share the given identifiers, so they identify nobody, and the lead is new';

/** The space of a source's external ids. */
export const spaceFor = (board: Board, source_id: number | null | undefined): number =>
  source_id != null && board.sources[source_id]?.has_own_ids ? source_id : 0;

/** Whether the value is marked as shared, in any of its parallel forms. */
const isMarked = (db: Reading, identifier: GivenIdentifier, region: PhoneRegion, space: number): boolean =>
  [identifier.value, ...storedForms(identifier, region).parallel].some((value) => markOf(db, { kind: identifier.kind, value, space }) !== undefined);

/** Looks an identifier up: as it is normalised, in its parallel forms, and as an earlier version stored it. */
export function ownerOf(db: Reading, identifier: GivenIdentifier, region: PhoneRegion, space = 0): (OwnedIdentifier & { isFormer: boolean }) | undefined {
  const { kind, value } = identifier;
  const owned = identifierByValue(db, kind, value, space);
  if (owned) return { ...owned, isFormer: false };
  const { parallel, former } = storedForms(identifier, region);
  for (const form of [...parallel, ...(former === null ? [] : [former])]) {
    const stored = identifierByValue(db, kind, form, space);
    if (stored) return { ...stored, isFormer: form === former };
  }
  return undefined;
}

/** The identifiers shown for a lead after adding these: the first of each kind stays. */
function withFirst({ external_id, phone, email }: Shown, added: readonly Identifier[]): Shown {
  const shown = { external_id, phone, email };
  for (const { kind, value } of added) shown[kind] ??= value;
  return shown;
}

/** Finds the first identifier of each kind among a lead's own and those linked by merges. */
function findShown(db: Reading, lead_id: number): Shown {
  const own = ownIdentifiers(db, lead_id, -1).map((one) => ({ [one.kind]: one.value, place: placeOf(one) }));
  const shown = { ...NOTHING_SHOWN };
  for (const one of [...shownByMerges(db, lead_id), ...own].sort((a, b) => a.place - b.place)) // a merge's shown identifiers precede those that it moved
    for (const kind of identifierKinds) shown[kind] ??= (one as Partial<Shown>)[kind] ?? null;
  return shown;
}

/** Whether a lead was erased. Every other unmerged lead has an identifier: without one it would not have been created. */
export function isErased({ merged_into, external_id, phone, email }: LeadRow): boolean {
  return merged_into === null && external_id === null && phone === null && email === null;
}

/** Maximum number of contacts, and of identifiers, that a merge moves. A lead with more becomes a part of the survivor, and its rows stay. */
const MOST_MOVED = 100;

/**
 * Merges `merged_id` into the survivor, which gets its contacts and identifiers. The changes are recorded for undo. Touches at most MOST_MOVED
 * contacts and identifiers, and the merged lead's parts, which have more than MOST_MOVED of them each.
 */
export function mergeLeads(write: Write, survivor_id: number, merged_id: number): number {
  const { tx, now } = write;
  const survivor = leadOf(tx, survivor_id);
  const merged = leadOf(tx, merged_id);
  const [, ...parts] = partsOfLead(tx, merged_id);
  const most = write.world.mostMoved ?? MOST_MOVED;
  const identifiers = ownIdentifiers(tx, merged_id, most + 1).toSorted(byPlace);
  const contact_ids = ownContactIds(tx, merged_id, most + 1);
  const isLarge = identifiers.length > most || contact_ids.length > most;
  const links = isLarge ? [merged_id, ...parts] : parts;
  const place = nextPlace(tx);
  const suggestions = suggestionsBefore(write, { survivor_id, merged_id });
  const moved: MovedRows = {
    ...(isLarge
      ? { identifier_ids: [], places: [], contact_ids: [] }
      : { identifier_ids: identifiers.map(({ id }) => id), places: identifiers.map(({ place }) => place), contact_ids }),
    part_ids: links,
    part_places: links.map((part) => leadById(tx, part)?.part_place ?? null),
    shown: { external_id: merged.external_id, phone: merged.phone, email: merged.email, place },
    name_given: survivor.name === null && merged.name !== null,
    ...(survivor.pinned_operator_id === null && merged.pinned_operator_id !== null && { pin_given: true }),
    ...(suggestions.others.length > 0 && { suggestion_ids: suggestions.others }),
  };
  moveIdentifiers(tx, { ids: moved.identifier_ids, place, from: merged_id, to: survivor_id });
  moveToLead(tx, moved.contact_ids, merged_id, survivor_id);
  for (const [n, part] of links.entries()) setPartOf(tx, part, { part_of: survivor_id, part_place: place + moved.identifier_ids.length + n });
  if (moved.name_given) nameLead(tx, survivor_id, merged.name, merged.name_given_by);
  if (moved.pin_given) pinLead(tx, survivor_id, merged.pinned_operator_id);
  setMergedInto(tx, merged_id, survivor_id);
  show(tx, survivor_id, withFirst(survivor, shownBy(merged)));
  show(tx, merged_id, NOTHING_SHOWN);
  if ((merged.assigned_by ?? 0) > (survivor.assigned_by ?? 0)) setLatestAssignment(tx, survivor_id, merged);
  const id = insertMerge(tx, { survivor_id, merged_id, moved, now });
  followMerge(write, { id, survivor_id, merged_id }, suggestions);
  const fulfilled = suggestions.fulfilled.length + suggestions.beyond.length;
  write.emit(
    { kind: 'leads_merged', survivor: leadBrief(leadOf(tx, survivor_id)), merged_id, ...(fulfilled > 0 && { fulfilled }) },
    { merge_id: id, survivor_id, merged_id },
  );
  return id;
}

/** Undoes a merge: what was moved goes back, as far as the survivor still has it; later data stays with the survivor. */
export function undoMerge(write: Write, id: number): Result<Merge> {
  const { tx, now } = write;
  const merge = mergeById(tx, id);
  if (!merge) return notFound('merge', id);
  const { survivor_id, merged_id } = merge;
  if (merge.undone_at !== null) return fail('merge_not_undoable', `Merge ${id} was taken back at ${iso(merge.undone_at)} already.`);
  const survivor = leadById(tx, survivor_id);
  if (survivor?.merged_into != null)
    return fail('merge_not_undoable', `Lead ${survivor_id} was itself merged into lead ${survivor.merged_into} later. Undo that merge first.`);
  if (isErased(leadOf(tx, survivor_id)))
    return fail('merge_not_undoable', `Lead ${survivor_id} was erased, and with it what lead ${merged_id} had. None of it could be returned.`);
  const { moved } = merge;
  returnIdentifiers(tx, moved.identifier_ids, moved.places ?? [], survivor_id, merged_id);
  moveToLead(tx, moved.contact_ids, survivor_id, merged_id);
  for (const [n, part] of (moved.part_ids ?? []).entries())
    setPartOf(tx, part, { part_of: part === merged_id ? null : merged_id, part_place: moved.part_places?.[n] ?? null });
  if (moved.name_given && survivor?.name === leadById(tx, merged_id)?.name) nameLead(tx, survivor_id, null, null);
  if (moved.pin_given && survivor?.pinned_operator_id === leadById(tx, merged_id)?.pinned_operator_id) pinLead(tx, survivor_id, null);
  setMergedInto(tx, merged_id, null);
  setMergeUndone(tx, id, now);
  for (const lead_id of [survivor_id, merged_id]) {
    setLatestAssignment(tx, lead_id, findLatestAssignment(tx, lead_id));
    show(tx, lead_id, findShown(tx, lead_id));
  }
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

/** Creates, extends or merges a lead without a contact, by the same identification. */
export function saveLead(write: Write, input: LeadInput): Result<LeadAnswer> {
  const normalised = normalise(input, write.board.settings.phone_region);
  const { identifiers, unusable } = normalised;
  if (identifiers.length === 0) return noUsableIdentifier(unusable);
  const { lead, created, isOnlyShared } = recognise(write, {
    identifiers,
    name: cleanName(input.name ?? '') || null,
    giver: THE_DESK,
    space: spaceFor(write.board, input.source_id),
  });
  write.emit({ kind: 'lead_saved', lead: leadBrief(lead) }, { lead_id: lead.id });
  return ok({ ...presentLead(lead), created, warnings: [...warningsOf(normalised, 'is not kept'), ...(isOnlyShared ? [SHARED_WARNING] : [])] });
}

/** The problem of a contact whose identifiers are all absent or unusable. */
export function noUsableIdentifier(unusable: Normalised['unusable']): { ok: false; problem: Problem } {
  const kinds = unusable.map(({ kind }) => kind).join(', ');
  return fail('no_usable_identifier', kinds ? `None of the identifiers given can be used: ${kinds}.` : 'Give an external_id, a phone or an email.', {
    params: { kinds },
    errors: unusable.map(({ kind }) => ({ path: `/${kind}`, message: `is not ${kind === 'email' ? 'an email address' : 'a phone number'}` })),
  });
}
