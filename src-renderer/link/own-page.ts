/** What the operator who is signed in here holds, and the figures of the day, as the host says. */
import { create } from 'zustand';
import type { ContactMessage, Page } from '#shared/contract/entities.ts';
import type { OwnDesk, OwnFigures } from '#shared/contract/own-page.ts';
import { ask, attempt, type Outcome } from './attempt.ts';
import { client } from './client.ts';
import { onLinkUp } from './connection.ts';
import { follow } from './follow.ts';

interface OwnState {
  /** undefined: not received yet; null: the operator no longer exists */
  readonly desk: OwnDesk | null | undefined;
  readonly figures: OwnFigures | null;
}

export const useOwn = create<OwnState>(() => ({ desk: undefined, figures: null }));

const FIGURES_EVERY_MS = 15_000;
/** After a change, for several at once. */
const FIGURES_AFTER_MS = 500;

async function loadFigures(): Promise<void> {
  const outcome = await ask((signal) => client.ownFigures.query(undefined, { signal }));
  if (outcome.ok) useOwn.setState({ figures: outcome.value });
}

/** Follows the operator's desk until the returned function is called. */
export function followOwn(): () => void {
  let soon: ReturnType<typeof setTimeout> | undefined;
  const onData = (desk: OwnDesk | null) => {
    useOwn.setState({ desk });
    soon ??= setTimeout(() => {
      soon = undefined;
      void loadFigures();
    }, FIGURES_AFTER_MS);
  };
  const stopDesk = follow((onError) => client.ownDesk.subscribe(undefined, { onData, onError }));
  const stopLink = onLinkUp(() => void loadFigures());
  const timer = setInterval(() => document.hidden || void loadFigures(), FIGURES_EVERY_MS);
  return () => {
    clearInterval(timer);
    clearTimeout(soon);
    stopLink();
    stopDesk();
  };
}

/** Further messages of a contact that the operator holds, oldest first. */
export const fetchMessages = (contact_id: number): Promise<Outcome<Page<ContactMessage>>> =>
  attempt((signal) => client.contactMessages.query({ contact_id }, { signal }));
