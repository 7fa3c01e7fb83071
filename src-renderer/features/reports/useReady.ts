import { useEffect } from 'react';

/** Says on the root element whether all of the page is there: what prints it waits for that. */
export function useReady(isReady: boolean): void {
  useEffect(() => {
    if (!isReady) return;
    document.documentElement.dataset.ready = 'true';
    return () => {
      delete document.documentElement.dataset.ready;
    };
  }, [isReady]);
}
