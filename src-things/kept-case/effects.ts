import type { KeptCase } from '#shared/distribution/kept-case.ts';
import { effect, ofSource } from '#shared/effects/effect.ts';

export const keptCaseEffects = {
  kept_case_saved: effect<{ readonly case_id: number; readonly source_id: number /** null: removed */; readonly content: KeptCase | null }>()({
    event: "A kept case of a source's rule was saved, changed or removed.",
    topic: 'sources',
    apply(draft, { case_id, content }) {
      if (content) draft.part('cases')[case_id] = content;
      else delete draft.part('cases')[case_id];
    },
    thing: 'kept_case',
    subject: ofSource,
  }),
};
