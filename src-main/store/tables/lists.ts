/** Long lists of contacts and leads. One statement each filters, searches and pages, over the main database and the index attached as `search`. */
import { COUNTED_UP_TO, type ContactItem, type ContactListQuery, type LeadItem, type LeadListQuery, type ListPage } from '#shared/contract/lists.ts';
import type { Reading, Value } from '#store/sqlite/open.ts';
import { HANDLE } from './contacts.ts';
import { firstDecisionFrom } from './decisions.ts';
import { LEAD_OF_ROW } from './leads.ts';
import { contactsBetween } from './periods.ts';

/** A query with its text and times converted to the values that rows are compared with. */
interface Looked {
  /** FTS5 query; null: no search text */
  readonly match: string | null;
  readonly id: number | null;
  /** epoch milliseconds, inclusive start and exclusive end */
  readonly since: number | null;
  readonly until: number | null;
}
export type ContactLook = Omit<ContactListQuery, 'text' | 'from' | 'to'> & Looked;
export type LeadLook = Omit<LeadListQuery, 'text' | 'from' | 'to'> & Looked;

/** Characters of a message that a row shows. */
const MESSAGE_SHOWN = 240;

/** SQL conditions with their values, in the order of the question marks. */
class Where {
  readonly #conditions: string[] = [];
  readonly values: Value[] = [];

  and(condition: string, ...values: Value[]): this {
    this.#conditions.push(condition);
    this.values.push(...values);
    return this;
  }

  andEqual(column: string, value: Value): this {
    return value === null ? this : this.and(`${column} = ?`, value);
  }

  get sql(): string {
    return this.#conditions.length === 0 ? '' : `WHERE ${this.#conditions.join(' AND ')}`;
  }
}

/** Subquery on the search index. It drives the query and returns rows by id: nothing is sorted, and reading ends with the page. */
const searched = (words: string, table: string, alias: string): string => `search.${words} CROSS JOIN ${table} ${alias} ON ${alias}.id = ${words}.rowid`;

function pageOf<T extends { id: number }>(items: T[], limit: number, count: () => number, isFirst: boolean): ListPage<T> {
  const has_more = items.length > limit;
  const total = !isFirst ? null : has_more ? count() : items.length;
  return { items: items.slice(0, limit), has_more, total };
}

const beyond = (order: 'newest' | 'oldest'): string => (order === 'newest' ? '<' : '>');
const direction = (order: 'newest' | 'oldest'): string => (order === 'newest' ? 'DESC' : 'ASC');

const STATUS = {
  waiting: "c.status = 'waiting'",
  assigned: "c.status = 'assigned'",
  closed: "c.status = 'closed'",
  open: "c.status IN ('waiting', 'assigned')",
};

interface ContactListRow extends Omit<ContactItem, 'lead'> {
  readonly lead_id: number;
  readonly name: string | null;
  readonly handle: string;
}

/** A page of contacts. With `match`, those that the full-text index finds. */
export function contactList(db: Reading, look: ContactLook): ListPage<ContactItem> {
  const { match, limit, order, after } = look;
  const from = match === null ? 'contacts c' : searched('contact_words', 'contacts', 'c');
  const idColumn = match === null ? 'c.id' : 'contact_words.rowid';
  const where = new Where();
  if (match !== null) where.and('contact_words MATCH ?', match);
  if (look.status !== null) where.and(STATUS[look.status]);
  where.andEqual('c.operator_id', look.operator_id).andEqual('c.source_id', look.source_id).andEqual('c.id', look.id);
  const isPeriod = look.since !== null || look.until !== null;
  if (isPeriod && look.period_of === 'assigned') {
    const { first, next } = decisionsBetween(db, look.since, look.until);
    where.and(`${idColumn} IN (SELECT contact_id FROM decisions WHERE id >= ? AND id < ? AND operator_id IS NOT NULL)`, first, next);
  }
  const span = look.period_of === 'assigned' ? null : idsBetween(db, look.since, look.until);
  if (span === 'none') return { items: [], has_more: false, total: 0 };
  if (span) where.and(`${idColumn} BETWEEN ? AND ?`, span.first, span.last).and('c.created_at >= ? AND c.created_at < ?', span.since, span.until);
  const found = `FROM ${from}`;
  const counted = { sql: `SELECT COUNT(*) AS n FROM (SELECT 1 ${found} ${where.sql} LIMIT ${COUNTED_UP_TO + 1})`, values: [...where.values] };
  if (after !== null) where.and(`${idColumn} ${beyond(order)} ?`, after);
  const rows = db.all<ContactListRow>(
    `SELECT c.id, c.source_id, c.operator_id, c.status, c.created_at, c.assigned_at, c.closed_at, substr(c.message, 1, ${MESSAGE_SHOWN}) AS message,
       l.id AS lead_id, l.name, ${HANDLE} AS handle
     FROM (SELECT ${idColumn} AS id ${found} ${where.sql} ORDER BY ${idColumn} ${direction(order)} LIMIT ?) page
     CROSS JOIN contacts c ON c.id = page.id ${LEAD_OF_ROW} ORDER BY c.id ${direction(order)}`,
    ...where.values,
    after === null ? Math.min(limit + 1, openAtMost(db, look)) : limit + 1,
  );
  const items = rows.map(({ lead_id, name, handle, ...row }) => ({ ...row, lead: { id: lead_id, name, handle } }));
  return pageOf(items, limit, () => db.get<{ n: number }>(counted.sql, ...counted.values)?.n ?? 0, after === null);
}

/** Upper bound of open contacts, from the operators' loads: reading ends when all are found, instead of scanning all closed ones. */
function openAtMost(db: Reading, { status, operator_id }: ContactLook): number {
  if (status !== 'assigned' && status !== 'open') return Number.MAX_SAFE_INTEGER;
  const { held } = db.get<{ held: number | null }>(
    `SELECT SUM(current_load) AS held FROM operators ${operator_id === null ? '' : 'WHERE id = ?'}`,
    ...(operator_id === null ? [] : [operator_id]),
  ) ?? { held: 0 };
  const waiting =
    status === 'open' && operator_id === null ? (db.get<{ n: number }>("SELECT COUNT(*) AS n FROM contacts WHERE status = 'waiting'")?.n ?? 0) : 0;
  return (held ?? 0) + waiting;
}

interface Span {
  readonly first: number;
  readonly last: number;
  readonly since: number;
  readonly until: number;
}

/** Id range of the contacts of a period, so that reading ends with it. Null when there is no period, `none` when it has no contacts. */
function idsBetween(db: Reading, since: number | null, until: number | null): Span | 'none' | null {
  if (since === null && until === null) return null;
  const [from, to] = [since ?? 0, until ?? Number.MAX_SAFE_INTEGER];
  const ranges = contactsBetween(db, from, to);
  const [first, last] = [ranges[0]?.first, ranges.at(-1)?.last];
  return first === undefined || last === undefined ? 'none' : { first, last, since: from, until: to };
}

/** Id range of the decisions of a period: from `first` up to but excluding `next`. */
function decisionsBetween(db: Reading, since: number | null, until: number | null): { first: number; next: number } {
  const first = since === null ? 1 : firstDecisionFrom(db, (at) => at < since);
  return { first, next: until === null ? Number.MAX_SAFE_INTEGER : firstDecisionFrom(db, (at) => at < until) };
}

/** SQL subquery: ids of lead `l` and its parts. */
const PARTS = '(SELECT l.id UNION ALL SELECT id FROM leads WHERE part_of = l.id) part';

/** A page of leads, without merged ones. */
export function leadList(db: Reading, look: LeadLook): ListPage<LeadItem> {
  const { match, limit, order, after } = look;
  const from = match === null ? 'leads l' : searched('lead_words', 'leads', 'l');
  const idColumn = match === null ? 'l.id' : 'lead_words.rowid';
  const where = new Where();
  if (match !== null) where.and('lead_words MATCH ?', match);
  where.and('l.merged_into IS NULL').andEqual('l.operator_id', look.operator_id).andEqual('l.id', look.id);
  if (look.since !== null) where.and('l.created_at >= ?', look.since);
  if (look.until !== null) where.and('l.created_at < ?', look.until);
  const found = `FROM ${from}`;
  const counted = { sql: `SELECT COUNT(*) AS n FROM (SELECT 1 ${found} ${where.sql} LIMIT ${COUNTED_UP_TO + 1})`, values: [...where.values] };
  if (after !== null) where.and(`${idColumn} ${beyond(order)} ?`, after);
  const items = db.all<LeadItem>(
    `SELECT l.id, l.name, l.phone, l.external_id, l.email, l.operator_id, l.created_at,
       (SELECT COUNT(*) FROM ${PARTS} JOIN contacts c ON c.lead_id = part.id) AS contacts,
       (SELECT created_at FROM contacts c WHERE c.id = (SELECT MAX((SELECT MAX(id) FROM contacts o WHERE o.lead_id = part.id)) FROM ${PARTS})) AS last_contact_at
     FROM (SELECT ${idColumn} AS id ${found} ${where.sql} ORDER BY ${idColumn} ${direction(order)} LIMIT ?) page
     CROSS JOIN leads l ON l.id = page.id ORDER BY l.id ${direction(order)}`,
    ...where.values,
    limit + 1,
  );
  return pageOf(items, limit, () => db.get<{ n: number }>(counted.sql, ...counted.values)?.n ?? 0, after === null);
}
