/** Moves or closes of so many contacts that they take several steps: how far they are, and the way to stop before the next. */
import { create } from 'zustand';
import { MOST_AT_ONCE } from '#shared/contract/move-contacts.ts';
import { hostNow } from '../link/host-clock.ts';
import type { Watch } from '../link/move-contacts.ts';

interface UnderWay {
  readonly done: number;
  readonly of: number;
  readonly since: number;
  readonly stop: () => void;
}

/** null: nothing is, or it is a matter of one step */
export const useUnderWay = create<{ now: UnderWay | null }>(() => ({ now: null }));

/** Runs it, watched from the beginning to the end when it takes more than one step. */
export async function watched<T>(count: number, run: (watch?: Watch) => Promise<T>): Promise<T> {
  if (count <= MOST_AT_ONCE) return run();
  const controller = new AbortController();
  const now = { done: 0, of: count, since: hostNow(), stop: () => controller.abort() };
  useUnderWay.setState({ now });
  try {
    return await run({ onStep: (done) => useUnderWay.setState({ now: { ...now, done } }), signal: controller.signal });
  } finally {
    useUnderWay.setState({ now: null });
  }
}
