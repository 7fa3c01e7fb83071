/** Progress of moves or closes that take several steps, with a way to stop before the next. */
import { create } from 'zustand';
import { hostNow } from '#link/host-clock.ts';
import type { Watch } from '#link/move-contacts.ts';
import { MOST_AT_ONCE } from '#shared/contract/contacts.ts';

interface UnderWay {
  readonly done: number;
  readonly of: number;
  readonly since: number;
  readonly stop: () => void;
}

/** null: nothing under way, or a single step */
export const useUnderWay = create<{ now: UnderWay | null }>(() => ({ now: null }));

/** Runs an operation, showing progress when it takes more than one step. */
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
