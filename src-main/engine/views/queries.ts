/** Queries of the public API, answered from the last commit. */

import { formerValue } from '#domain/former.ts';
import { fieldsOfKept } from '#domain/mend-body.ts';
import { normalise } from '#domain/normalise.ts';
import { ownOperatorOf } from '#engine/contacts/contact-class.ts';
import { contactFor, type Viewer } from '#engine/contacts/reach.ts';
import { type ContactLook, dueBy, type Savings, tableFor } from '#engine/core/contact-table.ts';
import { savingsIn } from '#engine/core/savings.ts';
import { ownerOf, spaceFor } from '#engine/leads/leads.ts';
import { presentIdentifiers } from '#engine/leads/shared-identifiers.ts';
import type { Board } from '#shared/board.ts';
import type {
  Competence,
  Contact,
  ContactMessage,
  ContactQuery,
  DecisionAnswer,
  FoldedRefusals,
  IdentifierKind,
  Lead,
  LeadDetail,
  LeadQuery,
  ListedRefusal,
  Operator,
  Page,
  PageQuery,
  RefusedContact,
  Source,
} from '#shared/contract/entities.ts';
import { identifierKinds, LEAD_CONTACTS_MAX } from '#shared/contract/entities.ts';
import { fail, notFound, ok, type Result } from '#shared/contract/problems.ts';
import type { MendableFields } from '#shared/contract/refused-contacts.ts';
import { defaultRule } from '#shared/distribution/rule.ts';
import type { Reading, Store } from '#store/sqlite/open.ts';
import { allCompetences } from '#store/tables/competences.ts';
import { type ContactFilter, type ContactPage, wholePage } from '#store/tables/contact-pages.ts';
import { dueAt } from '#store/tables/deadlines.ts';
import { decisionsOfContact } from '#store/tables/decisions.ts';
import { type LeadRow, leadById, leadIds, leadsWithValue } from '#store/tables/leads.ts';
import { mergesOfLead } from '#store/tables/merges.ts';
import { messagesOfContact } from '#store/tables/messages.ts';
import { allOperators, operatorById } from '#store/tables/operators.ts';
import { countOf, latestArrivalFrom } from '#store/tables/periods.ts';
import { openRefusals, refusalSummaries, refusedContactById } from '#store/tables/refused-contacts.ts';
import { allSources, liveKeys, sourceById } from '#store/tables/sources.ts';
import {
  type ContactContext,
  isoOrNull,
  leadOf,
  presentContact,
  presentContactMessage,
  presentDecision,
  presentFoldedRefusals,
  presentLead,
  presentListedRefusal,
  presentMerge,
  presentOperator,
  presentRefusedContact,
  presentSource,
} from './present.ts';

export type { ContactFilter, ContactPage };

/** Read access for queries. */
export interface Read {
  readonly store: Store;
  /** epoch milliseconds */
  readonly now: () => number;
  board(): Board;
  /** by source key id: time of last use that has not been saved yet */
  readonly keyUse: ReadonlyMap<number, number>;
}

/** What decides about contacts, as of the last commit. */
export function lookAt(read: Read): ContactLook {
  let savings: Savings | null = null;
  const look: ContactLook = { tx: read.store.reading, board: read.board(), now: read.now(), savings: () => (savings ??= savingsIn(look)) };
  return look;
}

/** Context for presenting contacts as of the last commit. @param viewer the source whose key was used; null: unrestricted access */
export function surroundings(read: Read, viewer: number | null): ContactContext {
  const board = read.board();
  const look = lookAt(read);
  return {
    db: read.store.reading,
    viewer,
    operatorName: (id) => board.operators[id]?.name ?? '',
    tableFor: (contact) => tableFor(look, contact),
    dueBy: (contact) => dueBy(look, contact),
  };
}

/** An opaque cursor: the id of the last item returned, in base64url. */
export const cursorOf = (id: number): string => Buffer.from(String(id)).toString('base64url');

/** The id in a cursor; undefined without a cursor. Refuses a cursor that `cursorOf` did not make. */
export function idOfCursor(cursor: string | undefined): Result<number | undefined> {
  if (cursor === undefined) return ok(undefined);
  const id = Number(Buffer.from(cursor, 'base64url').toString());
  if (Number.isSafeInteger(id) && id > 0) return ok(id);
  return fail('validation_failed', 'The cursor is not valid. Start without it.', {
    errors: [{ path: 'cursor', message: 'is not a cursor of this API' }],
  });
}

/** Makes a page with its cursor. @param items limit + 1 items when there are more */
export function pageOf<T extends { id: number }>(items: T[], limit: number): Page<T> {
  const shown = items.slice(0, limit);
  const last = shown.at(-1);
  return { items: shown, next_cursor: items.length > limit && last ? cursorOf(last.id) : null };
}

/** All operators by id, archived ones included. */
export function operators(read: Read): Operator[] {
  const around = { board: read.board(), now: read.now() };
  return allOperators(read.store.reading).map((row) => presentOperator(around, row));
}

/** One operator, also from the archive. Error: `not_found`. */
export function operator(read: Read, id: number): Result<Operator> {
  const row = operatorById(read.store.reading, id);
  return row ? ok(presentOperator({ board: read.board(), now: read.now() }, row)) : notFound('operator', id);
}

const keysOf = (read: Read, source_id?: number) =>
  liveKeys(read.store.reading, source_id).map((key) => ({ ...key, last_used_at: read.keyUse.get(key.id) ?? key.last_used_at }));

/** All sources by id, archived ones included. */
export function sources(read: Read): Source[] {
  const keys = keysOf(read);
  return allSources(read.store.reading).map((row) => presentSource(row, keys));
}

/** One source with its live keys, also from the archive. Error: `not_found`. */
export function source(read: Read, id: number): Result<Source> {
  const row = sourceById(read.store.reading, id);
  return row ? ok(presentSource(row, keysOf(read, id))) : notFound('source', id);
}

/** Names of the sources that used a key or got a contact since then, in epoch milliseconds. */
export function callers(read: Read, since: number): string[] {
  const db = read.store.reading;
  const used = new Set(keysOf(read).flatMap(({ source_id, last_used_at }) => (last_used_at !== null && last_used_at >= since ? [source_id] : [])));
  return allSources(db).flatMap(({ id, name }) => (used.has(id) || latestArrivalFrom(db, id) >= since ? [name] : []));
}

/** Number of contacts of a source. Reads an index entry for each. */
export const contactsFrom = (read: Read, source_id: number): number => countOf(read.store.reading, source_id);

/** Competences of one source, of one operator, or all. */
export function competences(read: Read, filter: { source_id?: number | undefined; operator_id?: number | undefined }): Competence[] {
  const { rules } = read.board();
  return allCompetences(read.store.reading)
    .filter((pair) => (filter.source_id ?? pair.source_id) === pair.source_id && (filter.operator_id ?? pair.operator_id) === pair.operator_id)
    .map((pair) => ({ ...pair, line: rules[pair.source_id]?.line_of[pair.operator_id] ?? 1 }));
}

/** A contact by id. For a source or an operator, contacts of others do not exist. */
export function contact(read: Read, id: number, viewer: Viewer): Result<Contact> {
  const found = contactFor(read.store.reading, id, viewer);
  if (!found.ok) return found;
  const row = found.value;
  return ok(presentContact(row, leadOf(read.store.reading, row.lead_id), surroundings(read, viewer.source_id)));
}

/** A page of the messages that were added to a contact, oldest first. For a source or an operator, contacts of others do not exist. */
export function contactMessages(read: Read, id: number, viewer: Viewer, { limit, cursor }: PageQuery): Result<Page<ContactMessage>> {
  const found = contactFor(read.store.reading, id, viewer);
  if (!found.ok) return found;
  const after = idOfCursor(cursor);
  if (!after.ok) return after;
  return ok(pageOf(messagesOfContact(read.store.reading, id, after.value ?? 0, limit + 1).map(presentContactMessage), limit));
}

/** Converts an API query to a row filter. */
export function contactFilter(query: ContactQuery): Result<ContactFilter> {
  const { limit, cursor, from, to, ...equal } = query;
  const before = idOfCursor(cursor);
  if (!before.ok) return before;
  const at = (time: string | undefined) => (time === undefined ? undefined : Date.parse(time));
  return ok({ ...equal, from: at(from), to: at(to), before: before.value, limit });
}

/** A page of contacts, newest first, found synchronously. */
export function contacts(read: Read, query: ContactQuery, viewer: number | null): Result<Page<Contact>> {
  const filter = contactFilter(query);
  return filter.ok ? ok(presentPage(read, wholePage(read.store.reading, filter.value), viewer)) : filter;
}

/** Finds a page on the event loop, as far as the row bound allows. @param most maximum number of rows to examine */
export const pageAtOnce = (read: Read, filter: ContactFilter, most?: number): ContactPage => wholePage(read.store.reading, filter, most);

/** Presents a page that was found here or in the reading thread, newest first. */
export function presentPage(read: Read, { contacts, before }: ContactPage, viewer: number | null): Page<Contact> {
  const around = surroundings(read, viewer);
  return { items: contacts.map(({ row, lead }) => presentContact(row, lead, around)), next_cursor: before === null ? null : cursorOf(before) };
}

/** The latest decision on a contact and the full list, oldest first. */
export function decision(read: Read, contact_id: number): Result<DecisionAnswer> {
  const name = (id: number) => read.board().operators[id]?.name ?? '';
  const history = decisionsOfContact(read.store.reading, contact_id).map((row) => presentDecision(row, name));
  const latest = history.at(-1);
  const closes_at = isoOrNull(dueAt(read.store.reading, 'close', contact_id) ?? null);
  return latest ? ok({ ...latest, history, closes_at }) : notFound('contact', contact_id);
}

/** A page of leads, newest first; or the lead found by the given identifiers, looked up in the usual order. */
export function leads(read: Read, query: LeadQuery): Result<Page<Lead>> {
  const db = read.store.reading;
  if (identifierKinds.some((kind) => query[kind] !== undefined)) {
    const found = leadsAskedFor(db, query, read.board());
    return ok({ items: found.map((lead_id) => presentLead(leadOf(db, lead_id))), next_cursor: null });
  }
  const before = idOfCursor(query.cursor);
  if (!before.ok) return before;
  return ok(
    pageOf(
      leadIds(db, before.value ?? null, query.limit + 1).map((id) => presentLead(leadOf(db, id))),
      query.limit,
    ),
  );
}

/**
 * Finds the leads that a query's first known identifier names, in the usual order: as it is normalised, else as it is written. There are several if many people share the
 * value, or if sources with their own external ids have the same one.
 */
function leadsAskedFor(db: Reading, query: LeadQuery, board: Board): number[] {
  const region = board.settings.phone_region;
  const space = spaceFor(board, query.source_id);
  for (const kind of identifierKinds)
    for (const text of readings(kind, query[kind] ?? '')) {
      const only = kind === 'external_id' ? (query.source_id === undefined ? null : space) : 0;
      const having = (value: string) => leadsWithValue(db, kind, value, { space: only, limit: query.limit });
      for (const one of normalise({ [kind]: text }, region).identifiers) {
        const owner = ownerOf(db, one, region, kind === 'external_id' ? space : 0);
        const found = [...new Set([...(owner ? [owner.lead_id] : []), ...having(one.value)])];
        if (found.length > 0) return found;
      }
      const stored = having(formerValue(kind, text, region) ?? text.trim());
      if (stored.length > 0) return stored;
    }
  return [];
}

/** Possible meanings of a query's value. An unencoded plus arrives as a blank, which is read as a plus at the start of a phone and within an address. */
function readings(kind: IdentifierKind, text: string): string[] {
  if (!text.trim()) return [];
  const withPlus = kind === 'phone' ? text.replace(/^ (?=\d)/, '+') : text.trim().replaceAll(' ', '+');
  return withPlus === text ? [text] : kind === 'phone' ? [withPlus, text] : [text, withPlus];
}

/** @param source_id the source for which the lead's own operator is asked */
export function lead(read: Read, id: number, source_id?: number): Result<LeadDetail> {
  const db = read.store.reading;
  const found = leadById(db, id);
  if (!found) return notFound('lead', id);
  return ok({
    ...presentLead(found),
    identifiers: presentIdentifiers(db, found),
    contacts: presentPage(read, wholePage(db, { lead_id: id, limit: LEAD_CONTACTS_MAX }), null).items,
    merges: mergesOfLead(db, id).map(presentMerge),
    ...(source_id !== undefined && { owner_id: ownerIn(read, found, source_id) }),
  });
}

function ownerIn(read: Read, lead: LeadRow, source_id: number): number | null {
  const look = lookAt(read);
  const { owner } = look.board.rules[source_id] ?? defaultRule;
  return ownOperatorOf(look, owner, lead, source_id);
}

/** A refused contact with its complete body. */
export function refusedContact(read: Read, id: number): Result<RefusedContact> {
  const row = refusedContactById(read.store.reading, id);
  return row ? ok(presentRefusedContact(row)) : notFound('refused_contact', id);
}

/** The fields of a refused contact's body, for a person to edit. */
export function mendable(read: Read, id: number): Result<MendableFields> {
  const row = refusedContactById(read.store.reading, id);
  return row ? ok(fieldsOfKept(row.payload)) : notFound('refused_contact', id);
}

/** Open refused contacts, newest first. Large payloads are truncated. */
export function refusedContacts(read: Read, query: PageQuery): Result<Page<ListedRefusal>> {
  const before = idOfCursor(query.cursor);
  if (!before.ok) return before;
  return ok(pageOf(openRefusals(read.store.reading, before.value ?? null, query.limit + 1).map(presentListedRefusal), query.limit));
}

/** Summaries of folded refused contacts, by source. */
export function foldedRefusals(read: Read): FoldedRefusals[] {
  return refusalSummaries(read.store.reading).map(presentFoldedRefusals);
}
