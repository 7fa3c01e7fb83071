import { useEffect } from 'react';

/** Marks on the root element whether the page is complete; the printing host waits for that. */
export function useReady(isReady: boolean): void {
  useEffect(() => {
    if (!isReady) return;
    document.documentElement.dataset.ready = 'true';
    return () => {
      delete document.documentElement.dataset.ready;
    };
  }, [isReady]);
}
