import type { StrategyName } from './strategies.ts';

/** How the contacts of a source are distributed. */
export interface Rule {
  readonly strategy: StrategyName;
  /** seconds of waiting after which line 2, 3, 4, 5 opens, never falling; a line without a number of its own opens with the one before it */
  readonly lines: readonly number[];
  /** whether a line opens at once while nobody of the earlier lines is active */
  readonly open_early: boolean;
  /** the line of a competence by operator id; absent: 1 */
  readonly line_of: Readonly<Record<number, number>>;
}

export const defaultRule: Rule = { strategy: 'weighted', lines: [], open_early: true, line_of: {} };

/** Seconds of waiting after which a line opens. */
export function opensAfter({ lines }: Pick<Rule, 'lines'>, line: number): number {
  return line === 1 ? 0 : (lines[Math.min(line - 2, lines.length - 1)] ?? 0);
}
