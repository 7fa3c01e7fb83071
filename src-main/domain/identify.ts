import type { IdentifierKind } from '#shared/contract/entities.ts';

export interface Identifier {
  readonly kind: IdentifierKind;
  readonly value: string;
}

/** An identifier, and the lead that owns it already. */
export interface LookedUp extends Identifier {
  readonly lead_id: number | null;
  /** whoever gives it now gave it first; what is not its own does not merge leads. True for everybody where merges are not asked about. */
  readonly isOwn: boolean;
}

export interface Identity {
  /** null: nobody was found, a new lead is to be made */
  readonly lead_id: number | null;
  /** other leads that turned out to be the same, in the order in which their identifiers were looked up */
  readonly duplicates: readonly number[];
  /** leads that only another giver's data makes the same, in that order: a person decides */
  readonly held: readonly number[];
  /** identifiers that nobody owns yet */
  readonly added: readonly Identifier[];
}

/**
 * Who is it? `found` is in the order of look-up: external_id, phone, email. The lead of the first identifier that anybody owns
 * is the one; leads found by later identifiers are its duplicates, if the giver's own identifiers alone would show it.
 */
export function identify(found: readonly LookedUp[]): Identity {
  const leads = [...new Set(found.map((identifier) => identifier.lead_id).filter((lead_id) => lead_id !== null))];
  const [lead_id = null, ...others] = leads;
  const isOwn = (lead: number | null) => found.some((identifier) => identifier.lead_id === lead && identifier.isOwn);
  const duplicates = others.filter((other) => isOwn(lead_id) && isOwn(other));
  const held = others.filter((other) => !duplicates.includes(other));
  const added = found.filter((identifier) => identifier.lead_id === null).map(({ kind, value }) => ({ kind, value }));
  return { lead_id, duplicates, held, added };
}
