/** Pages of contacts, newest first, each from one index and within a bound of rows looked at. */
import type { ContactStatus } from '#shared/contract/entities.ts';
import { type ContactRow, contactById } from './contacts.ts';
import { type LeadRow, leadOfRow, partsOfLead } from './leads.ts';
import type { Reading } from './open.ts';
import { contactsBetween, type IdRange } from './periods.ts';
import { UNSEEN } from './unseen.ts';

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

/** A page of `limit` contacts, or of fewer when it grew too large or took too many rows to find. */
export interface ContactPage {
  readonly contacts: readonly { readonly row: ContactRow /** the one that it belongs to */; readonly lead: LeadRow }[];
  /** the next page has the contacts before this id; null: there are no more */
  readonly before: number | null;
  /** the bound was reached before the page was full */
  readonly isCut: boolean;
  /** rows of contacts that were looked at */
  readonly looked_at: number;
}

/** A page looks at so many rows at the most. Others than a filter's own index leads to are passed over: a few in a usual question, all in an unusual one. */
export const MOST_LOOKED_AT = 20_000;
/** Bytes of messages and attributes; a page has at least one contact. */
const MOST_BYTES = 1024 * 1024;
/** So many rows are read before others have their turn. */
const STEP = 1000;

interface Seen {
  id: number;
  source_id: number;
  operator_id: number | null;
  status: ContactStatus;
  bytes: number;
}

/** In steps, so that others can have their turn. @param most rows to look at */
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

/** To its end, for who does not mind to wait. */
export function wholePage(db: Reading, filter: ContactFilter, most?: number): ContactPage {
  const steps = contactPage(db, filter, most);
  for (;;) {
    const step = steps.next();
    if (step.done) return step.value;
  }
}

/** Those of the narrowest index that the filter has, which may be more than it asks for. */
function* newestFirst(db: Reading, filter: ContactFilter): Generator<Seen, void, void> {
  const { from, to, before = Number.MAX_SAFE_INTEGER } = filter;
  const isPeriod = from !== undefined || to !== undefined;
  const ranges: IdRange[] = isPeriod ? contactsBetween(db, from ?? 0, to ?? Number.MAX_SAFE_INTEGER) : [{ first: 1, last: Number.MAX_SAFE_INTEGER }];
  const { index, condition, values } = access(db, filter);
  // one run each: a lead's contacts may belong to several parts
  const size = values.length > 1 ? 32 : Math.min(filter.limit + 1, 500);
  const sql = `SELECT id, source_id, operator_id, status, ifnull(octet_length(message), 0) + ifnull(octet_length(attributes), 0) AS bytes FROM contacts ${index}
     WHERE ${condition} id BETWEEN ${UNSEEN} AND ${UNSEEN} ORDER BY id DESC LIMIT ${UNSEEN}`;
  for (const { first, last } of ranges.toReversed()) {
    if (first >= before) continue;
    const runs = values.map((own) => descending((until) => db.all<Seen>(sql, ...own, first, until, size), Math.min(last, before - 1), size));
    yield* merged(runs);
  }
}

/** Which index, by what, for each run. */
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

/** A run of rows, read a batch at a time. */
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
