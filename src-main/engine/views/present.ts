/** Converts rows to the shapes of the public API. */
import type { Board, LeadBrief } from '#shared/board.ts';
import type {
  Contact,
  ContactMessage,
  Decision,
  FoldedRefusals,
  Lead,
  ListedRefusal,
  Merge,
  Operator,
  DecisionRow as PresentedCandidate,
  RefusedContact,
  Source,
  SourceKey,
} from '#shared/contract/entities.ts';
import type { SuggestedMerge } from '#shared/contract/suggested-merges.ts';
import { chances } from '#shared/distribution/choose.ts';
import { defaultRule } from '#shared/distribution/rule.ts';
import { type Candidate, nextMoment, passedOver, waitingReason } from '#shared/distribution/table.ts';
import { defaultHours, hoursOf } from '#shared/operator-hours.ts';
import { presenceAt } from '#shared/schedule.ts';
import type { Reading } from '#store/sqlite/open.ts';
import { classById } from '#store/tables/contact-classes.ts';
import { type ContactRow, contactById } from '#store/tables/contacts.ts';
import { type DecisionRow, type StoredTurn, tableOf } from '#store/tables/decisions.ts';
import { wasGivenTo } from '#store/tables/givers.ts';
import { type LeadRow, leadOfRow } from '#store/tables/leads.ts';
import type { MergeRow } from '#store/tables/merges.ts';
import type { MessageRow } from '#store/tables/messages.ts';
import type { OperatorRow } from '#store/tables/operators.ts';
import type { ListedRefusalRow, RefusalSummary, RefusedContactRow } from '#store/tables/refused-contacts.ts';
import { ruleFrom } from '#store/tables/rules.ts';
import type { SourceKeyRow, SourceRow } from '#store/tables/sources.ts';
import { identifiersById, type SuggestedMergeRow } from '#store/tables/suggested-merges.ts';
import { seenBySource } from './source-view.ts';

let latest = { at: Number.NaN, text: '' };
/** ISO 8601 text of epoch milliseconds. The last result is cached: most calls are about the time of the same write. */
export function iso(at: number): string {
  if (at !== latest.at) latest = { at, text: new Date(at).toISOString() };
  return latest.text;
}
export const isoOrNull = (at: number | null): string | null => (at === null ? null : iso(at));

/** The lead that a contact's row belongs to. @throws Error when it does not exist, which a foreign key rules out */
export function leadOf(db: Reading, lead_id: number): LeadRow {
  const row = leadOfRow(db, lead_id);
  if (!row) throw new Error(`lead ${lead_id} is referenced but does not exist`);
  return row;
}

/** A lead as lists show it. Its handle is the first of phone, external id and email. */
export function leadBrief({ id, name, phone, external_id, email }: LeadRow): LeadBrief {
  return { id, name, handle: phone ?? external_id ?? email ?? '' };
}

export function presentLead({ id, external_id, phone, email, name, operator_id, pinned_operator_id, created_at }: LeadRow): Lead {
  return { id, external_id, phone, email, name, operator_id, pinned_operator_id, created_at: iso(created_at) };
}

/** Context for presenting a contact: names, and the present state of its source's operators. */
export interface ContactContext {
  readonly db: Reading;
  /** the source whose key was used; null: unrestricted access */
  readonly viewer: number | null;
  operatorName(operator_id: number): string;
  /** the candidates of a waiting contact, arranged for it at this moment */
  tableFor(contact: ContactRow): readonly Candidate[];
  /** by when it is to be assigned, in epoch milliseconds */
  dueBy(contact: ContactRow): number;
}

/** The contact as the viewer may see it. @param lead the lead that the row belongs to; the row may name a part of it */
export function presentContact(row: ContactRow, lead: LeadRow, around: ContactContext): Contact {
  const table = row.status === 'waiting' ? around.tableFor(row) : [];
  const its = classById(around.db, row.class_id);
  const owner_id = its.owner_id ?? null;
  const isOwnerShown = owner_id === null || mayKnowOwner(row, owner_id, around);
  const why = row.status === 'waiting' ? waitingReason(table) : null;
  const isHidden = why === 'owner_busy' && !isOwnerShown;
  const seen = around.viewer === null ? seenByDesk(row, lead) : seenBySource(around.db, row, lead);
  return {
    id: row.id,
    source_id: row.source_id,
    lead_id: lead.id,
    operator_id: row.operator_id,
    status: row.status,
    created_at: iso(row.created_at),
    assigned_at: isoOrNull(row.assigned_at),
    closed_at: isoOrNull(row.closed_at),
    message: row.message,
    operator: row.operator_id === null ? null : { id: row.operator_id, name: around.operatorName(row.operator_id) },
    attributes: seen.attributes,
    lead: seen.lead,
    waiting_reason: isHidden ? 'all_full' : why,
    next_at: row.status === 'waiting' && !isHidden ? isoOrNull(nextMoment(table)) : null,
    returned: row.returned,
    cost: its.cost ?? 1,
    messages: row.messages,
    owner_id: isOwnerShown ? owner_id : null,
    accept_by: isoOrNull(row.accept_by),
    accepted_at: isoOrNull(row.accepted_at),
    outcome: row.outcome,
    note: row.note,
    target_at: iso(around.dueBy(row)),
    opens_at: why === 'closed_hours' ? isoOrNull(nextMoment(table)) : null,
    warnings: [...(row.warnings ?? [])],
  };
}

/** A message as its source sent it. */
export function presentContactMessage({ id, contact_id, created_at, message, attributes, given, warnings }: MessageRow): ContactMessage {
  const { external_id = null, phone = null, email = null, name = null } = given;
  return {
    id,
    contact_id,
    created_at: iso(created_at),
    message,
    attributes: { ...attributes },
    external_id,
    phone,
    email,
    name,
    warnings: [...(warnings ?? [])],
  };
}

/** A source may know of an owner who had an earlier contact of the lead from this source: any other shows that the lead is known elsewhere. */
const mayKnowOwner = (row: ContactRow, owner_id: number, { db, viewer }: ContactContext): boolean => viewer === null || wasGivenTo(db, viewer, row, owner_id);

function seenByDesk(row: ContactRow, lead: LeadRow): Pick<Contact, 'lead' | 'attributes'> {
  const { id, external_id, phone, email, name, operator_id } = lead;
  return {
    attributes: row.attributes ?? {},
    lead: { id, external_id, phone, email, name, operator_id, created: row.made_lead },
  };
}

export function presentOperator({ board, now }: { readonly board: Board; readonly now: number }, row: OperatorRow): Operator {
  const { id, name, inactive_reason, max_load, current_load } = row;
  const shown = board.operators[id];
  const hours = shown ? hoursOf(board, shown) : null;
  return {
    id,
    name,
    is_active: row.is_active,
    inactive_reason,
    max_load,
    current_load,
    tags: [...row.tags],
    is_archived: row.archived_at !== null,
    created_at: iso(row.created_at),
    ...(row.hours ?? defaultHours),
    state: { since: iso(row.active_changed_at), by: row.switched_by, reason: inactive_reason, until: isoOrNull(hours && presenceAt(hours, now).until) },
  };
}

/** A key by its last characters; the key itself is not stored. */
export function presentKey(row: SourceKeyRow): SourceKey {
  return { id: row.id, hint: row.hint, created_at: iso(row.created_at), last_used_at: isoOrNull(row.last_used_at) };
}

/** A source with its live keys, each by its last characters only. */
export function presentSource(row: SourceRow, keys: readonly SourceKeyRow[]): Source {
  return {
    id: row.id,
    name: row.name,
    settings: row.settings,
    external_ids: row.external_ids,
    keys: keys.filter((key) => key.source_id === row.id).map(presentKey),
    is_archived: row.archived_at !== null,
    created_at: iso(row.created_at),
  };
}

/** The probabilities of a decision that gives the contact to this operator without a draw. */
export const certainly = (table: readonly Candidate[], operator_id: number | null): number[] => table.map((one) => Number(one.operator_id === operator_id));

/** @param probabilities in the order of the table */
export function presentTable(
  table: readonly Candidate[],
  probabilities: readonly number[],
  operatorName: (operator_id: number) => string,
): PresentedCandidate[] {
  return table.map((candidate, i) => {
    const { operator_id, weight, load, max_load, is_active, line = 1, key = null, barred = null, until = null } = candidate;
    return {
      operator_id,
      weight,
      load,
      max_load,
      is_active,
      line,
      key,
      name: operatorName(operator_id),
      passed_over: passedOver(candidate),
      barred,
      until: isoOrNull(until),
      probability: probabilities[i] ?? 0,
    };
  });
}

/** A decision with its table of candidates, their probabilities, and names instead of ids where people read them. */
export function presentDecision(row: DecisionRow, operatorName: (operator_id: number) => string): Decision {
  const { id, contact_id, source_id, kind, sum, r, operator_id, waiting_reason } = row;
  const table = tableOf(row);
  const probabilities = kind === 'owner' ? certainly(table, operator_id) : chances(table);
  const { version, content } = row;
  return {
    id,
    contact_id,
    source_id,
    at: iso(row.at),
    kind,
    rule_version: version,
    strategy: content === null ? defaultRule.strategy : ruleFrom(content).strategy,
    line: table.find((one) => one.operator_id === operator_id)?.line ?? (operator_id === null ? null : 1),
    next_at: isoOrNull(row.next_at),
    table: presentTable(table, probabilities, operatorName),
    owner_id: row.owner_id,
    waited_ms: row.at - row.created_at,
    cost: row.cost ?? 1,
    turn: row.turn === null ? null : presentTurn(row.turn),
    sum,
    r,
    operator_id,
    operator: operator_id === null ? null : { id: operator_id, name: operatorName(operator_id) },
    waiting_reason,
    cause: row.cause,
    note: row.note,
  };
}

function presentTurn(stored: string): NonNullable<Decision['turn']> {
  const [share, next] = JSON.parse(stored) as StoredTurn; // placeWaiting wrote it
  return { share, next: next && { contact_id: next[0], share: next[1] } };
}

export function presentMerge(row: MergeRow): Merge {
  const { id, survivor_id, merged_id, contact_id } = row;
  return { id, survivor_id, merged_id, contact_id, created_at: iso(row.created_at), undone_at: isoOrNull(row.undone_at) };
}

/** Presents a suggested merge. Suggestions only name leads that are neither merged nor erased. */
export function presentSuggestedMerge(db: Reading, row: SuggestedMergeRow): SuggestedMerge {
  const { id, survivor_id, merged_id, contact_id } = row;
  return {
    id,
    survivor: leadBrief(leadOf(db, survivor_id)),
    merged: leadBrief(leadOf(db, merged_id)),
    contact_id,
    source_id: contactById(db, contact_id)?.source_id ?? 0,
    identifiers: identifiersById(db, row.identifier_ids).map(({ kind, value }) => ({ kind, value })),
    created_at: iso(row.created_at),
    settled_at: isoOrNull(row.settled_at),
  };
}

/** A refused contact with its body as received. */
export function presentRefusedContact(row: RefusedContactRow): RefusedContact {
  const { id, source_id, attempts, code, detail, contact_id } = row;
  return {
    id,
    source_id,
    refused_at: iso(row.refused_at),
    attempts,
    code,
    detail,
    errors: row.errors,
    payload: row.payload,
    settled_at: isoOrNull(row.settled_at),
    contact_id,
  };
}

/** Presents a refused contact in a list. A cut payload is a text. */
export function presentListedRefusal({ is_cut, ...row }: ListedRefusalRow): ListedRefusal {
  const shown = presentRefusedContact(row);
  return is_cut ? { ...shown, payload: String(row.payload), is_cut } : { ...shown, is_cut };
}

/** Refused contacts of a source of which only the number, the first and last time and the codes are kept. */
export function presentFoldedRefusals({ source_id, contacts, first_at, last_at, codes }: RefusalSummary): FoldedRefusals {
  return { source_id, count: contacts, first_at: iso(first_at), last_at: iso(last_at), codes };
}
