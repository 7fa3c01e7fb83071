/** Which operators the list shows. Pure. */

import { matching } from '#kit/fields/match.ts';
import { isFull, operatorWords } from '#link/derive.ts';
import type { Board, BoardOperator } from '#shared/board.ts';

export const operatorStates = ['all', 'active', 'away', 'full', 'no_sources'] as const;
export type OperatorState = (typeof operatorStates)[number];

/** The state named in an address; all operators without a valid one. */
export const stateIn = (text: string | null): OperatorState => operatorStates.find((state) => state === text) ?? 'all';

/** Operators with a weight for a source in use. */
export function weighedIn({ weights, sources }: Pick<Board, 'weights' | 'sources'>): Set<number> {
  const ids = new Set<number>();
  for (const key in weights) if (sources[Number(key)]?.is_archived === false) for (const operator in weights[Number(key)]) ids.add(Number(operator));
  return ids;
}

interface Asked {
  /** all operators, in display order */
  readonly ids: readonly number[];
  readonly weighed: ReadonlySet<number>;
  readonly state: OperatorState;
  readonly text: string;
}

/** Counts by state, and the operators of one state whose names or tags match, in the given order. */
export function shownOf(operators: Board['operators'], { ids, weighed, state, text }: Asked) {
  const is: Readonly<Record<OperatorState, (operator: BoardOperator) => boolean>> = {
    all: () => true,
    active: ({ is_active }) => is_active,
    away: ({ is_active }) => !is_active,
    full: (operator) => operator.is_active && isFull(operator),
    no_sources: ({ id }) => !weighed.has(id),
  };
  const everyone = ids.flatMap((id) => operators[id] ?? []);
  const counts = Object.fromEntries(operatorStates.map((one) => [one, everyone.filter(is[one]).length])) as Record<OperatorState, number>; // of all of them
  const shown = matching(everyone.filter(is[state]), text, operatorWords).map(({ id }) => id);
  return { counts, shown };
}
