/** Pages of contacts, newest first. Each page uses one index and examines a bounded number of rows. */
import type { ContactStatus } from '#shared/contract/entities.ts';
import type { Reading } from '#store/sqlite/open.ts';
import { UNSEEN } from '#store/sqlite/unseen.ts';
import { type ContactRow, contactById } from './contacts.ts';
import { type LeadRow, leadOfRow, partsOfLead } from './leads.ts';
import { contactsBetween, type IdRange } from './periods.ts';

export interface ContactFilter {
  status?: ContactStatus | undefined;
  operator_id?: number | undefined;
  source_id?: number | undefined;
  lead_id?: number | undefined;
  /** created at or after, epoch milliseconds */
  from?: number | undefined;
  /** created before */
  to?: number | undefined;
  /** only contacts with a smaller id */
  before?: number | undefined;
  limit: number;
}

/** A page of `limit` contacts; fewer when the page became too large or took too many rows to find. */
export interface ContactPage {
  readonly contacts: readonly { readonly row: ContactRow /** the lead that it belongs to */; readonly lead: LeadRow }[];
  /** the next page has the contacts before this id; null: there are no more */
  readonly before: number | null;
  /** the row bound was reached before the page was full */
  readonly isCut: boolean;
  /** number of contact rows examined */
  readonly looked_at: number;
}

/** Maximum number of rows that a page examines. Rows that the index finds but the filter rejects are skipped: few for common filters, all of them for rare ones. */
const MOST_LOOKED_AT = 20_000;
/** Maximum bytes of messages and attributes in a page. A page has at least one contact. */
const MOST_BYTES = 1024 * 1024;
/** Number of rows read before the generator yields. */
const STEP = 1000;

interface Seen {
  id: number;
  source_id: number;
  operator_id: number | null;
  status: ContactStatus;
  bytes: number;
}

/** Finds a page in steps, so that other work can run in between. @param most maximum number of rows to examine */
export function* contactPage(db: Reading, filter: ContactFilter, most = MOST_LOOKED_AT): Generator<undefined, ContactPage, void> {
  const { status, operator_id, source_id, limit } = filter;
  const ids: number[] = [];
  let [looked_at, bytes, last, isCut, isMore] = [0, 0, 0, false, false];
  for (const seen of newestFirst(db, filter)) {
    if (ids.length === limit || bytes > MOST_BYTES || looked_at === most) {
      isMore = true;
      isCut = ids.length < limit && bytes <= MOST_BYTES;
      break;
    }
    looked_at += 1;
    last = seen.id;
    const isAsked =
      (status ?? seen.status) === seen.status &&
      (operator_id === undefined || operator_id === seen.operator_id) &&
      (source_id === undefined || source_id === seen.source_id);
    if (isAsked) {
      ids.push(seen.id);
      bytes += seen.bytes;
    }
    if (looked_at % STEP === 0) yield;
  }
  return { contacts: withLeads(db, ids), before: isMore ? last : null, isCut, looked_at };
}

/** Runs `contactPage` to its end without yielding. */
export function wholePage(db: Reading, filter: ContactFilter, most?: number): ContactPage {
  const steps = contactPage(db, filter, most);
  for (;;) {
    const step = steps.next();
    if (step.done) return step.value;
  }
}

/** Rows of the narrowest index that fits the filter. They may include rows that the filter rejects. */
function* newestFirst(db: Reading, filter: ContactFilter): Generator<Seen, void, void> {
  const { from, to, before = Number.MAX_SAFE_INTEGER } = filter;
  const isPeriod = from !== undefined || to !== undefined;
  const ranges: IdRange[] = isPeriod ? contactsBetween(db, from ?? 0, to ?? Number.MAX_SAFE_INTEGER) : [{ first: 1, last: Number.MAX_SAFE_INTEGER }];
  const { index, condition, values } = access(db, filter);
  // one run for each value: a lead's contacts may belong to several parts
  const size = values.length > 1 ? 32 : Math.min(filter.limit + 1, 500);
  const sql = `SELECT id, source_id, operator_id, status, ifnull(octet_length(message), 0) + ifnull(octet_length(attributes), 0) AS bytes FROM contacts ${index}
     WHERE ${condition} id BETWEEN ${UNSEEN} AND ${UNSEEN} ORDER BY id DESC LIMIT ${UNSEEN}`;
  for (const { first, last } of ranges.toReversed()) {
    if (first >= before) continue;
    const runs = values.map((own) => descending((until) => db.all<Seen>(sql, ...own, first, until, size), Math.min(last, before - 1), size));
    yield* merged(runs);
  }
}

/** The index to use, and its values, one for each run. */
function access(db: Reading, { status, operator_id, source_id, lead_id }: ContactFilter): { index: string; condition: string; values: number[][] } {
  const one = (index: string, condition: string, ...own: number[]) => ({ index: `INDEXED BY ${index}`, condition: `${condition} AND`, values: [own] });
  if (lead_id !== undefined) return { ...one('contacts_lead', `lead_id = ${UNSEEN}`), values: partsOfLead(db, lead_id).map((part) => [part]) };
  if (source_id !== undefined && (status === 'waiting' || status === 'assigned'))
    return one(`contacts_${status}_source`, `source_id = ${UNSEEN} AND status = '${status}'`, source_id);
  if (status === 'waiting') return one('contacts_waiting', "status = 'waiting'");
  if (operator_id !== undefined) return one('contacts_operator', `operator_id = ${UNSEEN}`, operator_id);
  if (source_id !== undefined) return one('contacts_source', `source_id = ${UNSEEN}`, source_id);
  return { index: 'NOT INDEXED', condition: '', values: [[]] };
}

/** Rows of one run in descending order, read in batches. */
function* descending(read: (until: number) => Seen[], until: number, size: number): Generator<Seen, void, void> {
  for (let next = until; ; ) {
    const rows = read(next);
    yield* rows;
    const last = rows.at(-1);
    if (!last || rows.length < size) return;
    next = last.id - 1;
  }
}

function* merged(runs: readonly Generator<Seen, void, void>[]): Generator<Seen, void, void> {
  if (runs.length === 1 && runs[0]) return yield* runs[0];
  const heads = runs.map((run) => ({ run, head: run.next().value }));
  for (;;) {
    let newest: (typeof heads)[number] | undefined;
    for (const one of heads) if (one.head && one.head.id > (newest?.head?.id ?? 0)) newest = one;
    if (!newest?.head) return;
    yield newest.head;
    newest.head = newest.run.next().value;
  }
}

function withLeads(db: Reading, ids: readonly number[]): { row: ContactRow; lead: LeadRow }[] {
  const leads = new Map<number, LeadRow | undefined>();
  return ids.flatMap((id) => {
    const row = contactById(db, id);
    if (!row) return [];
    if (!leads.has(row.lead_id)) leads.set(row.lead_id, leadOfRow(db, row.lead_id));
    const lead = leads.get(row.lead_id);
    return lead ? [{ row, lead }] : [];
  });
}
