/**
 * What an operator has done and the host has not confirmed yet. Everything in it may be sent twice, so it is kept, also over a reload, until the host has
 * answered.
 */
import { create } from 'zustand';
import type { ChosenReason } from '#shared/contract/entities.ts';
import type { Result } from '#shared/contract/problems.ts';
import { attempt, type Failure, type Outcome } from './attempt.ts';
import { client } from './client.ts';
import { onLinkUp, useConnection } from './connection.ts';
import { currentSession } from './session.ts';

/** What can be done about a contact. */
export type ContactDeed =
  | { readonly kind: 'accept'; readonly contact_id: number }
  | { readonly kind: 'decline'; readonly contact_id: number; readonly reason?: string }
  | { readonly kind: 'close'; readonly contact_id: number; readonly outcome?: string; readonly note?: string };

export type Deed = ContactDeed | { readonly kind: 'pause'; readonly reason: ChosenReason } | { readonly kind: 'resume' };

export interface Unsent<D = Deed> {
  /** counts up */
  readonly nth: number;
  readonly deed: D;
}

interface Refused extends Unsent {
  readonly problem: Failure;
}

interface Outbox {
  /** oldest first; they are sent in this order */
  readonly unsent: readonly Unsent[];
  readonly refused: readonly Refused[];
}

/** Each session has its own: another person who signs in here does not send it. */
const keyOf = (session: number): string => `switchyard.outbox.${session}`;
const AGAIN_MS = 3_000;

/** Failures after which the host may or may not have done it, or could not: it is sent again. */
const passing: ReadonlySet<Failure['code']> = new Set(['link_down', 'link_lost', 'overloaded', 'outcome_unknown', 'host_failed']);

function kept(): Unsent[] {
  const session = currentSession();
  if (!session) return [];
  try {
    return JSON.parse(localStorage.getItem(keyOf(session.id)) ?? '[]') as Unsent[]; // `keep` wrote it
  } catch {
    return [];
  }
}

function keep(unsent: readonly Unsent[]): void {
  const session = currentSession();
  if (!session) return;
  try {
    if (unsent.length === 0) localStorage.removeItem(keyOf(session.id));
    else localStorage.setItem(keyOf(session.id), JSON.stringify(unsent));
  } catch {
    // then it is lost with the page
  }
}

export const useOutbox = create<Outbox>(() => ({ unsent: kept(), refused: [] }));

const isAbout = (entry: Unsent, contact_id: number): entry is Unsent<ContactDeed> => 'contact_id' in entry.deed && entry.deed.contact_id === contact_id;

/** What is unsent about a contact. */
export const useUnsentOf = (contact_id: number): Unsent<ContactDeed> | undefined =>
  useOutbox((state) => state.unsent.find((entry) => isAbout(entry, contact_id)));

let lastNth = useOutbox.getState().unsent.at(-1)?.nth ?? 0;
let isSending = false;

function setUnsent(change: (unsent: readonly Unsent[]) => readonly Unsent[]): void {
  useOutbox.setState(({ unsent }) => ({ unsent: change(unsent) }));
  keep(useOutbox.getState().unsent);
}

const send = (deed: Deed, signal: AbortSignal): Promise<Result<unknown>> => {
  switch (deed.kind) {
    case 'accept':
      return client.acceptContact.mutate({ id: deed.contact_id }, { signal });
    case 'decline':
      return client.declineContact.mutate({ id: deed.contact_id, reason: deed.reason }, { signal });
    case 'close':
      return client.closeContact.mutate({ id: deed.contact_id, outcome: deed.outcome, note: deed.note }, { signal });
    case 'pause':
      return client.pause.mutate({ reason: deed.reason }, { signal });
    case 'resume':
      return client.resume.mutate(undefined, { signal });
  }
};

/** Sends what is unsent, in order, until the link fails. */
async function sendAll(): Promise<void> {
  if (isSending) return;
  isSending = true;
  try {
    for (;;) {
      const [first] = useOutbox.getState().unsent;
      if (!first || !useConnection.getState().is_up) return;
      const outcome: Outcome<unknown> = await attempt((signal) => send(first.deed, signal));
      if (!outcome.ok && passing.has(outcome.problem.code)) {
        setTimeout(() => void sendAll(), AGAIN_MS);
        return;
      }
      setUnsent((unsent) => unsent.filter(({ nth }) => nth !== first.nth));
      if (!outcome.ok) useOutbox.setState(({ refused }) => ({ refused: [...refused, { ...first, problem: outcome.problem }] }));
    }
  } finally {
    isSending = false;
  }
}

/** Does something as soon as the host can be reached. */
export function act(deed: Deed): void {
  lastNth += 1;
  const entry = { nth: lastNth, deed };
  setUnsent((unsent) => [...unsent, entry]);
  void sendAll();
}

/** Withdraws what has not been sent yet. */
export const withdraw = (nth: number): void => setUnsent((unsent) => unsent.filter((one) => one.nth !== nth));

/** Forgets a refusal that has been read. */
export const dismiss = (nth: number): void => useOutbox.setState(({ refused }) => ({ refused: refused.filter((one) => one.nth !== nth) }));

/** Sends what an earlier page left, and what could not be sent, whenever the link is up. */
export function startOutbox(): void {
  onLinkUp(() => void sendAll());
  void sendAll();
}
