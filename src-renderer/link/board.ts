/** The live board of this console, followed over the link. */
import { useEffect, useState } from 'react';
import { useStore } from 'zustand';
import { type Board, emptyBoard } from '#shared/board.ts';
import { decodeRun } from '#shared/contract/runs.ts';
import { client } from './client.ts';
import { type BoardState, followBoard } from './follow-board.ts';

const { store, setHidden } = followBoard(
  {
    subscribe: ({ started, run }) => {
      const listen = () => {
        client.changes.subscribe(undefined, {
          onStarted: started,
          onData: (packed) => run(decodeRun(packed)),
          // The host ended it: it failed or stops. Lost sockets are not told here, tRPC subscribes anew by itself.
          onError: () => setTimeout(listen, 1_000),
        });
      };
      listen();
    },
    snapshot: () => client.board.query(),
  },
  Date.now,
);

document.addEventListener('visibilitychange', () => setHidden(document.hidden));
setHidden(document.hidden);

export const boardStore = store;

/** The board's state, also before the first snapshot. */
export const useBoardState = <T>(select: (state: BoardState) => T): T => useStore(store, select);

/** A part of the board; the component renders again only when that part changes. */
export const useBoard = <T>(select: (board: Board) => T): T => useStore(store, (state) => select(state.board ?? emptyBoard));

/** So often at most does a reader of a whole board render: a list that changes more often cannot be read. */
const CALM_MS = 250;

/** The whole board, for what is worked out from all of it: at once when it rested, then at most every CALM_MS. */
export function useCalmBoard(): Board {
  const [board, setBoard] = useState(currentBoard);
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const take = () => setBoard(currentBoard());
    const rest = () => {
      timer = setTimeout(() => {
        timer = undefined;
        take();
      }, CALM_MS);
    };
    take();
    const stop = store.subscribe(() => {
      if (timer !== undefined) return;
      take();
      rest();
    });
    return () => {
      clearTimeout(timer);
      stop();
    };
  }, []);
  return board;
}

export const currentBoard = (): Board => store.getState().board ?? emptyBoard;
