import type { Draft } from '../board.ts';
import { type Data, effect, ofSource } from './effect.ts';

const add = (draft: Draft, count: number): void => draft.put('refused', draft.board.refused + count);

const details = ({ refused_contact_id, contact_id }: Data) => ({
  ...(refused_contact_id !== undefined && { refused_contact_id }), // journals of the first version do not record the refused contact
  ...(contact_id !== undefined && { contact_id }),
});

export const refusedContactEffects = {
  contact_refused: effect<{ readonly refused_contact_id: number }>()({
    event: 'A submitted contact was refused and stored for the supervisor.',
    apply: (draft) => add(draft, 1),
    details,
  }),
  refused_contact_settled: effect<{ readonly refused_contact_id: number }>()({
    event: 'A refused contact was dismissed, or became `contact_id`.',
    topic: 'refused',
    apply: (draft) => add(draft, -1),
    details,
  }),
  refused_contacts_folded: effect<{ readonly source_id: number; readonly refused_contact_id: number /** how many */; readonly count: number }>()({
    event: 'A source had too many refused contacts: its `count` oldest, up to `refused_contact_id`, were settled and are only counted from now on.',
    apply: (draft, { count }) => add(draft, -count),
    subject: ofSource,
    details: ({ refused_contact_id, count }) => ({ count, ...(refused_contact_id !== undefined && { refused_contact_id }) }),
  }),
};
