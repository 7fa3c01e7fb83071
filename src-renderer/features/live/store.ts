import { create } from 'zustand';
import { attempt, type Outcome } from '#link/attempt.ts';
import { untilShown } from '#link/board.ts';
import { client } from '#link/client.ts';
import { omit } from './omit.ts';

interface Activity {
  /** pending switches: the target of each */
  readonly going: Readonly<Record<number, boolean>>;
}

export const useActivity = create<Activity>(() => ({ going: {} }));

/** Puts an operator on or off line. The switch shows it at once and reverts when the host refuses. */
export async function setActive(operator_id: number, is_active: boolean): Promise<Outcome<unknown>> {
  useActivity.setState(({ going }) => ({ going: { ...going, [operator_id]: is_active } }));
  const outcome = await attempt((signal) => client.updateOperator.mutate({ id: operator_id, patch: { is_active } }, { signal }));
  await untilShown(outcome);
  useActivity.setState(({ going }) => ({ going: omit(going, operator_id) }));
  return outcome;
}
