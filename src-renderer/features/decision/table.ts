/** Reads a stored decision: each operator's range of the weights, and whether a replay gives the same result. Pure. */
import { type Decision, type DecisionRow, isByRule } from '#shared/contract/entities.ts';
import { replay as replayed, stretches as stretchesOf } from '#shared/distribution/choose.ts';
import { type Candidate, waitingReason } from '#shared/distribution/table.ts';

/** The values of r that select an operator: from … to, inclusive. */
export interface Stretch {
  readonly operator_id: number;
  readonly name: string;
  readonly from: number;
  readonly to: number;
  /** of the whole, 0 … 1 */
  readonly share: number;
}

/** The row as the rules see it. */
const candidateOf =
  (cost: number) =>
  ({ operator_id, name, weight, load, max_load, is_active, line, key, barred }: DecisionRow): Candidate & { readonly name: string } => ({
    operator_id,
    name,
    weight,
    load,
    max_load,
    is_active,
    cost,
    line,
    ...(key !== null && { key }),
    ...(barred !== null && { barred }),
  });

/** The weights in the draw, laid end to end. None if a person decided, or the contact went to its lead's own operator. */
export function stretches({ table, kind, cost }: Pick<Decision, 'table' | 'kind' | 'cost'>): Stretch[] {
  if (!isByRule(kind) || kind === 'owner') return [];
  return stretchesOf(table.map(candidateOf(cost))).map(({ candidate: { operator_id, name }, from, to, share }) => ({ operator_id, name, from, to, share }));
}

/** Replays the decision from the stored table with the current rules. Null if no rule decided. */
export function replay(
  decision: Pick<Decision, 'table' | 'sum' | 'r' | 'operator_id' | 'owner_id' | 'waiting_reason' | 'kind' | 'cost'>,
): { readonly same: boolean; readonly operator_id: number | null } | null {
  if (!isByRule(decision.kind)) return null;
  const table = decision.table.map(candidateOf(decision.cost));
  if (decision.operator_id === null) return { same: waitingReason(table) === decision.waiting_reason, operator_id: null };
  try {
    const operator_id = replayed(table, decision, decision.owner_id);
    return { same: operator_id === decision.operator_id, operator_id };
  } catch {
    return { same: false, operator_id: null };
  }
}
