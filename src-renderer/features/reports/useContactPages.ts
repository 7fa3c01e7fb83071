/** The contacts of a list, page after page as they are scrolled to. */
import { useEffect, useState } from 'react';
import { useStore } from 'zustand';
import { createStore } from 'zustand/vanilla';
import type { Cell, Report, ReportQuery } from '#shared/contract/reports.ts';
import type { Failure } from '../../link/attempt.ts';
import { fetchReport } from './useReport.ts';

const PAGE_SIZE = 200;

interface Pages {
  /** its columns and figures; its rows are those of the first page */
  readonly first: Report | null;
  readonly rows: readonly (readonly Cell[])[];
  /** null: there are no more, or none have come yet */
  readonly cursor: string | null;
  readonly failure: Failure | null;
}

const nothing: Pages = { first: null, rows: [], cursor: null, failure: null };

function createPages(query: ReportQuery) {
  const store = createStore<Pages>(() => nothing);
  let asking: AbortController | null = null;
  /** The first page, or the next one; nothing while one is under way. */
  const more = async () => {
    const { first, cursor } = store.getState();
    if (asking || (first && cursor === null)) return;
    const mine = new AbortController();
    asking = mine;
    store.setState({ failure: null });
    const outcome = await fetchReport(query, { limit: PAGE_SIZE, ...(cursor !== null && { cursor }) }, mine.signal);
    if (mine.signal.aborted) return;
    asking = null;
    if (!outcome.ok) store.setState({ failure: outcome.problem });
    else {
      const { table, next_cursor } = outcome.value;
      store.setState(({ rows }) => ({ first: first ?? outcome.value, rows: [...rows, ...table.rows], cursor: next_cursor }));
    }
  };
  const stop = () => {
    asking?.abort();
    asking = null;
  };
  return { store, more, stop };
}

/** @param query of the whole life of the component: it is one list */
export function useContactPages(query: ReportQuery): Pages & { readonly more: () => Promise<void> } {
  const [pages] = useState(() => createPages(query));
  const state = useStore(pages.store);
  useEffect(() => {
    void pages.more();
    return pages.stop;
  }, [pages]);
  return { ...state, more: pages.more };
}
