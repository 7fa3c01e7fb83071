import { create } from 'zustand';
import type { Failure } from '#link/attempt.ts';
import { onLinkUp } from '#link/connection.ts';
import { fetchPeople } from '#link/people.ts';
import type { Person } from '#shared/contract/people.ts';

/** Polling interval: people are not on the board. */
const ASKED_EVERY_MS = 15_000;

interface PeopleState {
  /** null until loaded */
  readonly people: readonly Person[] | null;
  readonly failure: Failure | null;
}

export const usePeople = create<PeopleState>(() => ({ people: null, failure: null }));

export async function loadPeople(): Promise<void> {
  const outcome = await fetchPeople();
  usePeople.setState(outcome.ok ? { people: outcome.value, failure: null } : { failure: outcome.problem });
}

/** Loads, and reloads at intervals, until the returned function is called. */
export function followPeople(): () => void {
  void loadPeople();
  const stop = onLinkUp(() => void loadPeople());
  const timer = setInterval(() => document.hidden || void loadPeople(), ASKED_EVERY_MS);
  return () => {
    clearInterval(timer);
    stop();
  };
}
