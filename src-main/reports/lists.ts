/** Lists of contacts and leads, and quick search in both. Only text queries need the index; others do not wait for it. */
import { dayAfter, startOfDay } from '#domain/calendar.ts';
import type { PhoneRegion } from '#domain/phone.ts';
import { idOf, matchOf } from '#domain/search-text.ts';
import {
  type ContactItem,
  type ContactListQuery,
  contactListQuery,
  type Found,
  type LeadItem,
  type LeadListQuery,
  type Listed,
  type ListPage,
  leadListQuery,
} from '#shared/contract/lists.ts';
import type { Reading } from '#store/sqlite/open.ts';
import { type ContactLook, contactList, type LeadLook, leadList } from '#store/tables/lists.ts';
import { WORDS_OF_CONTACTS, WORDS_OF_LEADS } from '#store/tables/search-index.ts';
import type { Steps } from './protocol.ts';
import type { Sources } from './sources.ts';

/** The workspace's phone region and time zone. */
export interface Workspace {
  readonly phoneRegion: PhoneRegion;
  /** IANA name */
  readonly timeZone: string;
}

/** Ids read in one step, some tens of milliseconds; other questions are answered in between. */
const IDS_A_STEP = 2000;

interface Asked<Q> extends Workspace {
  readonly query: Q;
}

/** A page of contacts by filters and typed words. Steps report the progress of an index that is being made. */
export function listContacts(from: Sources, { query, ...workspace }: Asked<ContactListQuery>): Steps<Listed<ContactItem>> {
  const look = lookFor(query, workspace, WORDS_OF_CONTACTS);
  return listed(from, look, (db, what) => contactList(db, what));
}

/** The ids of all contacts of a list, in its order, page by page. */
export function* idsOfContacts(from: Sources, { query, ...workspace }: Asked<Omit<ContactListQuery, 'after' | 'limit'>>): Steps<number[]> {
  const ids: number[] = [];
  for (;;) {
    const page = yield* listContacts(from, { ...workspace, query: { ...query, after: ids.at(-1) ?? null, limit: IDS_A_STEP } });
    yield;
    if ('indexing' in page) continue;
    for (const { id } of page.items) ids.push(id);
    if (!page.has_more) return ids;
  }
}

/** A page of leads by filters and typed words. Steps report the progress of an index that is being made. */
export function listLeads(from: Sources, { query, ...workspace }: Asked<LeadListQuery>): Steps<Listed<LeadItem>> {
  const look = lookFor(query, workspace, WORDS_OF_LEADS);
  return listed(from, look, (db, what) => leadList(db, what));
}

/** Finds a few leads and contacts, newest first. */
export function* find(from: Sources, { text, limit, ...workspace }: Workspace & { text: string; limit: number }): Steps<Found> {
  const leads = lookFor(leadListQuery.parse({ text, limit }), workspace, WORDS_OF_LEADS);
  const contacts = lookFor(contactListQuery.parse({ text, limit }), workspace, WORDS_OF_CONTACTS);
  if (!leads || !contacts || text.trim() === '') return { leads: [], contacts: [] };
  return yield* from.search().upToDate((db) => ({ leads: leadList(db, leads).items, contacts: contactList(db, contacts).items }));
}

/** Removes erased leads from the index. */
export function* forget(from: Sources, _input: null): Steps<null> {
  yield* from.search().upToDate(() => null);
  return null;
}

function* listed<L extends ContactLook | LeadLook, T>(
  { database, search }: Sources,
  look: L | null,
  list: (db: Reading, look: L) => ListPage<T>,
): Steps<Listed<T>> {
  if (!look) return { items: [], has_more: false, total: 0 };
  if (look.match === null) return database.snapshot((db) => list(db, look));
  return yield* search().upToDate((db) => list(db, look));
}

type Looked<Q> = Omit<Q, 'text' | 'from' | 'to'> & Pick<ContactLook, 'match' | 'id' | 'since' | 'until'>;

/** Converts a list query. Null when its text contains nothing searchable. */
function lookFor<Q extends LeadListQuery>({ text, from, to, ...rest }: Q, { phoneRegion, timeZone }: Workspace, columns: readonly string[]): Looked<Q> | null {
  const id = idOf(text);
  const isBlank = text.trim() === '';
  const match = isBlank || id !== null ? null : matchOf(text, phoneRegion, columns);
  if (!isBlank && id === null && match === null) return null;
  const isDay = (time: string) => !time.includes('T');
  const since = from === null ? null : isDay(from) ? startOfDay(from, timeZone) : Date.parse(from);
  const until = to === null ? null : isDay(to) ? startOfDay(dayAfter(to), timeZone) : Date.parse(to);
  return { ...rest, match, id, since, until };
}
