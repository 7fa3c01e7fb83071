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

/** So long does a reader rest who is not in a hurry: a list that changes more often cannot be read. */
const CALM_MS = 250;

const calm = throttled(store, () => CALM_MS);
const unlessScrolling = throttled(store, () => (isScrolling() ? CALM_MS : 0));

/** So long does an order of rows last that is made of what changes all the time. */
const SLOW_MS = 5_000;
const slow = throttled(store, () => SLOW_MS);

/** A part of the board as it was at most SLOW_MS ago. */
export const useSlowBoard = <T>(select: (board: Board) => T): T => useStore(slow, (state) => select(state.board ?? emptyBoard));

/** The whole board, for what is worked out from all of it: at once when it rested, then at most every CALM_MS. */
export const useCalmBoard = (): Board => useStore(calm, (state) => state.board ?? emptyBoard);

/** A part of the board that changes with every contact and costs much to draw: as it comes, but every CALM_MS while something is scrolled, which leaves the frames to the scrolling. */
export const useBoardUnlessScrolling = <T>(select: (board: Board) => T): T => useStore(unlessScrolling, (state) => select(state.board ?? emptyBoard));

/** Resolves when the board shows what a command changed: the change travels apart from the answer. At once when the command changed nothing, or nobody looks. */
export const untilShown = async (outcome: Outcome<unknown>): Promise<void> => {
  if (outcome.ok && outcome.revision !== undefined) await reached(outcome.revision);
};

export const currentBoard = (): Board => store.getState().board ?? emptyBoard;
