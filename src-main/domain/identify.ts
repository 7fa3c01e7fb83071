import type { IdentifierKind } from '#shared/contract/entities.ts';

export interface Identifier {
  readonly kind: IdentifierKind;
  readonly value: string;
}

/** An identifier and the lead that already owns it. */
export interface LookedUp extends Identifier {
  readonly lead_id: number | null;
  /** the present giver also gave it first. Identifiers of other givers do not merge leads. Always true where merges need no confirmation. */
  readonly isOwn: boolean;
  /** the lead owns only what an earlier version made of the same text, so this value is added to it */
  readonly isFormer?: boolean;
}

export interface Identity {
  /** null: no lead was found, create a new one */
  readonly lead_id: number | null;
  /** other leads that are the same person, in the order in which their identifiers were looked up */
  readonly duplicates: readonly number[];
  /** leads that match only through another giver's data, in the same order: a person decides on the merge */
  readonly held: readonly number[];
  /** identifiers that no lead owns yet in this form */
  readonly added: readonly Identifier[];
}

/**
 * Finds the lead that a contact belongs to. `found` is in the order of look-up: external_id, phone, email. The lead that owns the first known identifier
 * is chosen. Leads found by later identifiers are its duplicates, provided that the giver's own identifiers alone prove it.
 */
export function identify(found: readonly LookedUp[]): Identity {
  const leads = [...new Set(found.map((identifier) => identifier.lead_id).filter((lead_id) => lead_id !== null))];
  const [lead_id = null, ...others] = leads;
  const isOwn = (lead: number | null) => found.some((identifier) => identifier.lead_id === lead && identifier.isOwn);
  const duplicates = others.filter((other) => isOwn(lead_id) && isOwn(other));
  const held = others.filter((other) => !duplicates.includes(other));
  const added = found.filter(({ lead_id, isFormer }) => lead_id === null || isFormer).map(({ kind, value }) => ({ kind, value }));
  return { lead_id, duplicates, held, added };
}
