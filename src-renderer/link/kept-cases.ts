import { type Board, candidates } from '#shared/board.ts';
import { type Desk, isExpected, type KeptCase, type Outcome, outcomeOf } from '#shared/distribution/kept-case.ts';
import { defaultRule, type Rule } from '#shared/distribution/rule.ts';
import { type Outcome as Answer, attempt } from './attempt.ts';
import { client } from './client.ts';

/** Keeps a case, or gives the one with this id another content. */
export const keepCase = (content: KeptCase, id: number | null = null): Promise<Answer<number>> =>
  attempt((signal) => client.keepCase.mutate({ id, content: { ...content, on_line: [...content.on_line], full: [...content.full] } }, { signal }));

export const removeCase = (id: number): Promise<Answer<null>> => attempt((signal) => client.removeCase.mutate({ id }, { signal }));

/** What decides about the contacts of a source under a rule. @param rule undefined: the present one */
export const deskOf = (board: Pick<Board, 'operators' | 'weights' | 'rules'>, source_id: number, rule: Rule = board.rules[source_id] ?? defaultRule): Desk => ({
  table: candidates(board, source_id),
  rule,
  tagsOf: (operator_id) => board.operators[operator_id]?.tags ?? [],
});

/** A kept case under a rule that may be a draft. */
export interface CheckedCase {
  readonly id: number;
  readonly kept: KeptCase;
  readonly outcome: Outcome;
  readonly holds: boolean;
  /** it holds under the present rule, and would not under this one */
  readonly isBroken: boolean;
}

/** The kept cases of a source under a rule. @param rule undefined: the present one */
export function checkedCases(board: Board, source_id: number, rule?: Rule): CheckedCase[] {
  const [present, next] = [deskOf(board, source_id), deskOf(board, source_id, rule)];
  return Object.entries(board.cases).flatMap(([id, kept]) => {
    if (kept.source_id !== source_id) return [];
    const outcome = outcomeOf(kept, next);
    const holds = isExpected(kept.expected, outcome);
    return [{ id: Number(id), kept, outcome, holds, isBroken: !holds && isExpected(kept.expected, outcomeOf(kept, present)) }];
  });
}
