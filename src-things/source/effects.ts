import type { BoardSource } from '#shared/board.ts';
import { effect, ofSource } from '#shared/effects/effect.ts';

export const sourceEffects = {
  source_saved: effect<{ readonly source: BoardSource }>()({
    event: 'A source was added, changed or archived.',
    topic: 'sources',
    apply(draft, { source }) {
      draft.part('sources')[source.id] = source;
    },
    thing: 'source',
    subject: ({ source }) => ({ source_id: source.id }),
    details: ({ after }) => ({ is_archived: (after as { is_archived: boolean }).is_archived }),
  }),
  source_keys_changed: effect<{ readonly source_id: number }>()({
    event: 'A key of a source was created or revoked.',
    topic: 'sources',
    apply: null,
    thing: null, // a revoked key stays revoked
    subject: ofSource,
  }),
};
