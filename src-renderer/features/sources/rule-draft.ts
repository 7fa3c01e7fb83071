/** The draft of a source's rule while its form is filled in. Pure. */
import { LONGEST_SECONDS, type RulePatch } from '#shared/contract/rules.ts';
import type { Rule } from '#shared/distribution/rule.ts';
import type { StrategyName } from '#shared/distribution/strategies.ts';
import { MAX_LINE } from '#shared/distribution/table.ts';

export interface RuleDraft {
  readonly strategy: StrategyName;
  /** as typed: seconds until line 2, 3 … opens */
  readonly lines: readonly string[];
  readonly open_early: boolean;
}

/** Suggested delay of an added line after the one before it. */
const USUAL_SECONDS = 60;

/** A rule as its form shows it: numbers as text. */
export const draftOf = ({ strategy, lines, open_early }: Omit<Rule, 'line_of'>): RuleDraft => ({ strategy, lines: lines.map(String), open_early });

const secondsIn = (text: string): number | null => (/^\d{1,5}$/.test(text.trim()) && Number(text) <= LONGEST_SECONDS ? Number(text) : null);

export type LineProblem = 'no_seconds' | 'earlier';

/** The error of each line; null: none. */
export const lineProblems = ({ lines }: RuleDraft): (LineProblem | null)[] =>
  lines.map((text, i) => {
    const [seconds, before] = [secondsIn(text), secondsIn(lines[i - 1] ?? '0')];
    if (seconds === null) return 'no_seconds';
    return before !== null && seconds < before ? 'earlier' : null;
  });

/** The draft with one more line; the same draft at the maximum. */
export function withLine(draft: RuleDraft): RuleDraft {
  if (draft.lines.length >= MAX_LINE - 1) return draft;
  const seconds = Math.min(LONGEST_SECONDS, (secondsIn(draft.lines.at(-1) ?? '0') ?? 0) + USUAL_SECONDS);
  return { ...draft, lines: [...draft.lines, String(seconds)] };
}

/** The fields in which the draft differs from the rule; null: some field is not valid. */
export function patchOf(rule: Omit<Rule, 'line_of'>, draft: RuleDraft): RulePatch | null {
  if (lineProblems(draft).some((problem) => problem !== null)) return null;
  const lines = draft.lines.map(Number);
  return {
    ...(draft.strategy !== rule.strategy && { strategy: draft.strategy }),
    ...(lines.join() !== rule.lines.join() && { lines }),
    ...(draft.open_early !== rule.open_early && { open_early: draft.open_early }),
  };
}

/** How many of these operators are on each line, from line 1 to the last one that has operators or that the draft opens. */
export function peopleOnLines(operator_ids: readonly number[], line_of: Rule['line_of'], { lines }: RuleDraft): number[] {
  const counts: number[] = Array.from({ length: lines.length + 1 }, () => 0);
  for (const id of operator_ids) {
    const line = line_of[id] ?? 1;
    while (counts.length < line) counts.push(0);
    counts[line - 1] = (counts[line - 1] ?? 0) + 1;
  }
  return counts;
}
