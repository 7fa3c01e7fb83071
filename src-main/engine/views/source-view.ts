/** What a source key may see of a lead: data that its own source gave or that came with the contact, and nothing that only others gave. */
import type { Contact, IdentifierKind } from '#shared/contract/entities.ts';
import type { Reading } from '#store/sqlite/open.ts';
import type { ContactRow, ForSource } from '#store/tables/contacts.ts';
import { alsoGivenBy, hasOnlyContactsOf, latestOperatorForSource } from '#store/tables/givers.ts';
import { type IdentifierRow, identifiersOfLead, type LeadRow, type Shown } from '#store/tables/leads.ts';

export interface OwnPart {
  readonly identifiers: readonly IdentifierRow[];
  readonly name: string | null;
}

/** Maximum number of identifiers of a lead, and of each of its parts, that are examined for a source. */
const SEARCHED = 50;
const knownOf = (db: Reading, lead: LeadRow): IdentifierRow[] => identifiersOfLead(db, lead, SEARCHED);

interface View {
  readonly source_id: number;
  /** the source's own part: the first identifier of each kind, and the name */
  readonly own: Shown & { readonly name: string | null };
  readonly operator_id: number | null;
}

/** Cache: many contacts of a page may belong to one lead. */
const views = new WeakMap<LeadRow, View>();
/** The lead that was created last: its contact is answered next. */
let created: { readonly lead: LeadRow; readonly view: View } | null = null;

function viewOf(db: Reading, lead: LeadRow, source_id: number): View {
  const known = created?.lead === lead ? created.view : views.get(lead);
  if (known?.source_id === source_id) return known;
  const operator_id = lead.operator_source_id === source_id ? lead.operator_id : latestOperatorForSource(db, source_id, lead.id);
  const { identifiers, name } = ownPart(db, lead, source_id);
  const first = (kind: IdentifierKind) => identifiers.find((one) => one.kind === kind)?.value ?? null;
  const own = { external_id: first('external_id'), phone: first('phone'), email: first('email'), name };
  const view = { source_id, own, operator_id };
  views.set(lead, view);
  return view;
}

/** Notes that the source has just created the lead and so gave all of it: the answer to its contact needs no look-ups. */
export function noteCreatedBy(lead: LeadRow, source_id: number): void {
  created = { lead, view: { source_id, own: lead, operator_id: lead.operator_id } };
}

/** The part of a lead that the source gave. Data from before givers were recorded counts as its own while all contacts of the lead are its own. */
export function ownPart(db: Reading, lead: LeadRow, source_id: number): OwnPart {
  const known = knownOf(db, lead);
  const isUnrecorded = (given_by: number | null) => given_by === null;
  const hasUnrecorded = known.some((one) => isUnrecorded(one.given_by)) || (lead.name !== null && isUnrecorded(lead.name_given_by));
  const isAllOwn = hasUnrecorded && hasOnlyContactsOf(db, source_id, lead.id);
  const isOwn = (given_by: number | null) => given_by === source_id || (isAllOwn && isUnrecorded(given_by));
  const others = known.filter((one) => !isOwn(one.given_by)).map(({ id }) => id);
  const repeated = others.length > 0 ? alsoGivenBy(db, source_id, others) : new Set<number>();
  return {
    identifiers: known.filter((one) => isOwn(one.given_by) || repeated.has(one.id)),
    name: isOwn(lead.name_given_by) ? lead.name : null,
  };
}

/** Whether the source has given no data of the lead yet. */
export function isNewTo(db: Reading, lead: LeadRow, source_id: number): boolean {
  if (knownOf(db, lead).some(({ given_by }) => given_by === source_id)) return false; // the usual case: avoids the look-ups
  const { identifiers, name } = ownPart(db, lead, source_id);
  return identifiers.length === 0 && name === null;
}

const NOTHING_APART: ForSource = {};

/** The lead and attributes of a contact as shown to its own source. */
export function seenBySource(db: Reading, row: ContactRow, lead: LeadRow): Pick<Contact, 'lead' | 'attributes'> {
  const { own, operator_id } = viewOf(db, lead, row.source_id);
  const sent: ForSource = row.for_source ?? NOTHING_APART;
  const attributes: Record<string, unknown> = { ...row.attributes };
  for (const [key, wasNull] of sent.added ? Object.entries(sent.added) : []) {
    if (key === 'name' && own.name !== null) continue; // it differs from the source's own name for the lead
    if (wasNull) attributes[key] = null;
    else delete attributes[key];
  }
  return {
    attributes,
    lead: {
      id: lead.id,
      external_id: own.external_id ?? sent.external_id ?? null,
      phone: own.phone ?? sent.phone ?? null,
      email: own.email ?? sent.email ?? null,
      name: own.name ?? sent.name ?? null,
      operator_id: lead.operator_source_id === row.source_id ? operator_id : (operator_id ?? row.operator_id),
      created: row.made_lead || sent.created === true,
    },
  };
}
