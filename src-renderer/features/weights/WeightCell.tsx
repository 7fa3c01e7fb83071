import { memo, useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { passedOver } from '#shared/distribution.ts';
import { checkWeight } from '../../kit/checks.ts';
import { useFormats } from '../../kit/reading.ts';
import { useBoard } from '../../link/board.ts';
import { candidateOf, sourceSums } from '../../link/derive.ts';
import { keyOf, moveTo, type, useWeights } from './store.ts';
import styles from './Weights.module.css';

interface Pair {
  readonly operator_id: number;
  readonly source_id: number;
  /** the one that Tab reaches before the cursor was anywhere */
  readonly first: boolean;
}

/** The reader is typing into this very cell. */
const take = (input: HTMLInputElement | null): void => input?.focus();

/** A weight with its probability beneath: in full when it holds now, grey when only if everyone were on line and free. */
export const WeightCell = memo(function WeightCell({ operator_id, source_id, first }: Pair) {
  const { t } = useTranslation();
  const { number, percent } = useFormats();
  const cell = { operator_id, source_id };
  const known = useBoard((board) => board.weights[source_id]?.[operator_id]);
  const pending = useWeights((state) => state.pending[keyOf(cell)]);
  const here = useWeights(({ cursor }) => cursor?.operator_id === operator_id && cursor.source_id === source_id);
  const draft = useWeights((state) => (here ? state.draft : null));
  const isFirstStop = useWeights((state) => state.cursor === null && first);
  const place = useRef<HTMLTableCellElement>(null);
  const weight = pending === undefined ? known : (pending ?? undefined);
  const now = useBoard((board) => {
    const operator = board.operators[operator_id];
    return operator && known && passedOver(candidateOf(operator, known)) === null ? percent(known / sourceSums(board, source_id).now) : '';
  });
  const whenAll = useBoard((board) => (known ? percent(known / sourceSums(board, source_id).all) : ''));
  useEffect(() => {
    if (here && draft === null) place.current?.focus();
  }, [here, draft]);
  const problem = draft === null || draft.trim() === '' ? null : checkWeight(draft, t);
  return (
    <td
      ref={place}
      tabIndex={here || isFirstStop ? 0 : -1}
      className={styles.cell}
      data-here={here || undefined}
      data-pending={pending === undefined ? undefined : ''}
      data-testid={`weight-${operator_id}-${source_id}`}
      onFocus={(event) => {
        if (!here && event.target === event.currentTarget) moveTo(cell);
      }}
      onDoubleClick={() => type(weight === undefined ? '' : String(weight))}
    >
      {draft === null ? (
        <>
          <span className={styles.weight}>{weight === undefined ? '' : number(weight)}</span>
          <span className={styles.chance} data-now={now !== '' || undefined}>
            {now || whenAll || (weight === 0 ? t('weights.never') : '')}
          </span>
        </>
      ) : (
        <>
          <input
            className={styles.input}
            ref={take}
            inputMode="numeric"
            aria-label={t('weights.weight')}
            aria-invalid={problem !== null}
            value={draft}
            onChange={(event) => type(event.currentTarget.value)}
          />
          {problem !== null && (
            <span className={styles.problem} role="alert">
              {problem}
            </span>
          )}
        </>
      )}
    </td>
  );
});
