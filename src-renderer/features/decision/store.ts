/** State of the open decision card: a contact, its decisions and its actions. */
import { createStore, type StoreApi } from 'zustand/vanilla';
import { attempt, type Failure, type Outcome } from '#link/attempt.ts';
import { boardStore } from '#link/board.ts';
import { client } from '#link/client.ts';
import { onLinkUp } from '#link/connection.ts';
import { moveContacts } from '#link/move-contacts.ts';
import type { Contact, ContactMessage, DecisionAnswer } from '#shared/contract/entities.ts';

interface CardState {
  readonly contact: Contact | null;
  readonly answer: DecisionAnswer | null;
  /** messages that were added to the contact, oldest first: as many of them as have been asked for */
  readonly messages: readonly ContactMessage[];
  readonly failure: Failure | null;
  readonly busy: boolean;
  /** the latest move made from this card, while it can be undone */
  readonly moved: { readonly before: number | null; readonly now: number | null } | null;
}

export interface Card {
  readonly store: StoreApi<CardState>;
  /** Loads, and reloads after each decision about the contact, until the returned function is called. */
  readonly open: () => () => void;
  readonly readMoreMessages: () => Promise<void>;
  readonly close: () => Promise<Outcome<Contact>>;
  /** Accepts or declines it for the operator who has it on this card. */
  readonly accept: () => Promise<Outcome<Contact>>;
  readonly decline: (reason: string) => Promise<Outcome<Contact>>;
  /** Opens it again after a rule closed it. */
  readonly reopen: () => Promise<Outcome<Contact>>;
  readonly move: (operator_id: number | null) => Promise<Outcome<Contact>>;
  /** Undoes the latest move, unless somebody else has moved the contact since. */
  readonly takeBack: () => Promise<Outcome<unknown>>;
}

/** Minimum interval between reloads while events that may concern it arrive. */
const AGAIN_MS = 2_000;

const latestDecision = (contact_id: number): number | undefined => boardStore.getState().board?.recent.find((item) => item.contact_id === contact_id)?.id;

/** State and actions of the card of one contact's decision. */
export function createCard(contact_id: number): Card {
  const store = createStore<CardState>(() => ({ contact: null, answer: null, messages: [], failure: null, busy: false, moved: null }));

  async function load(): Promise<void> {
    const [contact, answer] = await Promise.all([
      attempt((signal) => client.contact.query({ id: contact_id }, { signal })),
      attempt((signal) => client.decision.query({ contact_id }, { signal })),
    ]);
    if (contact.ok && answer.ok) store.setState({ contact: contact.value, answer: answer.value, failure: null });
    else store.setState({ failure: contact.ok ? (answer.ok ? null : answer.problem) : contact.problem });
    if (contact.ok && contact.value.messages > 0) await readMessages(Math.max(1, store.getState().messages.length));
  }

  /** Reads the messages from the first on, until there are at least so many or no more. */
  async function readMessages(least: number): Promise<void> {
    const read: ContactMessage[] = [];
    for (let cursor: string | undefined; read.length < least; ) {
      const page = await attempt((signal) => client.contactMessages.query({ contact_id, cursor }, { signal }));
      if (!page.ok) return store.setState({ failure: page.problem });
      read.push(...page.value.items);
      if (page.value.next_cursor === null) break;
      cursor = page.value.next_cursor;
    }
    store.setState({ messages: read });
  }

  async function act<T>(call: () => Promise<Outcome<T>>): Promise<Outcome<T>> {
    store.setState({ busy: true });
    const outcome = await call();
    await load();
    store.setState({ busy: false });
    return outcome;
  }

  const holder = () => {
    const operator_id = store.getState().contact?.operator_id ?? undefined;
    return operator_id === undefined ? {} : { operator_id };
  };

  async function move(operator_id: number | null): Promise<Outcome<Contact>> {
    const before = store.getState().contact?.operator_id ?? null;
    const outcome = await attempt<Contact>((signal) => client.reassignContact.mutate({ id: contact_id, operator_id }, { signal }));
    if (outcome.ok) {
      const now = outcome.value.operator_id;
      store.setState({ moved: before === now ? null : { before, now } });
    }
    return outcome;
  }

  async function takeBack(): Promise<Outcome<unknown>> {
    const { moved } = store.getState();
    if (!moved) return { ok: true, value: null };
    const outcome = await moveContacts([{ contact_id, operator_id: moved.before, if_at: moved.now }]);
    if (!outcome.ok) return outcome;
    store.setState({ moved: null });
    const stayed = outcome.value.find((one) => !one.ok);
    return stayed ? { ok: false, problem: stayed.problem } : outcome;
  }

  return {
    store,
    open: () => {
      void load();
      let seen = latestDecision(contact_id);
      let timer: ReturnType<typeof setTimeout> | undefined;
      const stop = boardStore.subscribe(({ board }, before) => {
        const latest = latestDecision(contact_id);
        if (latest !== undefined && latest !== seen) {
          seen = latest;
          void load();
        } else if (timer === undefined && board?.revision !== before.board?.revision) {
          // it may have been closed, or its lead renamed or merged: events do not name the contact
          timer = setTimeout(() => {
            timer = undefined;
            void load();
          }, AGAIN_MS);
        }
      });
      const stopWaiting = onLinkUp(() => void load());
      return () => {
        clearTimeout(timer);
        stop();
        stopWaiting();
      };
    },
    readMoreMessages: () => readMessages(store.getState().messages.length + 1),
    close: () => act(() => attempt<Contact>((signal) => client.closeContact.mutate({ id: contact_id }, { signal }))),
    accept: () => act(() => attempt<Contact>((signal) => client.acceptContact.mutate({ id: contact_id, ...holder() }, { signal }))),
    decline: (reason) => act(() => attempt<Contact>((signal) => client.declineContact.mutate({ id: contact_id, ...holder(), reason }, { signal }))),
    reopen: () => act(() => attempt<Contact>((signal) => client.reopenContact.mutate({ id: contact_id }, { signal }))),
    move: (operator_id) => act(() => move(operator_id)),
    takeBack: () => act(takeBack),
  };
}
