/** A long list: fetched page by page while scrolling, and kept up to date where it is in view. */
import { createStore, type StoreApi } from 'zustand/vanilla';
import type { Listed } from '#shared/contract/lists.ts';
import type { Failure, Outcome } from './attempt.ts';

const PAGE_SIZE = 100;

export interface ListState<T> {
  readonly items: readonly T[];
  /** total, counted up to a limit; null: not known yet */
  readonly total: number | null;
  readonly has_more: boolean;
  /** the items are from an earlier query, or none: the answer is under way */
  readonly is_loading: boolean;
  /** progress of the index that the query needs, 0 … 1; null: ready, or not needed */
  readonly indexing: number | null;
  readonly failure: Failure | null;
}

export interface List<Q, T> {
  readonly store: StoreApi<ListState<T>>;
  /** Shows the results of this query; the earlier ones stay until the new ones arrive. */
  readonly query: (query: Q) => void;
  readonly more: () => void;
  /** Reloads the visible rows: this many from `start` on. */
  readonly refresh: (start: number, count: number) => void;
  readonly stop: () => void;
}

/** Delay before retrying while the index is being built. */
const INDEX_AGAIN_MS = 150;
const LIMIT_MAX = 500;

/** Query for the page after the item with this id, or for the first page. */
export type PageOf<Q> = Q & { after: number | null; limit: number };
export type Ask<Q, T> = (query: PageOf<Q>) => Promise<Outcome<Listed<T>>>;

/** A list without rows: call `query` to fill it. */
export function createList<Q extends object, T extends { readonly id: number }>(ask: Ask<Q, T>): List<Q, T> {
  const store = createStore<ListState<T>>(() => ({ items: [], total: null, has_more: false, is_loading: true, indexing: null, failure: null }));
  let current: Q | null = null;
  let asked = 0; // answers to replaced queries are dropped
  let fetching = false;

  async function fetchFrom(start: number, limit: number): Promise<void> {
    if (!current || fetching) return;
    const nth = asked;
    fetching = true;
    const after = start === 0 ? null : (store.getState().items[start - 1]?.id ?? null);
    const outcome = await ask({ ...current, after, limit });
    if (nth !== asked) return; // a newer query has taken over
    fetching = false;
    if (!outcome.ok) {
      store.setState({ failure: outcome.problem, is_loading: false, indexing: null });
      return;
    }
    if ('indexing' in outcome.value) {
      store.setState({ indexing: outcome.value.indexing, failure: null });
      setTimeout(() => {
        if (nth === asked) void fetchFrom(start, limit);
      }, INDEX_AGAIN_MS);
      return;
    }
    const { items, has_more, total } = outcome.value;
    const state = store.getState();
    const before = state.is_loading || start === 0 ? [] : state.items.slice(0, start);
    const last = items.at(-1)?.id;
    const at = state.is_loading || !has_more ? -1 : state.items.findIndex((item) => item.id === last);
    const behind = at === -1 ? [] : state.items.slice(at + 1);
    store.setState({
      items: [...before, ...items, ...behind],
      total: total ?? state.total,
      has_more: behind.length > 0 ? state.has_more : has_more,
      is_loading: false,
      indexing: null,
      failure: null,
    });
  }

  return {
    store,
    query: (query) => {
      asked += 1;
      current = query;
      fetching = false;
      store.setState({ is_loading: true, indexing: null });
      void fetchFrom(0, PAGE_SIZE);
    },
    more: () => {
      const { items, has_more, is_loading } = store.getState();
      if (has_more && !is_loading) void fetchFrom(items.length, PAGE_SIZE);
    },
    refresh: (start, count) => {
      const { is_loading, failure } = store.getState();
      if (is_loading && !failure) return;
      void fetchFrom(start, Math.min(LIMIT_MAX, Math.max(PAGE_SIZE, count)));
    },
    stop: () => {
      asked += 1;
      current = null;
    },
  };
}
