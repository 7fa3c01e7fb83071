import { TriangleAlert } from 'lucide-react';
import { memo, useMemo } from 'react';
import { useFormats } from '#kit/locale/locale.ts';
import { currentBoard, useBoard } from '#link/board.ts';
import { sourceSums } from '#link/derive.ts';
import { defaultRule } from '#shared/distribution/rule.ts';
import { givesShares } from '#shared/distribution/strategies.ts';
import { consequenceOf, type Edits, shiftsOf, sumsWith } from './draft.ts';
import { useWeights } from './store.ts';
import styles from './Weights.module.css';

/** Operators listed per source, those with the largest visible shifts; the others are counted. */
const TOLD = 6;

interface ShiftsProps {
  readonly edits: Edits;
  /** limits change in the same step, so that future free slots are unknown */
  readonly withLimits?: boolean;
}

/** Share shifts of each edited source, in grid order. */
export function Shifts({ edits, withLimits = false }: ShiftsProps) {
  const sources = useWeights((state) => state.order.sources);
  return (
    <ul className={styles.shifts}>
      {sources.map((id) => {
        const edited = edits[id];
        return edited && <SourceShift key={id} source_id={id} edited={edited} withLimits={withLimits} />;
      })}
    </ul>
  );
}

interface SourceShiftProps {
  readonly source_id: number;
  readonly edited: Edits[number];
  readonly withLimits: boolean;
}

const SourceShift = memo(function SourceShift({ source_id, edited, withLimits }: SourceShiftProps) {
  const { t, number, percent } = useFormats();
  const name = useBoard((board) => board.sources[source_id]?.name ?? '');
  const weights = useBoard((board) => board.weights[source_id]);
  const rule = useBoard((board) => board.rules[source_id]);
  const { shifts, was, is } = useMemo(() => {
    const board = { ...currentBoard(), weights: { [source_id]: weights ?? {} }, rules: rule ? { [source_id]: rule } : {} }; // otherwise only operators in use matter here, not every contact
    const edits = { [source_id]: edited };
    return { shifts: shiftsOf(board, edits, source_id), was: sourceSums(board, source_id).all, is: sumsWith(board, edits, source_id).all };
  }, [source_id, edited, weights, rule]);
  const edits = useMemo(() => ({ [source_id]: edited }), [source_id, edited]);
  const foreseen = useBoard((board) => consequenceOf(board, edits, source_id));
  const consequence = withLimits && (foreseen === 'nobody_free' || foreseen === 'takes_waiting') ? null : foreseen;
  const waiting = useBoard((board) => board.waiting[source_id] ?? 0);
  const hasShares = givesShares((rule ?? defaultRule).strategy);
  const told = shifts.slice(0, TOLD).filter(({ before, after }) => percent(before) !== percent(after)); // 8 % → 8 % would be no information
  const more = shifts.length - told.length;
  return (
    <li data-testid={`shift-${source_id}`}>
      <span className={styles['shift-source']}>{name}</span>
      <span className={styles['shift-sum']}>
        Σ {number(was)} → {number(is)}
      </span>
      <span className={styles['shift-list']}>
        {told.map(({ operator_id, before, after }) => (
          <span key={operator_id}>
            <OperatorName id={operator_id} />{' '}
            <span className={styles['shift-figures']}>
              <span className={styles.was}>{percent(before)}</span> → <b>{percent(after)}</b>
            </span>
          </span>
        ))}
        {told.length === 0 ? (
          <span className={styles['shift-sum']}>{t(`weights.shifts_${hasShares ? (more === 0 ? 'none' : 'hardly') : 'equals'}`)}</span>
        ) : (
          more > 0 && <span className={styles['shift-sum']}>{t('weights.shifts_more', { count: more })}</span>
        )}
      </span>
      {consequence && (
        <span className={styles.consequence} data-warns={consequence !== 'takes_waiting' || undefined}>
          {consequence !== 'takes_waiting' && <TriangleAlert size={14} aria-hidden="true" />}
          {t(`weights.consequence.${consequence}`, { count: waiting })}
        </span>
      )}
    </li>
  );
});

const OperatorName = ({ id }: { id: number }) => useBoard((board) => board.operators[id]?.name ?? '');
