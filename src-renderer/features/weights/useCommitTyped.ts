import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import { checkWeight } from '#kit/fields/checks.ts';
import { edit, type, useWeights } from './store.ts';

/** Returns a function that ends typing: a valid weight becomes an edit, anything else is discarded. */
export function useCommitTyped(): () => void {
  const { t } = useTranslation();
  return useCallback(() => {
    const { cursor, typed } = useWeights.getState();
    if (!cursor || typed === null) return;
    type(null);
    if (typed.trim() !== '' && checkWeight(typed, t) === null) edit([{ ...cursor, weight: Number(typed) }]);
  }, [t]);
}
