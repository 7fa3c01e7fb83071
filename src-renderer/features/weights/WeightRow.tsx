import { memo } from 'react';
import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import { useShallow } from 'zustand/react/shallow';
import { passedOver } from '#shared/distribution.ts';
import { boardStore, currentBoard, useBoard } from '../../link/board.ts';
import { candidateOf, isFull } from '../../link/derive.ts';
import { isEdited, sumsWith, weightIn } from './draft.ts';
import { useEdits, useWeights } from './store.ts';
import { WeightCell } from './WeightCell.tsx';
import styles from './Weights.module.css';

interface WeightRowProps {
  readonly operator_id: number;
  readonly sources: readonly number[];
  readonly index: number;
}

/** What a cell without a pair or with weight 0 has for a share. */
const NONE = -1;

/** One operator: the row listens to the board once for all of its cells, and a cell renders when its own figures change. */
export const WeightRow = memo(function WeightRow({ operator_id, sources, index }: WeightRowProps) {
  const { t } = useTranslation();
  const name = useBoard((board) => board.operators[operator_id]?.name ?? '');
  const state = useBoard((board) => {
    const operator = board.operators[operator_id];
    if (!operator) return '';
    return !operator.is_active ? t('live.off') : isFull(operator) ? t('load.full') : '';
  });
  const edits = useEdits();
  /** weight, share and whether that holds now, one after the other for each source */
  const figures = useStore(
    boardStore,
    useShallow(() => {
      const board = currentBoard();
      const operator = board.operators[operator_id];
      return sources.flatMap((source_id) => {
        const weight = weightIn(board, edits, { operator_id, source_id });
        if (!operator || !weight) return [weight ?? NONE, NONE, 0];
        const sums = sumsWith(board, edits, source_id);
        return passedOver(candidateOf(operator, weight)) === null ? [weight, weight / sums.now, 1] : [weight, weight / sums.all, 0];
      });
    }),
  );
  const here = useWeights(({ cursor }) => (cursor?.operator_id === operator_id ? cursor.source_id : null));
  const typed = useWeights((s) => (s.cursor?.operator_id === operator_id ? s.typed : null));
  const isFirstStop = useWeights((s) => s.cursor === null && index === 0);
  const left = useWeights(({ area }) => (area && index >= area.top && index <= area.bottom ? area.left : NONE));
  const right = useWeights(({ area }) => (area && index >= area.top && index <= area.bottom ? area.right : NONE));
  return (
    <tr aria-rowindex={index + 2}>
      <th scope="row" className={styles.operator} title={name}>
        <span className={styles.name}>{name}</span>
        <span className={styles.sum}>{state}</span>
      </th>
      {sources.map((source_id, column) => {
        const [weight = NONE, share = NONE, isNow = 0] = figures.slice(column * 3, column * 3 + 3);
        const isHere = here === source_id;
        return (
          <WeightCell
            key={source_id}
            operator_id={operator_id}
            source_id={source_id}
            weight={weight === NONE ? null : weight}
            share={share === NONE ? null : share}
            isNow={isNow === 1}
            isEdited={isEdited(edits, { operator_id, source_id })}
            isSelected={left !== NONE && column >= left && column <= right}
            isHere={isHere}
            isStop={isHere || (isFirstStop && column === 0)}
            typed={isHere ? typed : null}
          />
        );
      })}
    </tr>
  );
});
