/** Rules that are being edited. They are kept while other screens are open, so that weights and operators can be looked up there. */
import { create } from 'zustand';
import { attempt, type Outcome } from '#link/attempt.ts';
import { currentBoard } from '#link/board.ts';
import { client } from '#link/client.ts';
import type { RulePatch, RuleTrial, SourceRule } from '#shared/contract/rules.ts';
import { defaultRule } from '#shared/distribution/rule.ts';
import { draftOf, type RuleDraft } from './rule-draft.ts';

/** by source */
export const useRuleDrafts = create<Readonly<Record<number, RuleDraft>>>(() => ({}));

export const editRule = (source_id: number, draft: RuleDraft): void => useRuleDrafts.setState({ [source_id]: draft });

/** Closes a source's form and drops its draft. */
export function closeRule(source_id: number): void {
  const { [source_id]: _, ...others } = useRuleDrafts.getState();
  useRuleDrafts.setState(others, true);
}

/** Opens a source's form with its present rule, or closes it. */
export function toggleRule(source_id: number): void {
  if (useRuleDrafts.getState()[source_id]) closeRule(source_id);
  else editRule(source_id, draftOf(currentBoard().rules[source_id] ?? defaultRule));
}

/** What today's contacts would have got under the changed rule. */
export const tryRule = (source_id: number, patch: RulePatch): Promise<Outcome<RuleTrial>> =>
  attempt((signal) => client.tryRule.query({ source_id, patch }, { signal }));

export const saveRule = (source_id: number, patch: RulePatch): Promise<Outcome<SourceRule>> =>
  attempt((signal) => client.updateRule.mutate({ source_id, patch }, { signal }));
