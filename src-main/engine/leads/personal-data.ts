/** Finds all data stored about one lead. */
import { readKept } from '#domain/contact-body.ts';
import type { Identifier } from '#domain/identify.ts';
import { mentionsIn } from '#domain/mentions.ts';
import { normalise } from '#domain/normalise.ts';
import type { PhoneRegion } from '#domain/phone.ts';
import { iso, presentContact, presentContactMessage, presentLead, presentMerge, presentRefusedContact, presentSuggestedMerge } from '#engine/views/present.ts';
import { type Read, surroundings } from '#engine/views/queries.ts';
import type { Board } from '#shared/board.ts';
import type { LeadExport } from '#shared/contract/personal-data.ts';
import { notFound, ok, type Result } from '#shared/contract/problems.ts';
import type { Reading } from '#store/sqlite/open.ts';
import { contactById, contactIdsOfLead } from '#store/tables/contacts.ts';
import { decisionsOfContact } from '#store/tables/decisions.ts';
import { idempotencyKeysOfLead, leadsMergedInto, refusalsAfter } from '#store/tables/erase.ts';
import { identifiersOfLead, type LeadRow, leadById } from '#store/tables/leads.ts';
import { mergesOfLead } from '#store/tables/merges.ts';
import { messagesOfContact } from '#store/tables/messages.ts';
import { refusedContactById } from '#store/tables/refused-contacts.ts';
import { suggestedMergesOfLead } from '#store/tables/suggested-merges.ts';
import { spaceFor } from './leads.ts';
import { isOpen } from './suggestions.ts';

/** All data stored about a lead: identifiers, contacts, decisions, merges and refused contacts. */
export function leadExport(read: Read, id: number): Result<LeadExport> {
  const db = read.store.reading;
  const lead = leadById(db, id);
  if (!lead) return notFound('lead', id);
  const around = surroundings(read, null);
  const keys = new Map(idempotencyKeysOfLead(db, id).map((row) => [row.id, row.idempotency_key]));
  return ok({
    exported_at: iso(read.now()),
    lead: { ...presentLead(lead), merged_into: lead.merged_into },
    merged_leads: leadsMergedInto(db, id)
      .map((merged_id) => leadById(db, merged_id))
      .filter((row) => row !== undefined)
      .map(({ id: merged_id, name, created_at }) => ({ id: merged_id, name, created_at: iso(created_at) })),
    identifiers: identifiersOfLead(db, lead).map(({ kind, value, created_at }) => ({ kind, value, created_at: iso(created_at) })),
    contacts: contactIdsOfLead(db, id)
      .map((contact_id) => contactById(db, contact_id))
      .filter((row) => row !== undefined)
      .map((row) => ({
        ...presentContact(row, lead, around),
        idempotency_key: keys.get(row.id) ?? null,
        further_messages: row.messages === 0 ? [] : messagesOfContact(db, row.id, 0, row.messages).map(presentContactMessage),
        decisions: decisionsOfContact(db, row.id).map(({ at, kind, operator_id }) => ({ at: iso(at), kind, operator_id })),
      })),
    merges: mergesOfLead(db, id).map(presentMerge),
    suggested_merges: suggestedMergesOfLead(db, id)
      .filter(isOpen)
      .map((row) => presentSuggestedMerge(db, row)),
    refused_contacts: refusalsOfLead(db, lead, read.board())
      .map((refused_id) => refusedContactById(db, refused_id))
      .filter((row) => row !== undefined)
      .map(presentRefusedContact),
  });
}

const BATCH = 500;

/**
 * Refused contacts that became a contact of the lead, share an idempotency key with one, or carry one of its identifiers. Scans all refused
 * contacts: their bodies are not indexed.
 */
export function refusalsOfLead(db: Reading, lead: LeadRow, board: Board): number[] {
  const contacts = new Set(contactIdsOfLead(db, lead.id));
  const keys = new Set(idempotencyKeysOfLead(db, lead.id).map(({ source_id, idempotency_key }) => `${source_id} ${idempotency_key}`));
  const identifiers = new Set(
    identifiersOfLead(db, lead)
      .filter(({ is_shared }) => !is_shared) // a value that many share identifies nobody
      .map((one) => keyOf(one, one.space)),
  );
  const found: number[] = [];
  for (let last = 0; ; ) {
    const rows = refusalsAfter(db, last, BATCH);
    for (const { id, source_id, idempotency_key, payload, contact_id } of rows) {
      const isTheirs =
        (contact_id !== null && contacts.has(contact_id)) ||
        (idempotency_key !== null && keys.has(`${source_id} ${idempotency_key}`)) ||
        identifiersIn(payload, board.settings.phone_region).some((one) => identifiers.has(keyOf(one, spaceFor(board, source_id))));
      if (isTheirs) found.push(id);
    }
    if (rows.length < BATCH) return found;
    last = rows.at(-1)?.id ?? last;
  }
}

/** Normalised identifiers in a refused body, which may be any JSON or, as a text, something else. */
function identifiersIn(body: unknown, phoneRegion: PhoneRegion): Identifier[] {
  const reading = readKept(body);
  const read = reading.ok ? normalise(reading.input, phoneRegion).identifiers : [];
  return [...read, ...mentionsIn(body, phoneRegion)];
}

/** @param space of external ids */
const keyOf = ({ kind, value }: Identifier, space: number): string => `${kind} ${kind === 'external_id' ? space : 0} ${value}`;
