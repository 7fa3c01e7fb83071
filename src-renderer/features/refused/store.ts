import { create } from 'zustand';
import { ask, attempt, type Failure, type Outcome } from '#link/attempt.ts';
import { boardStore } from '#link/board.ts';
import { client } from '#link/client.ts';
import type { Contact, FoldedRefusals, ListedRefusal, RefusedContact } from '#shared/contract/entities.ts';
import type { MendableFields } from '#shared/contract/refused-contacts.ts';

/** An undefined payload is dropped in transport. */
export type ShownRefusal = Omit<ListedRefusal, 'payload'> & { readonly payload?: unknown };

interface Refused {
  /** null until loaded; newest first */
  readonly items: readonly ShownRefusal[] | null;
  /** of sources with too many */
  readonly folded: readonly FoldedRefusals[];
  readonly next_cursor: string | null;
  readonly failure: Failure | null;
  readonly busy_id: number | null;
}

const PAGE = 100;
/** Minimum interval between reloads while a bot is refused repeatedly. */
const AGAIN_MS = 1_000;

export const useRefused = create<Refused>(() => ({ items: null, folded: [], next_cursor: null, failure: null, busy_id: null }));

async function load(): Promise<void> {
  const [listed, folded] = await Promise.all([
    ask((signal) => client.refusedContacts.query({ limit: PAGE }, { signal })),
    ask((signal) => client.foldedRefusals.query(undefined, { signal })),
  ]);
  if (!listed.ok) useRefused.setState({ failure: listed.problem });
  else if (!folded.ok) useRefused.setState({ failure: folded.problem });
  else useRefused.setState({ ...listed.value, folded: folded.value, failure: null });
}

/** Loads, and reloads when a contact is refused or settled, until the returned function is called. */
export function followRefused(): () => void {
  let pause: ReturnType<typeof setTimeout> | undefined;
  let isMissed = false;
  const follow = () => {
    isMissed = pause !== undefined;
    if (isMissed) return;
    void load();
    pause = setTimeout(() => {
      pause = undefined;
      if (isMissed) follow();
    }, AGAIN_MS);
  };
  void load();
  const stop = boardStore.subscribe((now, before) => {
    if (now.touched.refused !== before.touched.refused) follow();
  });
  return () => {
    clearTimeout(pause);
    stop();
  };
}

/** Loads the next page, if there is one. */
export async function loadMore(): Promise<void> {
  const { items, next_cursor } = useRefused.getState();
  if (!items || !next_cursor) return;
  const outcome = await ask((signal) => client.refusedContacts.query({ limit: PAGE, cursor: next_cursor }, { signal }));
  if (outcome.ok) useRefused.setState({ items: [...items, ...outcome.value.items], next_cursor: outcome.value.next_cursor });
  else useRefused.setState({ failure: outcome.problem });
}

async function settle<T>(id: number, call: () => Promise<Outcome<T>>): Promise<Outcome<T>> {
  useRefused.setState({ busy_id: id });
  const outcome = await call();
  await load(); // another attempt changes count and time, which the board does not show
  useRefused.setState({ busy_id: null });
  return outcome;
}

/** Loads a refused contact whose payload the list truncates. */
export const whole = (id: number): Promise<Outcome<Omit<RefusedContact, 'payload'> & { readonly payload?: unknown }>> =>
  attempt((signal) => client.refusedContact.query({ id }, { signal }));

/** Loads the fields of a refused contact for editing. */
export const fieldsOf = (id: number): Promise<Outcome<MendableFields>> => attempt((signal) => client.mendableFields.query({ id }, { signal }));

/** @param fields what was edited */
export const handInAgain = (id: number, fields: Partial<MendableFields> = {}): Promise<Outcome<Contact>> =>
  settle(id, () => attempt((signal) => client.handInRefusedContact.mutate({ id, fields }, { signal })));

/** Settles a refused contact without creating a contact. */
export const dismiss = (id: number): Promise<Outcome<null>> => settle(id, () => attempt((signal) => client.dismissRefusedContact.mutate({ id }, { signal })));
