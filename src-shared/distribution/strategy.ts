import type { Candidate } from './table.ts';

/** What a strategy may read besides the table. */
export interface Memory {
  /** the candidate's credit with this source, see even.ts; 0: none yet */
  credit(operator_id: number): number;
  /** id of the decision that last gave the operator a contact, of any source; 0: none yet */
  latestDecision(operator_id: number): number;
}

/** Orders the eligible candidates: those with the smallest key come first, and among several of them a draw by weight decides. */
export interface Strategy {
  /** ends the sentence `NAME …` of the API's documentation: who gets a contact */
  readonly summary: string;
  /**
   * Whole number of at most 2^53, the same for every contact: it depends on neither line, cost nor bar of the candidate.
   * null: all come first together, and even a single one is drawn.
   */
  readonly key: ((candidate: Candidate, memory: Memory) => number) | null;
  /** What its keys depend on besides the table; absent: nothing. `credit`: its keys are the negative credits, which every decision changes as even.ts says. */
  readonly reads?: keyof Memory;
  /** What a reader is told of a candidate: the number of contacts or the share by which its key differs from others; absent: nothing that would mean something. */
  readonly compares?: { readonly as: 'number' | 'share'; readonly of: (candidate: Pick<Candidate, 'load' | 'max_load' | 'key'>) => number };
  /** Each decision entitles a candidate to the share of its weight, whatever its key: the keys ensure that it gets that share. */
  readonly entitlesByWeight?: true;
}
