import type { BoardSource } from '../board.ts';
import { type EffectKinds, ofSource } from './effect.ts';

export interface SourceEffects {
  readonly source_saved: { readonly source: BoardSource };
  readonly source_keys_changed: { readonly source_id: number };
}

export const sourceEffects = {
  source_saved: {
    event: 'A source was added, changed or archived.',
    topic: 'sources',
    apply(draft, { source }) {
      draft.part('sources')[source.id] = source;
    },
    thing: 'source',
    subject: ({ source }) => ({ source_id: source.id }),
    details: ({ after }) => ({ is_archived: (after as { is_archived: boolean }).is_archived }),
  },
  source_keys_changed: {
    event: 'A key of a source was created or revoked.',
    topic: 'sources',
    apply: null,
    thing: null, // a revoked key stays revoked
    subject: ofSource,
  },
} as const satisfies EffectKinds<SourceEffects>;
