import type { IdentifierKind } from '#shared/contract/entities.ts';

export interface Identifier {
  readonly kind: IdentifierKind;
  readonly value: string;
}

/** An identifier, and the lead that owns it already. */
export interface LookedUp extends Identifier {
  readonly lead_id: number | null;
}

export interface Identity {
  /** null: nobody was found, a new lead is to be made */
  readonly lead_id: number | null;
  /** other leads that turned out to be the same, in the order in which their identifiers were looked up */
  readonly duplicates: readonly number[];
  /** identifiers that nobody owns yet */
  readonly added: readonly Identifier[];
}

/**
 * Who is it? `found` is in the order of look-up: external_id, phone, email. The lead of the first identifier that anybody owns
 * is the one; leads found by later identifiers are its duplicates.
 */
export function identify(found: readonly LookedUp[]): Identity {
  const leads = [...new Set(found.map((identifier) => identifier.lead_id).filter((lead_id) => lead_id !== null))];
  const [lead_id = null, ...duplicates] = leads;
  const added = found.filter((identifier) => identifier.lead_id === null).map(({ kind, value }) => ({ kind, value }));
  return { lead_id, duplicates, added };
}
