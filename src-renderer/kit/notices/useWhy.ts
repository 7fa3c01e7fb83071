import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import { whyNotWritten } from './why-not-written.ts';

/** Explains why a file could not be written, from the system's error. */
export function useWhy(): (detail: string) => string {
  const { t } = useTranslation();
  return useCallback(
    (detail) => {
      const why = whyNotWritten(detail);
      return why ? t(`files.why.${why}`) : detail;
    },
    [t],
  );
}
