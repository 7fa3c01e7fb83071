import { effect } from '#shared/effects/effect.ts';
import { addSuggested, suggested } from '#shared/effects/leads.ts';

export const suggestedMergeEffects = {
  suggested_merge_dismissed: effect<{ readonly suggested_merge_id: number }>()({
    event: 'A person dismissed a suggested merge.',
    topic: 'leads',
    apply: (draft) => addSuggested(draft, -1),
    thing: 'suggested_merge',
    details: suggested,
  }),
  suggested_merge_reopened: effect<{ readonly suggested_merge_id: number }>()({
    event: 'The dismissal of a suggested merge was undone; it is open again.',
    topic: 'leads',
    apply: (draft) => addSuggested(draft, 1),
    thing: 'suggested_merge',
    details: suggested,
  }),
};
