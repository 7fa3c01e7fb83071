/** A long list on a screen: follows its query, fetches pages while scrolling, and reloads after events at the desk. */
import { type RefObject, useEffect, useRef, useState } from 'react';
import { useStore } from 'zustand';
import { boardStore } from '#link/board.ts';
import { onLinkUp } from '#link/connection.ts';
import { type Ask, createList, type List, type ListState } from '#link/list.ts';
import { type RowWindow, useRowWindow } from './useRowWindow.ts';

/** Minimum interval between reloads while events arrive. */
const AGAIN_MS = 1_000;
/** Distance in rows from the end at which the next page is fetched. */
const AHEAD = 40;

export interface ShownList<T> extends ListState<T> {
  readonly rows: RowWindow;
  /** reloads at once */
  readonly refresh: () => void;
}

/** @param query the same object as long as it asks the same */
export function useList<Q extends object, T extends { readonly id: number }>(
  ask: Ask<Q, T>,
  query: Q,
  rowHeight: number,
  scroller: RefObject<HTMLElement | null>,
): ShownList<T> {
  const [list] = useState<List<Q, T>>(() => createList(ask));
  const state = useStore(list.store);
  const rows = useRowWindow(state.items.length, rowHeight, scroller);
  const looked = useRef(rows);
  useEffect(() => {
    looked.current = rows;
  });
  useEffect(() => {
    list.query(query);
    scroller.current?.scrollTo({ top: 0 });
  }, [list, query, scroller]);
  const { length } = state.items;
  const isNearEnd = rows.end > length - AHEAD;
  useEffect(() => {
    if (isNearEnd && length > 0) list.more();
  }, [list, isNearEnd, length]);
  const [refresh] = useState(() => () => {
    const { start, end } = looked.current;
    list.refresh(start, end - start);
  });
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    let seen = boardStore.getState().board?.revision;
    const stop = boardStore.subscribe(({ board }) => {
      if (board?.revision === seen || timer !== undefined) return;
      timer = setTimeout(() => {
        timer = undefined;
        seen = boardStore.getState().board?.revision;
        refresh();
      }, AGAIN_MS);
    });
    const stopWaiting = onLinkUp(refresh);
    return () => {
      clearTimeout(timer);
      stop();
      stopWaiting();
      list.stop();
    };
  }, [list, refresh]);
  return { ...state, rows, refresh };
}
