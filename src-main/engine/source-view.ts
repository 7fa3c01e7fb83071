/** What a source key is told of a lead: what its own source gave, what came with the contact, and nothing that only others gave. */
import type { Contact, IdentifierKind } from '#shared/contract/entities.ts';
import type { ContactRow } from '#store/contacts.ts';
import { alsoGivenBy, hasOnlyContactsOf, latestOperatorForSource } from '#store/givers.ts';
import type { IdentifierRow } from '#store/leads.ts';
import type { Reading } from '#store/open.ts';
import type { LeadOf } from './present.ts';

/** Kept with a contact whose lead has something from others, so that its source reads back what it sent. */
export interface ForSource extends Partial<Record<IdentifierKind | 'name', string>> {
  /** the lead was there, and new to this source */
  created?: true;
  /** attributes that the desk added; true where null had been sent */
  added?: Partial<Record<IdentifierKind | 'name', boolean>>;
}

export interface OwnPart {
  readonly identifiers: readonly IdentifierRow[];
  readonly name: string | null;
}

/** The part of a lead that the source gave. What was given before givers were recorded is its own while all contacts of the lead are. */
export function ownPart(db: Reading, lead: LeadOf, source_id: number): OwnPart {
  const isUnrecorded = (given_by: number | null) => given_by === null;
  const hasUnrecorded = lead.identifiers.some((one) => isUnrecorded(one.given_by)) || (lead.name !== null && isUnrecorded(lead.name_given_by));
  const isAllOwn = hasUnrecorded && hasOnlyContactsOf(db, source_id, lead.id);
  const isOwn = (given_by: number | null) => given_by === source_id || (isAllOwn && isUnrecorded(given_by));
  const others = lead.identifiers.filter((one) => !isOwn(one.given_by)).map(({ id }) => id);
  const repeated = others.length > 0 ? alsoGivenBy(db, source_id, others) : new Set<number>();
  return {
    identifiers: lead.identifiers.filter((one) => isOwn(one.given_by) || repeated.has(one.id)),
    name: isOwn(lead.name_given_by) ? lead.name : null,
  };
}

/** Whether the source gave nothing of the lead yet. */
export function isNewTo(db: Reading, lead: LeadOf, source_id: number): boolean {
  if (lead.identifiers.some(({ given_by }) => given_by === source_id)) return false; // nearly always: spares the look-ups
  const { identifiers, name } = ownPart(db, lead, source_id);
  return identifiers.length === 0 && name === null;
}

/** The lead and the attributes of a contact as its own source is answered them. */
export function seenBySource(db: Reading, row: ContactRow, lead: LeadOf): Pick<Contact, 'lead' | 'attributes'> {
  const own = ownPart(db, lead, row.source_id);
  const sent: ForSource = row.for_source === null ? {} : JSON.parse(row.for_source);
  const shown = (kind: IdentifierKind) => own.identifiers.find((one) => one.kind === kind)?.value ?? sent[kind] ?? null;
  const attributes: Record<string, unknown> = row.attributes === null ? {} : JSON.parse(row.attributes);
  for (const [key, wasNull] of Object.entries(sent.added ?? {})) {
    if (key === 'name' && own.name !== null) continue; // it differs from the source's own name for the lead
    if (wasNull) attributes[key] = null;
    else delete attributes[key];
  }
  return {
    attributes,
    lead: {
      id: lead.id,
      external_id: shown('external_id'),
      phone: shown('phone'),
      email: shown('email'),
      name: own.name ?? sent.name ?? null,
      operator_id: lead.operator_source_id === row.source_id ? lead.operator_id : (latestOperatorForSource(db, row.source_id, lead.id) ?? row.operator_id),
      created: row.made_lead === 1 || sent.created === true,
    },
  };
}
