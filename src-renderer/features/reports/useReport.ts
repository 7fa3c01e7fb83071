/** The result of a report query, fetched again when the query changes or the reader refreshes. */
import { useEffect, useState } from 'react';
import { useStore } from 'zustand';
import { createStore } from 'zustand/vanilla';
import { ask, type Failure, type Outcome } from '#link/attempt.ts';
import { client } from '#link/client.ts';
import { onLinkUp } from '#link/connection.ts';
import type { Report, ReportQuery } from '#shared/contract/reports.ts';

/** Timeout that allows for the first query after a start, which reads the whole history. */
const ANSWER_WITHIN_MS = 5 * 60_000;
const CANCEL_AFTER_MS = 3_000;

interface State {
  /** the latest answer, also while the next is under way */
  readonly report: Report | null;
  readonly state: 'asking' | 'there' | 'failed' | 'stopped';
  readonly failure: Failure | null;
  /** under way long enough to offer cancelling */
  readonly is_long: boolean;
}

export interface Answer extends State {
  readonly stop: () => void;
  readonly again: () => void;
}

/** Asks the host for a page of a report, with a longer deadline than usual. */
export function fetchReport(query: ReportQuery, page: { limit?: number; cursor?: string }, own: AbortSignal): Promise<Outcome<Report>> {
  return ask((signal) => client.report.query({ query, page }, { signal: AbortSignal.any([signal, own]) }), ANSWER_WITHIN_MS);
}

/** One query at a time: the next cancels the previous one. */
function createAsker() {
  const store = createStore<State>(() => ({ report: null, state: 'asking', failure: null, is_long: false }));
  let current = new AbortController();
  const put = async (query: ReportQuery) => {
    current.abort();
    const mine = new AbortController();
    current = mine;
    store.setState({ state: 'asking', failure: null, is_long: false });
    const long = setTimeout(() => {
      if (current === mine) store.setState({ is_long: true });
    }, CANCEL_AFTER_MS);
    const outcome = await fetchReport(query, {}, mine.signal);
    clearTimeout(long);
    if (current !== mine) return;
    if (outcome.ok) store.setState({ report: outcome.value, state: 'there', is_long: false });
    else store.setState(mine.signal.aborted ? { state: 'stopped', is_long: false } : { state: 'failed', failure: outcome.problem, is_long: false });
  };
  const leave = () => {
    const last = current;
    current = new AbortController();
    last.abort();
  };
  return { store, put, leave, stop: () => current.abort() };
}

/** @param query the same object while the query is the same; null: no query */
export function useReport(query: ReportQuery | null): Answer {
  const [asker] = useState(createAsker);
  const state = useStore(asker.store);
  useEffect(() => {
    if (query) void asker.put(query);
    return asker.leave;
  }, [asker, query]);
  useEffect(
    () =>
      onLinkUp(() => {
        if (query && asker.store.getState().state === 'failed') void asker.put(query);
      }),
    [asker, query],
  );
  const again = () => {
    if (query) void asker.put(query);
  };
  return { ...state, stop: asker.stop, again };
}
