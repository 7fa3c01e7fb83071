/** Suggested merges awaiting a decision: all of them, or those that name one lead. */
import { createStore, type StoreApi } from 'zustand/vanilla';
import { attempt, type Outcome } from '#link/attempt.ts';
import { boardStore } from '#link/board.ts';
import { client } from '#link/client.ts';
import { onLinkUp } from '#link/connection.ts';
import type { Merge } from '#shared/contract/entities.ts';
import type { SuggestedMerge } from '#shared/contract/suggested-merges.ts';

interface SuggestedState {
  readonly items: readonly SuggestedMerge[];
  readonly busy_id: number | null;
}

export interface Suggested {
  readonly store: StoreApi<SuggestedState>;
  /** Loads, and reloads while there are any and when their number changes, until the returned function is called. */
  readonly open: () => () => void;
  readonly accept: (id: number) => Promise<Outcome<Merge>>;
  readonly dismiss: (id: number) => Promise<Outcome<SuggestedMerge>>;
  readonly undo: (merge_id: number) => Promise<Outcome<Merge>>;
}

/** How many are shown; deciding on one brings up the next. */
const SHOWN = 50;
/** Minimum interval between reloads while other events arrive: their leads may be merged or renamed. */
const AGAIN_MS = 2_000;

/** @param lead_id the lead to list them for; all when omitted */
export function createSuggested(lead_id?: number): Suggested {
  const store = createStore<SuggestedState>(() => ({ items: [], busy_id: null }));
  const query = { limit: SHOWN, ...(lead_id !== undefined && { lead_id }) };

  async function load(): Promise<void> {
    const outcome = await attempt((signal) => client.suggestedMerges.query(query, { signal }));
    if (outcome.ok) store.setState({ items: outcome.value.items });
  }

  async function settle<T>(id: number | null, call: () => Promise<Outcome<T>>): Promise<Outcome<T>> {
    store.setState({ busy_id: id });
    const outcome = await call();
    await load();
    store.setState({ busy_id: null });
    return outcome;
  }

  return {
    store,
    open: () => {
      void load();
      let timer: ReturnType<typeof setTimeout> | undefined;
      const stop = boardStore.subscribe(({ board }, before) => {
        if (board?.suggested_merges !== before.board?.suggested_merges) void load();
        else if (timer === undefined && store.getState().items.length > 0 && board?.revision !== before.board?.revision)
          timer = setTimeout(() => {
            timer = undefined;
            void load();
          }, AGAIN_MS);
      });
      const stopWaiting = onLinkUp(() => void load());
      return () => {
        clearTimeout(timer);
        stop();
        stopWaiting();
      };
    },
    accept: (id) => settle(id, () => attempt((signal) => client.acceptSuggestedMerge.mutate({ id }, { signal }))),
    dismiss: (id) => settle(id, () => attempt((signal) => client.dismissSuggestedMerge.mutate({ id }, { signal }))),
    undo: (merge_id) => settle(null, () => attempt((signal) => client.undoMerge.mutate({ id: merge_id }, { signal }))),
  };
}
