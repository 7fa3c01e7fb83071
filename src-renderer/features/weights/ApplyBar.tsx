import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useBoard } from '../../link/board.ts';
import { changesIn, onlyChanging } from './draft.ts';
import { Shifts } from './Shifts.tsx';
import { discard, useEdits, useWeights } from './store.ts';
import styles from './Weights.module.css';

/** What the edits would do to the shares, before they are applied. */
export function ApplyBar({ onApply }: { onApply: () => void }) {
  const { t } = useTranslation();
  const edits = useEdits();
  const isApplying = useWeights((state) => state.isApplying);
  const count = useBoard((board) => changesIn(onlyChanging(board, edits)).length);
  if (count === 0) return null;
  return (
    <section className={styles.bar} aria-label={t('weights.draft')} data-testid="weights-draft">
      <div className={styles['bar-head']}>
        <strong>{t('weights.edits', { count })}</strong>
        <span className={styles.legend}>{t('weights.shares_legend')}</span>
        <span className={styles.grow} />
        <Button variant="default" disabled={isApplying} onClick={discard}>
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
