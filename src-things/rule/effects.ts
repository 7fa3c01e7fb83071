import type { BoardRule } from '#shared/board.ts';
import { effect, ofSource } from '#shared/effects/effect.ts';

export const ruleEffects = {
  rule_saved: effect<{ readonly source_id: number /** null: the default rule */; readonly rule: BoardRule | null }>()({
    event: 'The rule of a source was changed, or the line of a competence.',
    topic: 'sources',
    apply(draft, { source_id, rule }) {
      if (rule) draft.part('rules')[source_id] = rule;
      else delete draft.part('rules')[source_id];
    },
    thing: 'rule',
    subject: ofSource,
    opens({ source_id }, note, board) {
      for (const id in board.weights[source_id]) note(Number(id));
    },
    candidates: ({ source_id }) => source_id,
  }),
};
