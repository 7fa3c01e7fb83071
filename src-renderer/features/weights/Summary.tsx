import { useMemo } from 'react';
import { useFormats } from '#kit/locale/locale.ts';
import { useBoard, useCalmBoard } from '#link/board.ts';
import { type Edits, summaryOf } from './draft.ts';
import { useWeights } from './store.ts';
import styles from './Weights.module.css';

/** Legend of the grid; for a selection of several cells, their sum and share. */
export function Summary({ edits }: { edits: Edits }) {
  const { t, number, percent } = useFormats();
  const area = useWeights((state) => state.area);
  const order = useWeights((state) => state.order);
  const board = useCalmBoard();
  const hasLines = useBoard(({ rules }) => Object.values(rules).some(({ line_of }) => Object.keys(line_of).length > 0));
  const summary = useMemo(() => area && summaryOf(board, edits, area, order), [board, edits, area, order]);
  return (
    <span className={styles.legend} data-testid="weights-summary">
      {!summary || summary.cells === 1
        ? [t('weights.legend'), ...(hasLines ? [t('weights.legend_lines')] : [])].join('; ')
        : [
            t('weights.selected', { count: summary.cells, n: number(summary.cells) }),
            `Σ ${number(summary.sum)}`,
            ...(summary.share === null ? [] : [t('weights.selected_share', { share: percent(summary.share) })]),
          ].join(' · ')}
    </span>
  );
}
