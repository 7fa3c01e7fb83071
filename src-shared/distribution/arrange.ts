import { chances } from './choose.ts';
import { opensAfter, type Rule, restsUntil, tagsEndAt } from './rule.ts';
import { type StrategyName, strategies } from './strategies.ts';
import type { Memory } from './strategy.ts';
import { type Candidate, isOnLine, passedOver } from './table.ts';

/** What rules depend on besides the table: facts about the contact to be distributed. */
export interface Facts {
  /** epoch milliseconds; of a source with hours: from when its waiting counts */
  readonly created_at: number;
  /** whether the source is closed, and when it opens, in epoch milliseconds; absent or null: it is open */
  readonly closed?: { readonly opens_at: number | null } | null;
  /** operators who had the contact, and those of them who let it go: it was returned from them to the queue */
  readonly past: {
    readonly had: ReadonlySet<number>;
    readonly let_go: ReadonlySet<number>;
    /** who was the last to let it go, by not accepting or by declining it; null: nobody did */
    readonly last: { readonly operator_id: number; readonly at: number } | null;
  } | null;
  /** whether an operator has the tags that the contact asks for; null: it asks for none */
  readonly fits: ((operator_id: number) => boolean) | null;
  /** the lead's own operator; null: none */
  readonly owner_id: number | null;
  /** how much of an operator's limit the contact takes, 1 … 100 */
  readonly cost: number;
  /** operators who are saved for contacts that come before this one in turn, and until when by themselves, in epoch milliseconds; null: never; absent: nobody is */
  readonly saved?: ReadonlyMap<number, number | null>;
}

const toAll = (): boolean => true;

/** The table for a contact that takes so much of a limit. */
export const costing = (table: readonly Candidate[], cost: number): readonly Candidate[] =>
  cost === 1 ? table : table.map((candidate) => ({ ...candidate, cost }));

/**
 * The table as it is for one contact: with the bars that follow from the rule and from the contact's past.
 *
 * While the source is closed, everybody is passed over. Who let the contact go is passed over while somebody else on line who has the tags has not had it, full or not; after that only who
 * did not accept or declined it last, for as long as there was to accept it. Tags are asked for until the
 * contact has waited long enough. While its own operator is on line and full, all others are passed over for the time that the rule says. A line
 * is closed until the contact has waited long enough, unless it opens early. Who is saved for a contact that comes first is passed over.
 */
export function arrange(
  source_table: readonly Candidate[],
  rule: Rule,
  { created_at, closed, past, fits: hasTags, owner_id, cost, saved }: Facts,
  now: number,
): readonly Candidate[] {
  const table = costing(source_table, cost);
  if (closed)
    return table.map((candidate): Candidate => ({ ...candidate, barred: 'closed_hours', ...(closed.opens_at !== null && { until: closed.opens_at }) }));
  if (past === null && hasTags === null && owner_id === null && saved === undefined && !hasLines(table)) return table;
  const tags_until = tagsEndAt(rule, created_at);
  const fits = hasTags === null || (tags_until !== undefined && tags_until <= now) ? toAll : hasTags;
  const helps = (one: Candidate) => isOnLine(one) && fits(one.operator_id);
  const isFresh = past !== null && table.some((one) => helps(one) && !past.had.has(one.operator_id));
  const hasLetGo = (operator_id: number) => isFresh && past.let_go.has(operator_id);
  const last = past?.last ?? null;
  const rests_until = last === null ? 0 : restsUntil(rule, last.at);
  const owner = table.find(({ operator_id }) => operator_id === owner_id);
  const owner_until = created_at + 1000 * rule.owner.wait_seconds;
  const ownerIsBusy = owner !== undefined && owner_until > now && passedOver(owner) === 'full' && helps(owner) && !hasLetGo(owner.operator_id);
  let firstOnLine = Number.POSITIVE_INFINITY;
  for (const one of table) if (helps(one)) firstOnLine = Math.min(firstOnLine, one.line ?? 1);
  return table.map((candidate): Candidate => {
    if (!fits(candidate.operator_id)) return { ...candidate, barred: 'lacks_tag', ...(tags_until !== undefined && { until: tags_until }) };
    if (hasLetGo(candidate.operator_id)) return { ...candidate, barred: 'let_go' };
    if (candidate.operator_id === last?.operator_id && rests_until > now) return { ...candidate, barred: 'let_go', until: rests_until };
    if (ownerIsBusy && candidate !== owner) return { ...candidate, barred: 'owner_busy', until: owner_until };
    const line = candidate.line ?? 1;
    const opens_at = created_at + 1000 * opensAfter(rule, line);
    const isOpen = line === 1 || opens_at <= now || (rule.open_early && firstOnLine >= line);
    const saved_until = saved?.get(candidate.operator_id);
    // the owner would take the contact whatever the line
    if (saved_until !== undefined && (isOpen || candidate === owner))
      return { ...candidate, barred: 'saved', ...(saved_until !== null && { until: saved_until }) };
    if (isOpen) return candidate;
    return { ...candidate, barred: 'line_closed', until: opens_at };
  });
}

function hasLines(table: readonly Candidate[]): boolean {
  for (const { line } of table) if (line !== undefined) return true;
  return false;
}

/** A literal is several times quicker than a spread, and this is done for each operator at each decision. */
export function withKey(candidate: Candidate, key: number): Candidate & { key: number } {
  const { operator_id, weight, load, max_load, is_active, cost, line, barred, until } = candidate;
  if (line === undefined && barred === undefined && cost === undefined) return { operator_id, weight, load, max_load, is_active, key };
  return {
    operator_id,
    weight,
    load,
    max_load,
    is_active,
    ...(cost !== undefined && { cost }),
    ...(line !== undefined && { line }),
    ...(barred && { barred }),
    ...(until !== undefined && { until }),
    key,
  };
}

/** The table with the strategy's keys; under `weighted` there are none. */
export function withKeys(table: readonly Candidate[], { strategy }: Pick<Rule, 'strategy'>, memory: Memory): readonly Candidate[] {
  const { key } = strategies[strategy];
  return key === null ? table : table.map((candidate) => withKey(candidate, key(candidate, memory)));
}

/** The share of a contact that a decision entitles each candidate to, in the order of the table. @param into as for `chances` */
export function entitlements(table: readonly Candidate[], strategy: StrategyName, into?: number[]): number[] {
  return chances(strategies[strategy].entitlesByWeight ? table.map((candidate) => ({ ...candidate, key: 0 })) : table, into);
}
