import { useCallback } from 'react';
import { useTexts } from './texts.ts';
import { whyNotWritten } from './why-not-written.ts';

/** Says why a file could not be written, from what the system said. */
export function useWhy(): (detail: string) => string {
  const t = useTexts();
  return useCallback(
    (detail) => {
      const why = whyNotWritten(detail);
      return why ? t(`why.${why}`) : detail;
    },
    [t],
  );
}
