/** Who would get a contact now, and why: what a submission would decide, as of the last commit. Nothing is written, and nothing is drawn. */
import { normalise, warningsOf } from '#domain/normalise.ts';
import { arranged } from '#engine/core/contact-table.ts';
import { creditsOf } from '#engine/core/credits.ts';
import { WaitingHeads } from '#engine/core/waiting-heads.ts';
import { type Given, lookUp, noUsableIdentifier, ownerOf, spaceFor } from '#engine/leads/leads.ts';
import { certainly, iso, isoOrNull, leadOf, presentTable } from '#engine/views/present.ts';
import { lookAt, type Read } from '#engine/views/queries.ts';
import { ownPart } from '#engine/views/source-view.ts';
import type { Choice } from '#shared/contract/choice.ts';
import type { ContactInput } from '#shared/contract/entities.ts';
import { firstWarnings, notInUse, ok, type Result } from '#shared/contract/problems.ts';
import { withKeys } from '#shared/distribution/arrange.ts';
import { chances, ownerWhoTakes } from '#shared/distribution/choose.ts';
import { defaultRule } from '#shared/distribution/rule.ts';
import { readsOf } from '#shared/distribution/strategies.ts';
import { nextMoment, waitingReason } from '#shared/distribution/table.ts';
import { neededTags } from '#shared/distribution/tags.ts';
import type { ContactClass } from '#store/tables/contact-classes.ts';
import { wasGivenTo } from '#store/tables/givers.ts';
import { presentRule } from '#store/tables/rules.ts';
import { hasMarks } from '#store/tables/shared-identifiers.ts';
import { findClass, type LeadToBe } from './contact-class.ts';
import { hasNoCompetences, openContactToJoin } from './submit-contact.ts';

export interface DryRun {
  readonly input: ContactInput & { readonly source_id: number };
  /** the source whose key was used; null: unrestricted access */
  readonly viewer: number | null;
  /** what was adapted while reading the body */
  readonly warnings?: readonly string[];
}

/**
 * Decides about the contact without submitting it.
 *
 * A source could ask about any number of people without leaving a trace. So for a source key only such identifiers denote a lead that the source
 * itself gave, and only an operator who had an earlier contact of the source is an owner: about others it learns nothing. Like a contact's
 * decision, the table is not shown to it.
 */
export function dryRun(read: Read, { input, viewer, warnings: adapted = [] }: DryRun): Result<Choice> {
  const { source_id } = input;
  const [board, tx, now] = [read.board(), read.store.reading, read.now()];
  const source = board.sources[source_id];
  if (!source || source.is_archived) return notInUse('source', source_id, source);
  if (!board.weights[source_id]) return hasNoCompetences(source);
  const normalised = normalise(input, board.settings.phone_region);
  const { unusable } = normalised;
  if (normalised.identifiers.length === 0 && unusable.length > 0) return noUsableIdentifier(unusable);

  const space = spaceFor(board, source_id);
  const isKnown = (one: Given['identifiers'][number]): boolean => {
    if (viewer === null) return true;
    const owned = ownerOf(tx, one, board.settings.phone_region, one.kind === 'external_id' ? space : 0);
    return owned !== undefined && ownPart(tx, leadOf(tx, owned.lead_id), viewer).identifiers.some(({ id }) => id === owned.id);
  };
  const given = { identifiers: normalised.identifiers.filter(isKnown), name: null, giver: source_id, space };
  const looked = lookUp({ tx, board, hasShared: hasMarks(tx) }, given);
  const lead = looked.identity && asMerged(read, looked.identity);

  const rule = board.rules[source_id];
  const look = { ...lookAt(read), heads: (of: number) => new WaitingHeads().of(tx, of) };
  const found = findClass(look, { input, isOfSource: viewer !== null, findLead: () => lead });
  const mayKnow = (operator_id: number) => viewer === null || (lead !== null && wasGivenTo(tx, viewer, latestOf(lead), operator_id));
  const { owner_id: ownOperator, ...others } = found.its;
  const its: ContactClass = ownOperator === undefined || !mayKnow(ownOperator) ? others : { ...others, owner_id: ownOperator };
  const waits = { id: 0, source_id, created_at: now, returned: 0, class_id: 0 };
  const joins_contact_id = openContactToJoin(look, source_id, looked) ?? null;

  const { table: plain, owner_id } = arranged({ ...look, classOf: () => its }, waits);
  const owner = ownerWhoTakes(plain, owner_id);
  const memory = { credit: () => 0, latestDecision: (id: number) => board.operators[id]?.latest_decision ?? 0 };
  const credits = rule && readsOf(rule.strategy) === 'credit' ? creditsOf(tx, source_id) : null;
  const table = owner ? plain : withKeys(plain, rule ?? defaultRule, credits ? { ...memory, credit: (id) => credits.get(id) ?? 0 } : memory);
  const probabilities = owner ? certainly(table, owner.operator_id) : chances(table);
  const operatorName = (id: number) => board.operators[id]?.name ?? '';
  const isJoined = joins_contact_id !== null;
  const waiting_reason = owner || isJoined ? null : waitingReason(table);
  const taker = isJoined ? undefined : table[probabilities.indexOf(1)];
  const possible = isJoined ? undefined : table[probabilities.findIndex((one) => one > 0)];
  return ok({
    source_id,
    at: iso(now),
    rule_version: rule ? (presentRule(tx, source_id)?.version ?? null) : null,
    strategy: rule?.strategy ?? defaultRule.strategy,
    lead_id: lead?.id ?? null,
    joins_contact_id,
    owner_id,
    tags: neededTags(its.needs === undefined ? [] : (rule?.needs ?? []), its.needs),
    cost: its.cost ?? 1,
    target_seconds: its.target_seconds ?? rule?.target_seconds ?? board.settings.service_level_seconds,
    operator: taker ? { id: taker.operator_id, name: operatorName(taker.operator_id) } : null,
    line: possible ? (possible.line ?? 1) : null,
    waiting_reason,
    next_at: waiting_reason === null ? null : isoOrNull(nextMoment(table)),
    table: viewer === null ? presentTable(table, isJoined ? [] : probabilities, operatorName) : null,
    warnings: [...firstWarnings([...adapted, ...found.warnings, ...warningsOf(normalised, 'is kept in attributes')])],
  });
}

/** For the look-up of a lead's contacts: before one that is yet to come. */
const latestOf = ({ id }: LeadToBe) => ({ id: Number.MAX_SAFE_INTEGER, lead_id: id });

/** The lead as it would be once those that the contact shows to be the same are merged into it. */
function asMerged({ store }: Read, { lead_id, duplicates }: { readonly lead_id: number; readonly duplicates: readonly number[] }): LeadToBe {
  let lead: LeadToBe = { ...leadOf(store.reading, lead_id), also: duplicates };
  for (const id of duplicates) {
    const { operator_id, operator_source_id, assigned_by, pinned_operator_id } = leadOf(store.reading, id);
    if (lead.pinned_operator_id === null) lead = { ...lead, pinned_operator_id };
    if ((assigned_by ?? 0) > (lead.assigned_by ?? 0)) lead = { ...lead, operator_id, operator_source_id, assigned_by };
  }
  return lead;
}
