import { create } from 'zustand';
import type { Failure } from '#link/attempt.ts';
import { onLinkUp } from '#link/connection.ts';
import { fetchSessions } from '#link/sessions.ts';
import type { Session } from '#shared/contract/entities.ts';

/** Polling interval: the host does not announce sessions. */
const ASKED_EVERY_MS = 15_000;

interface SessionsState {
  /** null until loaded */
  readonly sessions: readonly Session[] | null;
  readonly failure: Failure | null;
}

export const useSessions = create<SessionsState>(() => ({ sessions: null, failure: null }));

/** Loads the list of sessions. */
export async function loadSessions(): Promise<void> {
  const outcome = await fetchSessions();
  useSessions.setState(outcome.ok ? { sessions: outcome.value, failure: null } : { failure: outcome.problem });
}

/** Loads, and reloads at intervals, until the returned function is called. */
export function followSessions(): () => void {
  void loadSessions();
  const stop = onLinkUp(() => void loadSessions());
  const timer = setInterval(() => document.hidden || void loadSessions(), ASKED_EVERY_MS);
  return () => {
    clearInterval(timer);
    stop();
  };
}
