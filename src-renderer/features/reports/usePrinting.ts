/**
 * While the page is being printed: what is left out on the screen, because nobody looks there, has to be on paper, and paper is light.
 * All of it happens before the page is laid out: `beforeprint` is the last moment.
 */
import { useSyncExternalStore } from 'react';
import { flushSync } from 'react-dom';

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

export const usePrinting = (): boolean => useSyncExternalStore(subscribe, () => isPrinting);
