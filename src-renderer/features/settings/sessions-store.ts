import { create } from 'zustand';
import type { Session } from '#shared/contract/entities.ts';
import type { Failure } from '../../link/attempt.ts';
import { onLinkUp } from '../../link/connection.ts';
import { fetchSessions } from '../../link/sessions.ts';

/** Nothing tells that a browser has come or gone. */
const ASKED_EVERY_MS = 15_000;

interface SessionsState {
  /** null until they have come */
  readonly sessions: readonly Session[] | null;
  readonly failure: Failure | null;
}

export const useSessions = create<SessionsState>(() => ({ sessions: null, failure: null }));

export async function loadSessions(): Promise<void> {
  const outcome = await fetchSessions();
  useSessions.setState(outcome.ok ? { sessions: outcome.value, failure: null } : { failure: outcome.problem });
}

/** Loads, and loads again now and then, until the returned function is called. */
export function followSessions(): () => void {
  void loadSessions();
  const stop = onLinkUp(() => void loadSessions());
  const timer = setInterval(() => document.hidden || void loadSessions(), ASKED_EVERY_MS);
  return () => {
    clearInterval(timer);
    stop();
  };
}
