/** The first steps of an empty workspace: an operator, a source with a weight, a contact. */
import { create } from 'zustand';
import { attempt, type Outcome } from '#link/attempt.ts';
import { useBoard } from '#link/board.ts';
import { client } from '#link/client.ts';
import { fetchInfo } from '#link/info.ts';
import type { Board } from '#shared/board.ts';
import { MAX_WEIGHT } from '#shared/distribution/table.ts';

export type Step = 'operator' | 'source' | 'contact' | 'done';

interface Welcome {
  /** the first steps are open and were not left */
  readonly under_way: boolean;
  readonly api_key: string | null;
}

const FIRST_WEIGHT = MAX_WEIGHT / 10;

export const useWelcome = create<Welcome>(() => ({ under_way: false, api_key: null }));

const some = (all: Readonly<Record<number, { readonly is_archived: boolean }>>) => Object.values(all).some((item) => !item.is_archived);

/** The next step, by what exists already. */
export function stepOf(board: Board, api_key: string | null): Step {
  if (board.recent.length > 0) return 'done';
  if (!some(board.operators)) return 'operator';
  return some(board.sources) && api_key !== null ? 'contact' : 'source';
}

/** Whether the first steps replace the live screen: nothing is set up yet, or they are under way. */
export function useWelcomed(): boolean {
  const under_way = useWelcome((state) => state.under_way);
  const untouched = useBoard((board) => !some(board.operators) && !some(board.sources));
  return under_way || untouched;
}

/** Ends the first steps and forgets the key. */
export const leaveWelcome = (): void => useWelcome.setState({ under_way: false, api_key: null });

/** Starts the demo on the host and fetches its state. */
export async function startDemo(): Promise<Outcome<null>> {
  const outcome = await attempt((signal) => client.startDemo.mutate(undefined, { signal }));
  if (outcome.ok) await fetchInfo();
  return outcome;
}

export async function addFirstOperator(name: string): Promise<Outcome<unknown>> {
  useWelcome.setState({ under_way: true });
  return attempt((signal) => client.createOperator.mutate({ name, is_active: true }, { signal }));
}

/** Adds the source, with a weight for every operator: without one its contacts would be refused. */
export async function addFirstSource(name: string, operator_ids: readonly number[]): Promise<Outcome<unknown>> {
  const created = await attempt((signal) => client.createSource.mutate({ name, external_ids: 'own' }, { signal }));
  if (!created.ok) return created;
  const competences = operator_ids.map((operator_id) => ({ operator_id, weight: FIRST_WEIGHT }));
  const weighed = await attempt((signal) => client.replaceCompetences.mutate({ source_id: created.value.id, competences }, { signal }));
  useWelcome.setState({ api_key: created.value.api_key });
  return weighed;
}
