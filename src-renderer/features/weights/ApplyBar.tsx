import { Button } from '@mantine/core';
import { TriangleAlert } from 'lucide-react';
import { useDeferredValue, useMemo } from 'react';
import { useFormats } from '#kit/locale/locale.ts';
import { currentBoard, useBoard } from '#link/board.ts';
import { conflictsIn, countOf, onlyChanging } from './draft.ts';
import { Shifts } from './Shifts.tsx';
import { useShownEdits, useWeights } from './store.ts';
import styles from './Weights.module.css';

/** Conflicting weights listed; the others are counted. */
const NAMED = 3;

const nameOf = (what: 'operators' | 'sources', id: number): string => currentBoard()[what][id]?.name ?? '';

/** Preview of the edits' effect on shares. It may lag behind the grid, since editing every weight of a desk is much work. */
export function ApplyBar({ onApply, onDiscard }: { onApply: () => void; onDiscard: () => void }) {
  const { t, number } = useFormats();
  const edits = useDeferredValue(useShownEdits());
  const isApplying = useWeights((state) => state.isApplying);
  const weights = useBoard((board) => board.weights);
  const count = useMemo(() => countOf(onlyChanging({ weights }, edits)), [weights, edits]);
  const bases = useWeights((state) => state.bases);
  const conflicts = useMemo(() => conflictsIn({ weights }, edits, bases), [weights, edits, bases]);
  if (count === 0) return null;
  const said = (weight: number | null) => (weight === null ? '–' : number(weight));
  return (
    <section className={styles.bar} aria-label={t('weights.draft')} aria-busy={isApplying || undefined} data-draft="" data-testid="weights-draft">
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
      {conflicts.length > 0 && (
        <p className={styles.conflicts} role="status">
          <TriangleAlert size={14} aria-hidden="true" />
          <span>
            {t('weights.conflicts', { count: conflicts.length, n: number(conflicts.length) })}{' '}
            {conflicts
              .slice(0, NAMED)
              .map(({ operator_id, source_id, was, is, mine }) =>
                t('weights.conflict', {
                  operator: nameOf('operators', operator_id),
                  source: nameOf('sources', source_id),
                  was: said(was),
                  is: said(is),
                  mine: said(mine),
                }),
              )
              .join('; ')}
            {conflicts.length > NAMED ? '…' : '.'}
          </span>
        </p>
      )}
      <Shifts edits={edits} />
    </section>
  );
}
