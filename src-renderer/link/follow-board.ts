/** Replicates the host's board: a snapshot, updated by the host's changes; a gap fetches a new snapshot. */
import { createStore, type StoreApi } from 'zustand/vanilla';
import type { Board } from '#shared/board.ts';
import { advance, type Change } from '#shared/effects/effects.ts';

export interface BoardFeed {
  /** Calls `started` each time the host begins to send changes (again), then `run` with changes in order, or with none when the board must be fetched again. */
  subscribe(on: { started: () => void; run: (changes: readonly Change[]) => void }): void;
  snapshot(): Promise<Board>;
}

export interface BoardState {
  readonly board: Board | null;
  /** when the board was last fetched or updated */
  readonly heard_at: number;
  /** Counters that grow on events the board does not show, so that screens which show them can reload. */
  readonly touched: { readonly sources: number; readonly refused: number };
}

export interface FollowedBoard {
  readonly store: StoreApi<BoardState>;
  /** A hidden console receives no changes; when shown again it fetches one snapshot. */
  readonly setHidden: (hidden: boolean) => void;
  /**
   * Resolves when the board has reached this revision, or was fetched again after this call: a restored database counts from an earlier one.
   * At once while the console is hidden.
   */
  readonly reached: (revision: number) => Promise<void>;
}

const RETRY_MS = 1_000;
const ABOUT_SOURCES: ReadonlySet<Change['kind']> = new Set(['source_saved', 'source_keys_changed']);
const ABOUT_REFUSED: ReadonlySet<Change['kind']> = new Set(['contact_refused', 'refused_contact_settled', 'refused_contacts_folded']);

/** Starts following. Changes that arrive while a snapshot is under way are applied to it. @param now the host's clock */
export function followBoard(feed: BoardFeed, now: () => number): FollowedBoard {
  const store = createStore<BoardState>(() => ({ board: null, heard_at: 0, touched: { sources: 0, refused: 0 } }));
  let waiting: Change[] = []; // arrived while a snapshot is under way
  let fetching = false;
  let again = false;
  let hidden = false;
  let missed = false;
  let awaited: Awaited[] = [];

  function letGo(mayGo: (one: Awaited) => boolean): void {
    const done = awaited.filter(mayGo);
    if (done.length === 0) return;
    awaited = awaited.filter((one) => !done.includes(one));
    for (const { resolve } of done) resolve();
  }

  async function fetchSnapshot(): Promise<void> {
    if (fetching) {
      again = true;
      return;
    }
    fetching = true;
    let snapshot: Board | null = null;
    let before: readonly Awaited[] = [];
    try {
      do {
        again = false;
        before = awaited; // the host had answered before the snapshot was requested
        snapshot = await feed.snapshot();
      } while (again);
    } catch {
      setTimeout(() => void fetchSnapshot(), RETRY_MS);
    } finally {
      fetching = false;
    }
    if (!snapshot) return;
    const { touched } = store.getState();
    store.setState({ board: snapshot, heard_at: now(), touched: { sources: touched.sources + 1, refused: touched.refused + 1 } });
    const late = waiting;
    waiting = [];
    take(late);
    letGo((one) => before.includes(one));
  }

  function take(changes: readonly Change[]): void {
    const { board, touched } = store.getState();
    if (fetching || !board) {
      waiting.push(...changes);
      return;
    }
    const fresh = changes.filter((change) => change.revision > board.revision);
    if (fresh.length === 0) return;
    let next: Board;
    try {
      next = advance(board, fresh);
    } catch {
      // A revision is missing. Received changes are kept, since the snapshot may be older.
      waiting.push(...fresh);
      void fetchSnapshot();
      return;
    }
    const count = (kinds: ReadonlySet<Change['kind']>) => (fresh.some((change) => kinds.has(change.kind)) ? 1 : 0);
    const sources = count(ABOUT_SOURCES);
    const refused = count(ABOUT_REFUSED);
    store.setState({
      board: next,
      heard_at: now(),
      ...(sources || refused ? { touched: { sources: touched.sources + sources, refused: touched.refused + refused } } : {}),
    });
  }

  store.subscribe(({ board }) => letGo(({ revision }) => board !== null && board.revision >= revision));

  feed.subscribe({
    started: () => {
      waiting = [];
      if (hidden) missed = true;
      else void fetchSnapshot();
    },
    run: (changes) => {
      if (hidden) missed = true;
      else if (changes.length === 0) void fetchSnapshot();
      else take(changes);
    },
  });

  return {
    store,
    setHidden: (value) => {
      hidden = value;
      if (hidden) letGo(() => true);
      if (hidden || !missed) return;
      missed = false;
      void fetchSnapshot();
    },
    reached: (revision) =>
      new Promise((resolve) => {
        const { board } = store.getState();
        if (hidden || (board && board.revision >= revision)) resolve();
        else awaited = [...awaited, { revision, resolve }];
      }),
  };
}

/** A caller waiting for the board. */
interface Awaited {
  readonly revision: number;
  readonly resolve: () => void;
}
