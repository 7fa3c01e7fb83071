import { memo } from 'react';
import { useStore } from 'zustand';
import { useShallow } from 'zustand/react/shallow';
import { useText } from '#kit/locale/locale.ts';
import { boardStore, currentBoard, useBoard } from '#link/board.ts';
import { isFull, type Standing } from '#link/derive.ts';
import { type Edits, isEdited, largestWith, sumsWith, weightIn } from './draft.ts';
import { contains } from './grid.ts';
import { useWeights } from './store.ts';
import { WeightCell } from './WeightCell.tsx';
import styles from './Weights.module.css';

interface WeightRowProps {
  readonly operator_id: number;
  /** rendered columns */
  readonly sources: readonly number[];
  readonly edits: Edits;
  /** index of the first rendered column */
  readonly first: number;
  /** widths in px of the columns left out before and after; 0: none */
  readonly left: number;
  readonly right: number;
  readonly index: number;
}

/** Share of a cell without a weight, with weight 0, or whose source gives no share by weight. */
const NONE = -1;
const UNKNOWN: Pick<Standing, 'now' | 'free'> = { now: null, free: null };

/** Row of one operator: subscribes to the board once for all cells; a cell renders only when its own figures change. */
export const WeightRow = memo(function WeightRow({ operator_id, sources, edits, first, left, right, index }: WeightRowProps) {
  const t = useText();
  const name = useBoard((board) => board.operators[operator_id]?.name ?? '');
  const state = useBoard((board) => {
    const operator = board.operators[operator_id];
    if (!operator) return '';
    return !operator.is_active ? t('live.off') : isFull(operator) ? t('load.full') : '';
  });
  /** for each source in turn: weight, share, whether the share applies now, the weight relative to the source's largest, and the line */
  const figures = useStore(
    boardStore,
    useShallow(() => {
      const board = currentBoard();
      const operator = board.operators[operator_id];
      return sources.flatMap((source_id) => {
        const weight = weightIn(board, edits, { operator_id, source_id });
        const line = board.rules[source_id]?.line_of[operator_id] ?? 1;
        if (!operator || !weight) return [weight ?? NONE, NONE, 0, 0, line];
        const { now, free } = sumsWith(board, edits, source_id).standings.get(operator_id) ?? UNKNOWN;
        return [weight, now || (free ?? NONE), Number(now !== null && now > 0), weight / largestWith(board, edits, source_id), line];
      });
    }),
  );
  const here = useWeights(({ cursor }) => (cursor?.operator_id === operator_id ? cursor.source_id : null));
  const typed = useWeights((s) => (s.cursor?.operator_id === operator_id ? s.typed : null));
  const isFirstStop = useWeights((s) => s.cursor === null && index === 0);
  const area = useWeights((state) => (state.area && index >= state.area.top && index <= state.area.bottom ? state.area : null));
  const strip = useWeights((state) => (state.strip && index >= state.strip.top && index <= state.strip.bottom ? state.strip : null));
  return (
    <tr aria-rowindex={index + 2}>
      <th scope="row" className={styles.operator} title={name} data-head={`row-${operator_id}`} data-selected={area !== null || undefined}>
        <span className={state === '' ? styles['long-name'] : styles.name}>{name}</span>
        {state !== '' && <span className={styles.sum}>{state}</span>}
      </th>
      {left > 0 && <td aria-hidden="true" />}
      {sources.map((source_id, place) => {
        const [weight = NONE, share = NONE, isNow, length = 0, line = 1] = figures.slice(place * 5, place * 5 + 5);
        const isHere = here === source_id;
        const column = first + place;
        return (
          <WeightCell
            key={source_id}
            index={column}
            operator_id={operator_id}
            source_id={source_id}
            weight={weight === NONE ? null : weight}
            line={line}
            share={share === NONE ? null : share}
            length={length}
            isNow={isNow === 1}
            isEdited={isEdited(edits, { operator_id, source_id })}
            isSelected={area !== null && contains(area, index, column)}
            isHere={isHere}
            isStretched={strip !== null && contains(strip, index, column)}
            isCorner={area !== null && index === area.bottom && column === area.right}
            isStop={isHere || (isFirstStop && column === 0)}
            typed={isHere ? typed : null}
          />
        );
      })}
      {right > 0 && <td aria-hidden="true" />}
    </tr>
  );
});
