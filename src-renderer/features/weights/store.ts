import { create } from 'zustand';
import { without } from '../../kit/without.ts';
import { attempt, type Outcome } from '../../link/attempt.ts';
import { client } from '../../link/client.ts';
import type { Cell } from './grid.ts';

interface Weights {
  /** the cell under the cursor */
  readonly cursor: Cell | null;
  /** what is being typed there; null while nothing is */
  readonly draft: string | null;
  /** committed, not yet on the board: by `keyOf` */
  readonly pending: Readonly<Record<string, number | null>>;
}

export const keyOf = ({ operator_id, source_id }: Cell): string => `${operator_id}-${source_id}`;

export const useWeights = create<Weights>(() => ({ cursor: null, draft: null, pending: {} }));

export const moveTo = (cursor: Cell): void => useWeights.setState({ cursor, draft: null });
export const leave = (): void => useWeights.setState({ cursor: null, draft: null });
export const type = (draft: string | null): void => useWeights.setState({ draft });

/** null removes the pair. */
export async function setWeight(cell: Cell, weight: number | null): Promise<Outcome<null>> {
  const key = keyOf(cell);
  useWeights.setState(({ pending }) => ({ pending: { ...pending, [key]: weight } }));
  const outcome = await attempt((signal) => client.setCompetence.mutate({ ...cell, weight }, { signal }));
  // The change travels apart from the answer: the board may hear of it a moment later.
  if (outcome.ok) await new Promise((resolve) => setTimeout(resolve, 150));
  useWeights.setState(({ pending }) => ({ pending: without(pending, key) }));
  return outcome;
}
