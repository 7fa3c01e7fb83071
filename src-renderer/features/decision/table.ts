/** Reads a kept decision: whose stretch of the weights is whose, and whether the draw gives the same again. Pure. */
import type { Decision } from '#shared/contract/entities.ts';
import { usualStrategy } from '#shared/distribution/strategies.ts';
import { waitingReason } from '#shared/distribution/table.ts';

/** The values of r that mean an operator: from … to, both included. */
export interface Stretch {
  readonly operator_id: number;
  readonly name: string;
  readonly from: number;
  readonly to: number;
  /** of the whole, 0 … 1 */
  readonly share: number;
}

/** The weights that were drawn from, laid end to end. */
export function stretches({ table }: Pick<Decision, 'table'>): Stretch[] {
  return usualStrategy.stretches(table).map(({ candidate: { operator_id, name }, from, to, share }) => ({ operator_id, name, from, to, share }));
}

/** Decides once more from the kept table by the rules of today. Null when there was nothing to decide: a person did. */
export function replay(
  decision: Pick<Decision, 'table' | 'sum' | 'r' | 'operator_id' | 'waiting_reason' | 'kind'>,
): { readonly same: boolean; readonly operator_id: number | null } | null {
  if (decision.kind === 'manual') return null;
  if (decision.r === null) return { same: waitingReason(decision.table) === decision.waiting_reason, operator_id: null };
  try {
    const operator_id = usualStrategy.replay(decision.table, decision);
    return { same: operator_id === decision.operator_id, operator_id };
  } catch {
    return { same: false, operator_id: null };
  }
}
