/** Loads the contacts of a list page by page while scrolling. */
import { useEffect, useState } from 'react';
import { useStore } from 'zustand';
import { createStore } from 'zustand/vanilla';
import type { Failure } from '#link/attempt.ts';
import type { Cell, Report, ReportQuery } from '#shared/contract/reports.ts';
import { fetchReport } from './useReport.ts';

const PAGE_SIZE = 200;
const LARGEST_PAGE = 500;
/** Maximum of rows on paper; longer lists are for a spreadsheet. */
export const MOST_PRINTED = 2000;

interface Pages {
  /** columns and figures of the list; its rows are those of the first page */
  readonly first: Report | null;
  readonly rows: readonly (readonly Cell[])[];
  /** null: no more pages, or none loaded yet */
  readonly cursor: string | null;
  readonly failure: Failure | null;
}

const nothing: Pages = { first: null, rows: [], cursor: null, failure: null };

function createPages(query: ReportQuery) {
  const store = createStore<Pages>(() => nothing);
  let asking: AbortController | null = null;
  /** Fetches the first or next page; does nothing while one is under way. */
  const more = async (limit = PAGE_SIZE) => {
    const { first, cursor } = store.getState();
    if (asking || (first && cursor === null)) return;
    const mine = new AbortController();
    asking = mine;
    store.setState({ failure: null });
    const outcome = await fetchReport(query, { limit, ...(cursor !== null && { cursor }) }, mine.signal);
    if (mine.signal.aborted) return;
    asking = null;
    if (!outcome.ok) store.setState({ failure: outcome.problem });
    else {
      const { table, next_cursor } = outcome.value;
      store.setState(({ rows }) => ({ first: first ?? outcome.value, rows: [...rows, ...table.rows], cursor: next_cursor }));
    }
  };
  /** Fetches all that fits on paper. @returns false when a page failed */
  const all = async (): Promise<boolean> => {
    for (;;) {
      const { first, rows, cursor, failure } = store.getState();
      if (failure) return false;
      if (first && (cursor === null || rows.length >= MOST_PRINTED)) return true;
      if (asking) await new Promise((resolve) => setTimeout(resolve, 20));
      else await more(LARGEST_PAGE);
    }
  };
  const stop = () => {
    asking?.abort();
    asking = null;
  };
  return { store, more, all, stop };
}

/** @param query constant for the life of the component */
export function useContactPages(query: ReportQuery): Pages & { readonly more: () => Promise<void>; readonly all: () => Promise<boolean> } {
  const [pages] = useState(() => createPages(query));
  const state = useStore(pages.store);
  useEffect(() => {
    void pages.more();
    return pages.stop;
  }, [pages]);
  return { ...state, more: pages.more, all: pages.all };
}
