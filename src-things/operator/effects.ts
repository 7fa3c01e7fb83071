import type { BoardOperator } from '#shared/board.ts';
import type { EventDetails } from '#shared/contract/event-details.ts';
import { effect } from '#shared/effects/effect.ts';

export const operatorEffects = {
  operator_saved: effect<{
    readonly operator: Pick<BoardOperator, 'id' | 'name' | 'is_active' | 'inactive_reason' | 'max_load' | 'is_archived' | 'active_changed_at' | 'tags'>;
  }>()({
    event: 'An operator was added, changed or archived.',
    topic: 'operators',
    apply(draft, { operator }) {
      const fresh = { load: 0, held: 0, assigned_count: 0, assigned_on: null, last_assigned_at: null, latest_decision: null };
      draft.part('operators')[operator.id] = { ...fresh, ...draft.board.operators[operator.id], ...operator };
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
