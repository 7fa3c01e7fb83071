import { memo, useEffect, useRef } from 'react';
import { checkWeight } from '#kit/fields/checks.ts';
import { useFormats } from '#kit/locale/locale.ts';
import { type, useWeights } from './store.ts';
import styles from './Weights.module.css';

interface WeightCellProps {
  /** column index */
  readonly index: number;
  readonly operator_id: number;
  readonly source_id: number;
  readonly weight: number | null;
  readonly line: number;
  /** share of 1; null: no weight, weight 0, or a rule under which weights give no share */
  readonly share: number | null;
  /** length of its bar, of 1: the weight relative to the largest of its source */
  readonly length: number;
  /** the share applies now; otherwise only if everyone were on line and free */
  readonly isNow: boolean;
  readonly isEdited: boolean;
  readonly isSelected: boolean;
  readonly isHere: boolean;
  /** within the area to be filled from the selection */
  readonly isStretched: boolean;
  /** last cell of the selection, which has the fill handle */
  readonly isCorner: boolean;
  /** reachable with Tab */
  readonly isStop: boolean;
  /** text being typed */
  readonly typed: string | null;
}

/** The reader is typing into this cell. */
const take = (input: HTMLInputElement | null): void => input?.focus();

/** A weight with its probability below: bold when it applies now, grey when only if everyone were on line and free. */
export const WeightCell = memo(function WeightCell(props: WeightCellProps) {
  const { index, operator_id, source_id, weight, line, share, length, isNow, isEdited, isSelected, isHere, isStretched, isCorner, isStop, typed } = props;
  const { t, number, percent } = useFormats();
  const place = useRef<HTMLTableCellElement>(null);
  useEffect(() => {
    if (isHere && typed === null) place.current?.focus({ preventScroll: useWeights.getState().isWhole });
  }, [isHere, typed]);
  const problem = typed === null || typed.trim() === '' ? null : checkWeight(typed, t);
  return (
    <td
      ref={place}
      // biome-ignore lint/a11y/noNoninteractiveElementToInteractiveRole: a cell of a table with the role grid
      role="gridcell" // oxlint-disable-line jsx-a11y/no-noninteractive-element-to-interactive-role, jsx-a11y/no-redundant-roles
      tabIndex={isStop ? 0 : -1}
      aria-colindex={index + 2}
      className={styles.cell}
      style={length > 0 ? { backgroundSize: `${length * 100}% 3px` } : undefined}
      aria-selected={isSelected}
      data-cell={`${operator_id}-${source_id}`}
      data-here={isHere || undefined}
      data-edited={isEdited || undefined}
      data-now={isNow || undefined}
      data-stretched={isStretched || undefined}
      data-testid={`weight-${operator_id}-${source_id}`}
    >
      {typed === null ? (
        <>
          <span className={styles.weight}>
            {weight === null ? '' : number(weight)}
            {isEdited && <span className="sr-only"> {t('weights.edited')}</span>}
          </span>
          {line > 1 && <span className={styles.line}>{t('weights.nth_line', { line })}</span>}
          <span className={styles.chance}>{share !== null ? percent(share) : weight === 0 ? t('weights.never') : ''}</span>
          {isCorner && <span className={styles.handle} data-handle="" aria-hidden="true" title={t('weights.stretch')} />}
        </>
      ) : (
        <>
          <input
            className={styles.input}
            ref={take}
            inputMode="numeric"
            aria-label={t('weights.weight')}
            aria-invalid={problem !== null}
            value={typed}
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
