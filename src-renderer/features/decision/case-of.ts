/** The kept case that a decision makes. Pure. */
import type { Contact, Decision } from '#shared/contract/entities.ts';
import { type Desk, expecting, isExpected, type KeptCase, outcomeOf } from '#shared/distribution/kept-case.ts';
import { neededValues } from '#shared/distribution/tags.ts';

type Decided = Pick<Decision, 'kind' | 'at' | 'table' | 'owner_id' | 'operator_id' | 'waiting_reason'>;

/**
 * The situation of a decision, with what comes out of it under the present rule. Null if that is not what was decided: by a person, under another rule, or
 * because of something that a case does not know, such as operators who had let the contact go.
 */
export function caseOf(
  decision: Decided,
  { source_id, created_at, attributes }: Pick<Contact, 'source_id' | 'created_at' | 'attributes'>,
  desk: Desk,
): KeptCase | null {
  const { kind, at, table, owner_id, operator_id, waiting_reason } = decision;
  if (kind === 'manual') return null;
  const situation = {
    source_id,
    attributes: neededValues(desk.rule.needs, attributes),
    owner_id,
    waited_seconds: Math.max(0, Math.floor((Date.parse(at) - Date.parse(created_at)) / 1000)),
    on_line: table.filter((row) => row.is_active).map((row) => row.operator_id),
    full: table.filter((row) => row.is_active && row.passed_over === 'full').map((row) => row.operator_id),
  };
  const outcome = outcomeOf(situation, desk);
  const isSame = operator_id === null ? waiting_reason !== null && isExpected({ waiting_reason }, outcome) : outcome.takers.includes(operator_id);
  const expected = isSame ? expecting(outcome) : null;
  return expected && { ...situation, expected };
}
