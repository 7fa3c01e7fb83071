import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormats } from '../../kit/reading.ts';
import { currentBoard, useBoard } from '../../link/board.ts';
import { sourceSums } from '../../link/derive.ts';
import { type Edits, shiftsOf, sumsWith } from './draft.ts';
import styles from './Weights.module.css';

/** So many operators of a source are told, those whose shares shift most; the others are counted. */
const TOLD = 6;

/** For each touched source, whose share becomes what. */
export function Shifts({ edits }: { edits: Edits }) {
  const { t } = useTranslation();
  const { number, percent } = useFormats();
  const weights = useBoard((board) => board.weights);
  const sources = useBoard((board) => board.sources);
  const operators = useBoard((board) => board.operators);
  const touched = useMemo(() => {
    const board = { ...currentBoard(), weights, sources }; // of the rest, only who is in use matters here: it is not computed anew with every contact
    return Object.keys(edits)
      .map(Number)
      .filter((id) => sources[id]?.is_archived === false)
      .map((id) => ({ id, shifts: shiftsOf(board, edits, id), sums: [sourceSums(board, id).all, sumsWith(board, edits, id).all] as const }));
  }, [edits, weights, sources]);
  return (
    <ul className={styles.shifts}>
      {touched.map(({ id, shifts, sums: [was, is] }) => (
        <li key={id} data-testid={`shift-${id}`}>
          <span className={styles['shift-source']}>{sources[id]?.name}</span>
          <span className={styles['shift-sum']}>
            Σ {number(was)} → {number(is)}
          </span>
          {shifts.slice(0, TOLD).map(({ operator_id, before, after }) => (
            <span key={operator_id} className={styles.shift} data-up={after > before || undefined}>
              {operators[operator_id]?.name} <span className={styles.was}>{percent(before)}</span> → <b>{percent(after)}</b>
            </span>
          ))}
          {shifts.length > TOLD && <span className={styles['shift-sum']}>{t('weights.shifts_more', { count: shifts.length - TOLD })}</span>}
          {shifts.length === 0 && <span className={styles['shift-sum']}>{t('weights.shifts_none')}</span>}
        </li>
      ))}
    </ul>
  );
}
