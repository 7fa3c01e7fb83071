/** A store that is read more slowly than it is written. */
import { createStore, type StoreApi } from 'zustand/vanilla';

/**
 * Follows `source`, and after each state that it took waits before it takes the next: what comes meanwhile is left out but for the last.
 * @param waitMs asked after each state; 0: the next is taken as it comes
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
