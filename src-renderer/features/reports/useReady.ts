import { useEffect } from 'react';

/** Parts of the page that are complete: on paper there may be several charts. */
let ready = 0;

/** Marks on the root element whether the page is complete; the printing host waits for that. */
export function useReady(isReady: boolean): void {
  useEffect(() => {
    if (!isReady) return;
    ready += 1;
    document.documentElement.dataset.ready = 'true';
    return () => {
      ready -= 1;
      if (ready === 0) delete document.documentElement.dataset.ready;
    };
  }, [isReady]);
}
