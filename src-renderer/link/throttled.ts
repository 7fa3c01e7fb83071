/** A throttled view of a store. */
import { createStore, type StoreApi } from 'zustand/vanilla';

/**
 * Follows `source` with a pause after each state; of states that arrive during a pause only the last is taken.
 * @param waitMs called after each state; 0: no pause
 * @param isAway while this is so, what arrived during a pause is not taken; a pause later it is looked at again
 */
export function throttled<T>(source: StoreApi<T>, waitMs: () => number, isAway: () => boolean = () => false): StoreApi<T> {
  const store = createStore<T>(source.getState);
  let isWaiting = false;
  let isBehind = false;
  const pause = (ms: number) => {
    isWaiting = true;
    setTimeout(() => {
      if (isBehind && isAway()) return pause(ms);
      isWaiting = false;
      if (isBehind) take();
    }, ms);
  };
  const take = () => {
    isBehind = false;
    store.setState(source.getState(), true);
    const ms = waitMs();
    if (ms > 0) pause(ms);
  };
  source.subscribe(() => {
    if (isWaiting) isBehind = true;
    else take();
  });
  return store;
}
