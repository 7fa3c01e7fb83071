/** The answer to a question, asked again when the question changes or the reader says so. */
import { useEffect, useState } from 'react';
import { useStore } from 'zustand';
import { createStore } from 'zustand/vanilla';
import type { Report, ReportQuery } from '#shared/contract/reports.ts';
import { ask, type Failure, type Outcome } from '../../link/attempt.ts';
import { client } from '../../link/client.ts';
import { onLinkUp } from '../../link/connection.ts';

/** The first question after a start reads all of the history. */
const ANSWER_WITHIN_MS = 5 * 60_000;
const CANCEL_AFTER_MS = 3_000;

interface State {
  /** the last one that came, also while the next is under way */
  readonly report: Report | null;
  readonly state: 'asking' | 'there' | 'failed' | 'stopped';
  readonly failure: Failure | null;
  /** long enough under way to be called off */
  readonly is_long: boolean;
}

export interface Answer extends State {
  readonly stop: () => void;
  readonly again: () => void;
}

export function fetchReport(query: ReportQuery, page: { limit?: number; cursor?: string }, own: AbortSignal): Promise<Outcome<Report>> {
  return ask((signal) => client.report.query({ query, page }, { signal: AbortSignal.any([signal, own]) }), ANSWER_WITHIN_MS);
}

/** One question at a time: the next calls off the one before. */
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

/** @param query the same object as long as it asks the same; null asks nothing */
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
