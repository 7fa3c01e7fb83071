/**
 * Kept cases: contacts that a supervisor thought through, each with the outcome that the rule of its source must lead to. A case says who is on line
 * and who is full, and takes tags, weights, lines and limits as they are now. It holds whatever the draw or the strategy would say: who is equal
 * in line, tags and owner may get it.
 */
import { arrange } from './arrange.ts';
import { ownerWhoTakes } from './choose.ts';
import type { Rule } from './rule.ts';
import { type Candidate, passedOver, type WaitingReason, waitingReason } from './table.ts';
import { hasAll, neededTags } from './tags.ts';

/** Who must get the contact: this operator and nobody else, somebody on this line, or nobody, because of `waiting_reason`. */
export type Expected = { readonly operator_id: number } | { readonly line: number } | { readonly waiting_reason: WaitingReason };

/** The contact of a case, and the desk when it is decided about. */
export interface Situation {
  readonly source_id: number;
  readonly attributes: Readonly<Record<string, string>>;
  /** the lead's own operator; null: none */
  readonly owner_id: number | null;
  readonly waited_seconds: number;
  /** operators on line, by id; all others are off */
  readonly on_line: readonly number[];
  /** those of them who have no free slot */
  readonly full: readonly number[];
}

export interface KeptCase extends Situation {
  readonly expected: Expected;
}

/** What a rule makes of a situation. */
export interface Outcome {
  /** who may get the contact, in the order of the table; nobody: it waits */
  readonly takers: readonly number[];
  /** of the takers */
  readonly line: number | null;
  readonly waiting_reason: WaitingReason | null;
}

export interface Desk {
  /** the candidates of the source, whose loads and activity do not matter */
  readonly table: readonly Candidate[];
  readonly rule: Rule;
  readonly tagsOf: (operator_id: number) => readonly string[];
}

/** What the rule makes of the situation. */
export function outcomeOf({ attributes, owner_id: own, waited_seconds, on_line, full }: Situation, { table: now, rule, tagsOf }: Desk): Outcome {
  const plain = now.map(({ operator_id, weight, max_load }): Candidate => {
    const line = rule.line_of[operator_id];
    const load = full.includes(operator_id) ? max_load : 0;
    return { operator_id, weight, max_load, load, is_active: on_line.includes(operator_id), ...(line !== undefined && { line }) };
  });
  const asked = neededTags(rule.needs, attributes);
  const hasAsked = asked.length === 0 ? null : hasAll(asked);
  const owner_id = rule.owner.mode === 'off' ? null : own;
  const fits = hasAsked && ((operator_id: number) => hasAsked(tagsOf(operator_id)));
  const table = arrange(plain, rule, { created_at: 0, past: null, fits, owner_id, cost: rule.cost }, 1000 * waited_seconds);
  const owner = ownerWhoTakes(table, owner_id);
  const able = owner ? [owner] : table.filter((candidate) => passedOver(candidate) === null);
  const line = able.length === 0 ? null : Math.min(...able.map((candidate) => candidate.line ?? 1));
  const takers = able.filter((candidate) => (candidate.line ?? 1) === line).map(({ operator_id }) => operator_id);
  return { takers, line, waiting_reason: line === null ? waitingReason(table) : null };
}

/** Whether this is what the case expects. */
export function isExpected(expected: Expected, { takers, line, waiting_reason }: Outcome): boolean {
  if ('operator_id' in expected) return takers.length === 1 && takers[0] === expected.operator_id;
  return 'line' in expected ? line === expected.line : waiting_reason === expected.waiting_reason;
}

/** What to expect so that an outcome is kept; null: there is no outcome. */
export function expecting({ takers, line, waiting_reason }: Outcome): Expected | null {
  const [only, ...others] = takers;
  if (only !== undefined && others.length === 0) return { operator_id: only };
  if (line !== null) return { line };
  return waiting_reason && { waiting_reason };
}
