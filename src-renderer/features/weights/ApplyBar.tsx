import { Button } from '@mantine/core';
import { useDeferredValue, useMemo } from 'react';
import { useFormats } from '../../kit/reading.ts';
import { useBoard } from '../../link/board.ts';
import { countOf, onlyChanging } from './draft.ts';
import { Shifts } from './Shifts.tsx';
import { useShownEdits, useWeights } from './store.ts';
import styles from './Weights.module.css';

/** What the edits would do to the shares, before they are applied. It follows the grid as there is time for it: of a desk's every weight that is much. */
export function ApplyBar({ onApply, onDiscard }: { onApply: () => void; onDiscard: () => void }) {
  const { t, number } = useFormats();
  const edits = useDeferredValue(useShownEdits());
  const isApplying = useWeights((state) => state.isApplying);
  const weights = useBoard((board) => board.weights);
  const count = useMemo(() => countOf(onlyChanging({ weights }, edits)), [weights, edits]);
  if (count === 0) return null;
  return (
    <section className={styles.bar} aria-label={t('weights.draft')} aria-busy={isApplying || undefined} data-testid="weights-draft">
      <div className={styles['bar-head']}>
        <strong>{t('weights.edits', { count, n: number(count) })}</strong>
        <span className={styles.legend}>{t('weights.shares_legend')}</span>
        <span className={styles.grow} />
        <Button variant="default" disabled={isApplying} onClick={onDiscard}>
          {t('common.cancel')}
        </Button>
        <Button loading={isApplying} onClick={onApply}>
          {t('common.apply')}
        </Button>
      </div>
      <Shifts edits={edits} />
    </section>
  );
}
