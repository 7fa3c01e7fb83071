import type { Draft } from '#shared/board.ts';
import { effect, ofSource } from '#shared/effects/effect.ts';

type Weights = Readonly<Record<number, number>>;

export const weightEffects = {
  competence_saved: effect<{ readonly source_id: number; readonly operator_id: number /** null: removed */; readonly weight: number | null }>()({
    event: "An operator's weight for a source was set; null: removed.",
    topic: 'weights',
    apply(draft, { source_id, operator_id, weight }) {
      const { [operator_id]: _, ...others } = draft.board.weights[source_id] ?? {};
      put(draft, source_id, weight === null ? others : { ...others, [operator_id]: weight });
    },
    thing: 'weights',
    subject: ({ source_id, operator_id }) => ({ source_id, operator_id }),
    opens({ source_id, operator_id }, note, board) {
      note(operator_id);
      noteAll(board.weights[source_id], note); // under a rule, another operator may now take what this one could have taken
    },
    candidates: ({ source_id }) => source_id,
    details: ({ after }) => ({ weight: after as number | null }),
  }),
  competences_replaced: effect<{ readonly source_id: number; readonly weights: Weights }>()({
    event: 'All weights of a source were set.',
    topic: 'weights',
    apply: (draft, { source_id, weights }) => put(draft, source_id, weights),
    thing: 'weights',
    subject: ofSource,
    opens({ source_id, weights }, note, board) {
      noteAll(weights, note);
      noteAll(board.weights[source_id], note);
    },
    candidates: ({ source_id }) => source_id,
  }),
};

function noteAll(weights: Weights | undefined, note: (operator_id: number) => void): void {
  for (const id in weights) note(Number(id));
}

function put(draft: Draft, source_id: number, weights: Weights): void {
  const all = draft.part('weights');
  if (Object.keys(weights).length > 0) all[source_id] = weights;
  else delete all[source_id];
}
