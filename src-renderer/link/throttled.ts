/** A throttled view of a store. */
import { createStore, type StoreApi } from 'zustand/vanilla';

/**
 * Follows `source` with a pause after each state; of states that arrive during a pause only the last is taken.
 * @param waitMs called after each state; 0: no pause
 */
export function throttled<T>(source: StoreApi<T>, waitMs: () => number): StoreApi<T> {
  const store = createStore<T>(source.getState);
  let isWaiting = false;
  let isBehind = false;
  const take = () => {
    isBehind = false;
    store.setState(source.getState(), true);
    const ms = waitMs();
    if (ms === 0) return;
    isWaiting = true;
    setTimeout(() => {
      isWaiting = false;
      if (isBehind) take();
    }, ms);
  };
  source.subscribe(() => {
    if (isWaiting) isBehind = true;
    else take();
  });
  return store;
}
