/** The table from which a contact's operator is chosen: the candidates of its source, as the source's rule, the contact's class and its past have them. */
import { type Board, candidates } from '#shared/board.ts';
import { arrange, costing, type Facts } from '#shared/distribution/arrange.ts';
import { ownerWhoTakes } from '#shared/distribution/choose.ts';
import { defaultRule, tagsEndAt } from '#shared/distribution/rule.ts';
import { type Candidate, canBeTaken, passedOver } from '#shared/distribution/table.ts';
import { hasAll, tagOf } from '#shared/distribution/tags.ts';
import { isBefore, overtakesAt, type Turn } from '#shared/distribution/turn.ts';
import { closedAt, countedFrom, hasWaitedAt } from '#shared/source-hours.ts';
import type { Reading } from '#store/sqlite/open.ts';
import { type ContactClass, classById } from '#store/tables/contact-classes.ts';
import { type Past, pastOf } from '#store/tables/pasts.ts';

/** A contact that waits, or that is about to be placed. */
export interface Waits {
  /** 0: not yet inserted */
  readonly id: number;
  readonly source_id: number;
  /** epoch milliseconds */
  readonly created_at: number;
  /** how often it was returned to the queue */
  readonly returned: number;
  readonly class_id: number | null;
}

/** By operator: the contact for which the operator is saved, see savings.ts. */
export type Savings = ReadonlyMap<number, Turn>;

export const NOBODY_SAVED: Savings = new Map();

/** Read access within a write or as of the last commit; a write caches pasts and classes. */
export interface ContactLook {
  readonly tx: Reading;
  readonly board: Board;
  readonly now: number;
  readonly pastOf?: (contact_id: number) => Past;
  readonly classOf?: (class_id: number | null) => ContactClass;
  /** who is saved for which contact, see savings.ts */
  readonly savings: () => Savings;
}

export interface Arranged {
  readonly table: readonly Candidate[];
  /** the lead's own operator, where the rule asks for one and that one has not let the contact go */
  readonly owner_id: number | null;
}

/** The same for a contact while only these operators are saved. */
export const savingOnly = (look: ContactLook, savings: Savings): ContactLook => ({
  tx: look.tx,
  board: look.board,
  now: look.now,
  pastOf: (contact_id) => look.pastOf?.(contact_id) ?? pastOf(look.tx, contact_id),
  classOf: (class_id) => classOf(look, class_id),
  savings: () => savings,
});

const classOf = (look: ContactLook, class_id: number | null): ContactClass => look.classOf?.(class_id) ?? classById(look.tx, class_id);

type HasAsked = (tags: readonly string[]) => boolean;

const asked = new WeakMap<ContactClass, { readonly needs: readonly string[]; readonly has: HasAsked | null }>();

/** Tells whether an operator has the tags that the contact asks for: of those that its class has, the ones that the rule still names. null: it asks for none. */
function hasAskedOf(needs: readonly string[], its: ContactClass): HasAsked | null {
  const { needs: given } = its;
  if (given === undefined || needs.length === 0) return null;
  const known = asked.get(its);
  if (known?.needs === needs) return known.has;
  const tags = needs.flatMap((attribute) => (Object.hasOwn(given, attribute) ? [tagOf(attribute, given[attribute] ?? '')] : []));
  const has = tags.length === 0 ? null : hasAll(tags);
  asked.set(its, { needs, has });
  return has;
}

/** An operator from whom a contact is being put back. */
export interface Leaving {
  readonly operator_id: number;
  /** whether the operator did not accept the contact, or declined it */
  readonly isRefusing: boolean;
}

/** @param leaving null: the contact is not being put back */
export function arranged(
  look: ContactLook,
  contact: Waits,
  table: readonly Candidate[] = candidates(look.board, contact.source_id),
  leaving: Leaving | null = null,
): Arranged {
  const rule = look.board.rules[contact.source_id];
  const saved = savedFrom(look, contact);
  if (contact.returned === 0 && leaving === null && !rule && contact.class_id === null && saved === undefined) return { table, owner_id: null };
  let past = contact.returned > 0 || leaving !== null ? (look.pastOf?.(contact.id) ?? pastOf(look.tx, contact.id)) : null;
  if (past !== null && leaving !== null) {
    const { operator_id, isRefusing } = leaving;
    past = { had: past.had, let_go: new Set([...past.let_go, operator_id]), last: isRefusing ? { operator_id, at: look.now } : null };
  }
  const created_at = countsFrom(look, contact);
  const closed = closedAt(look.board, rule, look.now);
  const its = classOf(look, contact.class_id);
  const hasAsked = rule ? hasAskedOf(rule.needs, its) : null;
  const fits = hasAsked && ((operator_id: number) => hasAsked(look.board.operators[operator_id]?.tags ?? []));
  const owner_id = its.owner_id === undefined || !rule || rule.owner.mode === 'off' || past?.let_go.has(its.owner_id) ? null : its.owner_id;
  const facts = { created_at, closed, past, fits, owner_id, cost: its.cost ?? 1, ...(saved && { saved }) };
  return { table: arrange(table, rule ?? defaultRule, facts, look.now), owner_id };
}

/** The operators who are saved for contacts that come before this one, see `Facts`; undefined: nobody is. */
function savedFrom(look: ContactLook, contact: Waits): Facts['saved'] {
  const savings = look.savings();
  if (savings.size === 0) return undefined;
  const turn = turnOf(look, contact);
  const saved = new Map<number, number | null>();
  for (const [operator_id, other] of savings) if (other.id !== contact.id && isBefore(other, turn)) saved.set(operator_id, overtakesAt(turn, other, look.now));
  return saved.size > 0 ? saved : undefined;
}

/** The candidates as `arranged` has them. */
export const tableFor = (...args: Parameters<typeof arranged>): readonly Candidate[] => arranged(...args).table;

/**
 * Whether anybody can take the contact now. There may be thousands to ask about, and for most of them nobody who has a free slot has the tags:
 * only for the others the table is arranged.
 */
export function isTakeable(look: ContactLook, contact: Waits, table: readonly Candidate[]): boolean {
  const rule = look.board.rules[contact.source_id];
  if (rule && closedAt(look.board, rule, look.now)) return false;
  const isAsked = rule && (tagsEndAt(rule, countsFrom(look, contact)) ?? Number.POSITIVE_INFINITY) > look.now;
  const hasAsked = isAsked ? hasAskedOf(rule.needs, classOf(look, contact.class_id)) : null;
  for (const candidate of costing(table, costOf(look, contact.class_id)))
    if (passedOver(candidate) === null && (hasAsked === null || hasAsked(look.board.operators[candidate.operator_id]?.tags ?? [])))
      return fitsSomewhere(arranged(look, contact, table));
  return false;
}

/** Whether anybody can take the contact, on an open line or as its owner. */
export const fitsSomewhere = ({ table, owner_id }: Arranged): boolean => canBeTaken(table) || ownerWhoTakes(table, owner_id) !== undefined;

/** Within how many seconds the contact is to be assigned: its own target, else that of its source, else that of the workspace. */
function targetOf(look: ContactLook, { source_id, class_id }: Pick<Waits, 'source_id' | 'class_id'>): number {
  const own = class_id === null ? undefined : classOf(look, class_id).target_seconds;
  return own ?? look.board.rules[source_id]?.target_seconds ?? look.board.settings.service_level_seconds;
}

/** From when the contact's waiting counts: its time while the source was closed does not. */
const countsFrom = ({ board, now }: Pick<ContactLook, 'board' | 'now'>, { source_id, created_at }: Pick<Waits, 'source_id' | 'created_at'>): number =>
  countedFrom(board, board.rules[source_id], created_at, now);

/** By when the contact is to be assigned, in epoch milliseconds. */
export const dueBy = (look: ContactLook, contact: Pick<Waits, 'source_id' | 'class_id' | 'created_at'>): number =>
  hasWaitedAt(look.board, look.board.rules[contact.source_id], contact.created_at, 1000 * targetOf(look, contact));

/** How much of an operator's limit a contact of the class takes. */
export const costOf = (look: ContactLook, class_id: number | null): number => (class_id === null ? 1 : (classOf(look, class_id).cost ?? 1));

/** Where the contact stands among all that wait. */
export const turnOf = (look: ContactLook, contact: Waits): Turn => ({
  id: contact.id === 0 ? Number.MAX_SAFE_INTEGER : contact.id,
  waited: look.now - countsFrom(look, contact),
  target: targetOf(look, contact),
  urgency: look.board.rules[contact.source_id]?.urgency ?? 1,
});
