/** State of the open lead card: the lead, its contacts and its merges. */
import { createStore, type StoreApi } from 'zustand/vanilla';
import { attempt, type Failure, type Outcome } from '#link/attempt.ts';
import { boardStore } from '#link/board.ts';
import { client } from '#link/client.ts';
import { onLinkUp } from '#link/connection.ts';
import type { IdentifierDetail, Lead, LeadDetail, Merge } from '#shared/contract/entities.ts';
import type { LeadErasure } from '#shared/contract/personal-data.ts';

interface LeadCardState {
  readonly lead: LeadDetail | null;
  readonly failure: Failure | null;
  readonly busy: boolean;
}

export interface Card {
  readonly store: StoreApi<LeadCardState>;
  /** Loads, and reloads after events at the desk, until the returned function is called. */
  readonly open: () => () => void;
  /** @param operator_id null: to nobody */
  readonly pin: (operator_id: number | null) => Promise<Outcome<Lead>>;
  readonly undoMerge: (merge_id: number) => Promise<Outcome<Merge>>;
  readonly identifier: (identifier_id: number) => Promise<Outcome<IdentifierDetail>>;
  readonly share: (identifier_id: number) => Promise<Outcome<IdentifierDetail>>;
  readonly unshare: (identifier_id: number) => Promise<Outcome<IdentifierDetail>>;
  readonly exported: () => Promise<Outcome<unknown>>;
  readonly erase: () => Promise<Outcome<LeadErasure>>;
}

/** Minimum interval between reloads while events arrive. */
const AGAIN_MS = 2_000;

/** State and actions of the card of one lead. */
export function createCard(id: number): Card {
  const store = createStore<LeadCardState>(() => ({ lead: null, failure: null, busy: false }));

  async function load(): Promise<void> {
    const outcome = await attempt((signal) => client.lead.query({ id }, { signal }));
    store.setState(outcome.ok ? { lead: outcome.value, failure: null } : { failure: outcome.problem });
  }

  async function act<T>(call: () => Promise<Outcome<T>>): Promise<Outcome<T>> {
    store.setState({ busy: true });
    const outcome = await call();
    await load();
    store.setState({ busy: false });
    return outcome;
  }

  return {
    store,
    open: () => {
      void load();
      let timer: ReturnType<typeof setTimeout> | undefined;
      const stop = boardStore.subscribe(({ board }, before) => {
        if (timer !== undefined || board?.revision === before.board?.revision) return;
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
    pin: (operator_id) => act(() => attempt((signal) => client.updateLead.mutate({ id, patch: { pinned_operator_id: operator_id } }, { signal }))),
    undoMerge: (merge_id) => act(() => attempt((signal) => client.undoMerge.mutate({ id: merge_id }, { signal }))),
    identifier: (identifier_id) => attempt((signal) => client.identifier.query({ id: identifier_id }, { signal })),
    share: (identifier_id) => act(() => attempt((signal) => client.shareIdentifier.mutate({ id: identifier_id }, { signal }))),
    unshare: (identifier_id) => act(() => attempt((signal) => client.unshareIdentifier.mutate({ id: identifier_id }, { signal }))),
    exported: () => attempt((signal) => client.exportLead.query({ id }, { signal })),
    erase: () => act(() => attempt((signal) => client.eraseLead.mutate({ id }, { signal }))),
  };
}
