/** The live board of this console, followed over the link. */
import { useStore } from 'zustand';
import { type Board, emptyBoard } from '#shared/board.ts';
import { decodeRun } from '#shared/contract/runs.ts';
import type { Outcome } from './attempt.ts';
import { client } from './client.ts';
import { follow } from './follow.ts';
import { type BoardState, followBoard } from './follow-board.ts';
import { hostNow } from './host-clock.ts';
import { isScrolling } from './scrolling.ts';
import { throttled } from './throttled.ts';

const { store, setHidden, reached } = followBoard(
  {
    subscribe: ({ started, run }) =>
      follow((onError) => client.changes.subscribe(undefined, { onStarted: started, onData: (packed) => run(decodeRun(packed)), onError })),
    snapshot: () => client.board.query(),
  },
  hostNow,
);

document.addEventListener('visibilitychange', () => setHidden(document.hidden));
setHidden(document.hidden);

export const boardStore = store;

/** The board's state, also before the first snapshot. */
export const useBoardState = <T>(select: (state: BoardState) => T): T => useStore(store, select);

/** A part of the board; the component renders again only when that part changes. */
export const useBoard = <T>(select: (board: Board) => T): T => useStore(store, (state) => select(state.board ?? emptyBoard));

/** Minimum interval between updates of a list that is read: a faster one is unreadable. */
const CALM_MS = 250;

/** A page that is hidden changes nothing. */
const isAway = () => document.hidden;
const calm = throttled(store, () => CALM_MS, isAway);
const unlessScrolling = throttled(store, () => (isScrolling() ? CALM_MS : 0), isAway);

/** Minimum interval between re-sorts by values that change constantly. */
const SLOW_MS = 2_000;
const slow = throttled(store, () => SLOW_MS, isAway);

/** A part of the board as it was at most SLOW_MS ago. */
export const useSlowBoard = <T>(select: (board: Board) => T): T => useStore(slow, (state) => select(state.board ?? emptyBoard));

/** The whole board, for values derived from all of it: updated at once after a pause, then at most every CALM_MS. */
export const useCalmBoard = (): Board => useStore(calm, (state) => state.board ?? emptyBoard);

/** A part of the board that changes with every contact and is costly to draw: updated at once, but every CALM_MS during scrolling, to keep scrolling smooth. */
export const useBoardUnlessScrolling = <T>(select: (board: Board) => T): T => useStore(unlessScrolling, (state) => select(state.board ?? emptyBoard));

/** Resolves when the board shows a command's change, which travels separately from the answer. At once when nothing changed or the page is hidden. */
export const untilShown = async (outcome: Outcome<unknown>): Promise<void> => {
  if (outcome.ok && outcome.revision !== undefined) await reached(outcome.revision);
};

/** The board as this console has it; empty before the first snapshot. */
export const currentBoard = (): Board => store.getState().board ?? emptyBoard;
