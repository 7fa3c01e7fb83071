import { type RefObject, useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import { isFocusNowhere } from '#kit/navigation/keep-focus.ts';
import { useNotify } from '#kit/notices/useNotify.ts';
import { countOf } from './draft.ts';
import { apply, discard, useWeights } from './store.ts';

/** Applies or discards the edits. The focus goes back to the grid from a button that disappears. */
export function useDraftActions(grid: RefObject<HTMLTableElement | null>): { readonly save: () => void; readonly throwAway: () => void } {
  const { t } = useTranslation();
  const notify = useNotify();
  const comeBack = useCallback(() => (grid.current?.querySelector<HTMLElement>('[data-here]') ?? grid.current)?.focus({ preventScroll: true }), [grid]);
  const save = useCallback(async () => {
    const outcome = await apply();
    if (isFocusNowhere()) comeBack(); // a disabled button loses the focus
    if (outcome.ok && outcome.step === undefined) return;
    notify.changed(outcome, t('weights.applied'));
  }, [comeBack, notify, t]);
  const throwAway = useCallback(() => {
    const count = countOf(useWeights.getState().edits);
    const run = discard();
    comeBack();
    notify.done(t('weights.discarded', { count, n: count }), { label: t('common.undo'), run });
  }, [comeBack, notify, t]);
  return { save: useCallback(() => void save(), [save]), throwAway };
}
