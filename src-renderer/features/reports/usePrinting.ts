/**
 * While printing, rows that are not rendered on the screen must be on paper, and the theme is light.
 * All of it happens at `beforeprint`, the last moment before layout.
 */
import { type RefObject, useSyncExternalStore } from 'react';
import { flushSync } from 'react-dom';
import { ROW_HEIGHT, type RowWindow, useRowWindow } from '#kit/table/useRowWindow.ts';

const SCHEME = 'data-mantine-color-scheme';

let isPrinting = false;
let scheme: string | null = null;
const listeners = new Set<() => void>();

function become(now: boolean): void {
  if (now === isPrinting) return;
  isPrinting = now;
  const root = document.documentElement;
  if (now) {
    scheme = root.getAttribute(SCHEME);
    root.setAttribute(SCHEME, 'light');
  } else if (scheme !== null) root.setAttribute(SCHEME, scheme);
  flushSync(() => {
    for (const listener of listeners) listener();
  });
}

window.addEventListener('beforeprint', () => become(true));
window.addEventListener('afterprint', () => become(false));

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** Whether the page is being printed. */
export const usePrinting = (): boolean => useSyncExternalStore(subscribe, () => isPrinting);

/** The rows in view of a table that scrolls inside `scroller`; all of them while printing. */
export function useRowsOrAll(count: number, scroller: RefObject<HTMLElement | null>): Omit<RowWindow, 'scrollTo'> {
  const inView = useRowWindow(count, ROW_HEIGHT, scroller);
  return usePrinting() ? { start: 0, end: count, above: 0, below: 0 } : inView;
}
