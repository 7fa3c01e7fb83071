import { freeName } from '#domain/contact-body.ts';
import { type Normalised, normalise, warningsOf } from '#domain/normalise.ts';
import type { ContactLook } from '#engine/core/contact-table.ts';
import { assignmentOf, drawVerdict, fresh, noteSign, placeNew } from '#engine/core/place.ts';
import { sourceOf, type Write } from '#engine/core/write.ts';
import { type Given, type LookedUp, lookUp, noUsableIdentifier, recognise, SHARED_WARNING, spaceFor, withAssignment } from '#engine/leads/leads.ts';
import { suggestMerge } from '#engine/leads/suggestions.ts';
import { leadBrief, leadOf, presentContact } from '#engine/views/present.ts';
import { noteCreatedBy } from '#engine/views/source-view.ts';
import type { BoardSource } from '#shared/board.ts';
import type { Contact, ContactInput } from '#shared/contract/entities.ts';
import { fail, firstWarnings, keptRefusals, notInUse, ok, type Result } from '#shared/contract/problems.ts';
import { noRepeat } from '#shared/distribution/rule.ts';
import { cleanName } from '#shared/plain-text.ts';
import { contactById, contactByKey, type ForSource } from '#store/tables/contacts.ts';
import { setContactOfMerge } from '#store/tables/merges.ts';
import { insertMessage, messageByKey, newestOpenContact } from '#store/tables/messages.ts';
import { classOfNew } from './contact-class.ts';
import { presentedContact, surroundings } from './contacts.ts';
import { isSameBody, keptFingerprint } from './fingerprint.ts';
import { type RefusedSubmission, refuseContact, settleByRetry } from './refused-contacts.ts';

export interface Submission {
  readonly input: ContactInput & { readonly source_id: number };
  readonly idempotency_key: string | null;
  /** fingerprint of the body as sent; null when there is none (it then matches any body) */
  readonly fingerprint: Uint8Array | null;
  /** what was adapted while reading the body */
  readonly warnings?: readonly string[];
  /** the body as it was sent, if `input` was adapted from it */
  readonly sent?: unknown;
  /** it was refused before, and a person hands it in for the source */
  readonly isHandedIn?: true;
}

export interface Submitted {
  readonly contact: Contact;
  /** the key was known: the answer is the existing contact in its present state */
  readonly replayed: boolean;
  /** it was added to the contact as a further message */
  readonly joined?: true;
}

/** Submits a bot's contact. A refusal that a supervisor can resolve is stored as a refused contact, and nothing else is written. */
export function submitContact(write: Write, submission: Submission): Result<Submitted> {
  const result = takeIn(write, submission);
  if (result.ok && !result.value.replayed && submission.idempotency_key !== null)
    settleByRetry(write, submission.input.source_id, submission.idempotency_key, result.value.contact.id);
  if (!result.ok && keptRefusals.includes(result.problem.code)) {
    const { input, idempotency_key, fingerprint, sent = input } = submission;
    refuseContact(write, { source_id: input.source_id, idempotency_key, fingerprint, payload: sent, problem: result.problem });
  }
  return result;
}

/** Stores a body that could not be read. If a supervisor has corrected and resubmitted an earlier attempt with its key, answers with that contact instead. */
export function keepUnreadable(write: Write, refusal: RefusedSubmission): Result<Submitted> {
  const { source_id, idempotency_key, problem } = refusal;
  const first = idempotency_key === null ? undefined : submittedWith(write, source_id, idempotency_key);
  if (first && first.fingerprint === null) return ok(replayOf(write, first));
  refuseContact(write, refusal);
  return { ok: false, problem };
}

interface Known {
  /** the contact */
  readonly id: number;
  readonly fingerprint: Uint8Array | null;
  /** it was added to that contact as a message */
  readonly joined?: true;
}

/** What the source submitted under the key; undefined: nothing. */
function submittedWith({ tx, hasMessages }: Write, source_id: number, idempotency_key: string): Known | undefined {
  const contact = contactByKey(tx, source_id, idempotency_key);
  if (contact || !hasMessages) return contact;
  const message = messageByKey(tx, source_id, idempotency_key);
  return message && { id: message.contact_id, fingerprint: message.fingerprint, joined: true };
}

const replayOf = (write: Write, { id, joined }: Known): Submitted => ({ contact: presentedContact(write, id), replayed: true, ...(joined && { joined }) });

/** The refusal of a contact that nobody could ever take. */
export const hasNoCompetences = ({ id, name }: BoardSource) =>
  fail('source_has_no_competences', `No operator has a competence for source ${id} (${name}). Give one a weight, then submit the contact again.`, {
    params: { source: name },
  });

/** The open contact to which the rule of the source adds a further message of this lead; undefined: none. */
export function openContactToJoin({ tx, board, now }: ContactLook, source_id: number, { identity }: LookedUp): number | undefined {
  const { mode, within_seconds } = board.rules[source_id]?.repeat ?? noRepeat;
  if (mode === 'new' || identity === null) return undefined;
  const since = within_seconds === null ? 0 : now - 1000 * within_seconds;
  return newestOpenContact(tx, [identity.lead_id, ...identity.duplicates], source_id, since);
}

/**
 * Adds a submission to an open contact of its lead. The lead is extended and merged as for any other; the contact keeps its operator, its place in
 * the queue and its target, and nobody is drawn.
 */
function join(
  write: Write,
  { input, idempotency_key, fingerprint, sent, warnings: adapted = [] }: Submission,
  contact_id: number,
  { given, looked, normalised }: { readonly given: Given; readonly looked: LookedUp; readonly normalised: Normalised },
): Submitted {
  const { lead, merge_ids, held } = recognise(write, given, null, looked);
  const warnings = firstWarnings([...adapted, ...warningsOf(normalised, 'is kept as it was sent')]);
  const { external_id, phone, email, name } = input;
  const message_id = insertMessage(write.tx, {
    contact_id,
    source_id: input.source_id,
    created_at: write.now,
    message: input.message ?? null,
    attributes: input.attributes != null && Object.keys(input.attributes).length > 0 ? input.attributes : null,
    given: { ...(external_id != null && { external_id }), ...(phone != null && { phone }), ...(email != null && { email }), ...(name != null && { name }) },
    warnings: warnings.length > 0 ? warnings : null,
    idempotency_key,
    fingerprint: fingerprint && keptFingerprint(fingerprint, input, normalised, sent !== undefined),
  });
  write.noteMessage();
  for (const merge_id of merge_ids) setContactOfMerge(write.tx, merge_id, contact_id);
  for (const { lead_id: merged_id, identifiers } of held)
    suggestMerge(write, { survivor_id: lead.id, merged_id, contact_id, identifier_ids: identifiers.map(({ id }) => id) });
  noteSign(write, { id: contact_id, source_id: input.source_id });
  const operator_id = contactById(write.tx, contact_id)?.operator_id ?? null;
  write.emit(
    { kind: 'message_added', message_id, contact_id, source_id: input.source_id, operator_id, lead: leadBrief(lead) },
    { lead_id: lead.id, message_id },
  );
  return { contact: presentedContact(write, contact_id), replayed: false, joined: true };
}

/**
 * Identifies the lead (creating, extending or merging it), draws an operator, and assigns or queues the contact.
 * A known idempotency key with an equivalent body returns the first contact in its present state.
 */
export function takeIn(write: Write, submission: Submission): Result<Submitted> {
  const { input, idempotency_key, fingerprint } = submission;
  const isAdapted = submission.sent !== undefined;
  const source = write.board.sources[input.source_id];
  if (!source || source.is_archived) return notInUse('source', input.source_id, source);
  if (idempotency_key !== null) {
    const first = submittedWith(write, input.source_id, idempotency_key);
    if (first) {
      if (!isSameBody(first.fingerprint, fingerprint, input, write.board.settings.phone_region, isAdapted))
        return fail('idempotency_key_reused', `Contact ${first.id} was submitted with this key and another body. Use a new key for a new contact.`);
      return ok(replayOf(write, first));
    }
  }

  if (!write.board.weights[input.source_id]) return hasNoCompetences(source);
  const normalised = normalise(input, write.board.settings.phone_region);
  const { identifiers, unusable, noted } = normalised;
  if (identifiers.length === 0) return noUsableIdentifier(unusable);

  const name = cleanName(input.name ?? '') || null;
  const given = { identifiers, name, giver: input.source_id, space: spaceFor(write.board, input.source_id) };
  const looked = lookUp(write, given);
  const joins_id = openContactToJoin(write, input.source_id, looked);
  if (joins_id !== undefined) return ok(join(write, submission, joins_id, { given, looked, normalised }));
  // leads that this contact shows to be one are merged before anybody is chosen: the owner is that of both
  const merged = looked.identity !== null && looked.identity.duplicates.length > 0 ? recognise(write, given, null, looked) : null;
  const isOfSource = submission.isHandedIn === true || sourceOf(write.actor) !== null;
  const findLead = () => merged?.lead ?? (looked.identity && leadOf(write.tx, looked.identity.lead_id));
  const its = classOfNew(write, { input, isOfSource, findLead });
  const verdict = drawVerdict(write, fresh(write, input.source_id, its.id), 'draw');
  const assignment = verdict.operator_id === null ? null : assignmentOf(write, input.source_id, verdict.operator_id);
  const { lead, created, isNewToGiver, merge_ids, isOnlyShared, held } = merged
    ? withAssignment(write, merged, assignment)
    : recognise(write, given, assignment, looked);
  if (created) noteCreatedBy(lead, input.source_id);
  const attributes = { ...input.attributes };
  for (const { kind, given } of [...unusable, ...noted]) attributes[freeName(kind, { has: (name) => attributes[name] != null })] = given;
  const forSource: ForSource = isNewToGiver ? { created: true } : {};
  if (name !== null && lead.name_given_by !== input.source_id) forSource.name = name;
  if (name !== null && lead.name !== name && attributes.name == null) {
    if (forSource.name) forSource.added = { name: attributes.name === null };
    attributes.name = name;
  }
  // identifiers of another lead are stored with the contact: its operator needs the telephone number now
  for (const { kind, value } of held.flatMap(({ identifiers }) => identifiers)) {
    forSource[kind] = value;
    if (attributes[kind] != null) continue;
    forSource.added = { ...forSource.added, [kind]: attributes[kind] === null };
    attributes[kind] = value;
  }
  const told = [...(submission.warnings ?? []), ...its.warnings, ...warningsOf(normalised, 'is kept in attributes'), ...(isOnlyShared ? [SHARED_WARNING] : [])];
  const warnings = firstWarnings(told);
  const row = placeNew(
    write,
    verdict,
    {
      source_id: input.source_id,
      lead_id: lead.id,
      message: input.message ?? null,
      attributes: Object.keys(attributes).length > 0 ? attributes : null,
      warnings: warnings.length > 0 ? warnings : null,
      made_lead: created,
      idempotency_key,
      fingerprint: fingerprint && keptFingerprint(fingerprint, input, normalised, isAdapted),
      for_source: Object.keys(forSource).length > 0 ? forSource : null,
      class_id: its.id,
    },
    lead,
  );
  for (const merge_id of merge_ids) setContactOfMerge(write.tx, merge_id, row.id);
  for (const { lead_id: merged_id, identifiers } of held)
    suggestMerge(write, { survivor_id: lead.id, merged_id, contact_id: row.id, identifier_ids: identifiers.map(({ id }) => id) });
  return ok({ contact: presentContact(row, lead, surroundings(write)), replayed: false });
}
