import type { BoardOperator } from '#shared/board.ts';
import type { EventDetails } from '#shared/contract/event-details.ts';
import type { Actor } from '#shared/contract/principal.ts';
import { effect } from '#shared/effects/effect.ts';
import type { OperatorHours } from '#shared/operator-hours.ts';

export const operatorEffects = {
  operator_saved: effect<{
    readonly operator: Pick<BoardOperator, 'id' | 'name' | 'is_active' | 'inactive_reason' | 'max_load' | 'is_archived' | 'active_changed_at' | 'tags'> & {
      readonly hours: OperatorHours | null;
      readonly switched_by: Actor | null;
    };
  }>()({
    event: 'An operator was added, changed or archived.',
    topic: 'operators',
    apply(draft, { operator: { hours, switched_by, ...operator } }) {
      const fresh = { load: 0, held: 0, assigned_count: 0, assigned_on: null, last_assigned_at: null, latest_decision: null };
      const { hours: _, switched_by: __, ...former } = { ...fresh, ...draft.board.operators[operator.id] };
      draft.part('operators')[operator.id] = { ...former, ...operator, ...(hours && { hours }), ...(switched_by && { switched_by }) };
    },
    thing: 'operator',
    subject: ({ operator }) => ({ operator_id: operator.id }),
    opens: ({ operator }, note) => note(operator.id),
    candidates: () => 'all',
    details({ after }) {
      const { is_active, inactive_reason, max_load, is_archived } = after as Required<
        Pick<EventDetails, 'is_active' | 'inactive_reason' | 'max_load' | 'is_archived'>
      >;
      return { is_active, inactive_reason: inactive_reason ?? null, max_load, is_archived }; // early journals have no reasons
    },
  }),
};
