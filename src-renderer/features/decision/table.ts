/** Reads a kept decision: whose stretch of the weights is whose, and whether the draw gives the same again. Pure. */
import type { Decision } from '#shared/contract/entities.ts';
import { choose, passedOver, waitingReason } from '#shared/distribution.ts';

export interface Stretch {
  readonly operator_id: number;
  readonly name: string;
  /** the values of r that mean this operator: from … to, both included */
  readonly from: number;
  readonly to: number;
  /** of the whole, 0 … 1 */
  readonly share: number;
}

/** The eligible weights laid end to end, as `choose` walks them. */
export function stretches(decision: Pick<Decision, 'table' | 'sum'>): Stretch[] {
  const found: Stretch[] = [];
  let from = 0;
  for (const row of decision.table) {
    if (passedOver(row) !== null) continue;
    found.push({ operator_id: row.operator_id, name: row.name, from, to: from + row.weight - 1, share: row.weight / decision.sum });
    from += row.weight;
  }
  return found;
}

/** Decides once more from the kept table by the rules of today. Null when there was nothing to decide: a person did. */
export function replay(
  decision: Pick<Decision, 'table' | 'r' | 'operator_id' | 'waiting_reason' | 'kind'>,
): { readonly same: boolean; readonly operator_id: number | null } | null {
  if (decision.kind === 'manual') return null;
  if (decision.r === null) return { same: waitingReason(decision.table) === decision.waiting_reason, operator_id: null };
  try {
    const operator_id = choose(decision.table, decision.r);
    return { same: operator_id === decision.operator_id, operator_id };
  } catch {
    return { same: false, operator_id: null };
  }
}
