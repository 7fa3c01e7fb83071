import { memo } from 'react';
import { useTranslation } from 'react-i18next';
import { useBoard } from '../../link/board.ts';
import { isFull } from '../../link/derive.ts';
import { WeightCell } from './WeightCell.tsx';
import styles from './Weights.module.css';

export const WeightRow = memo(function WeightRow({ operator_id, sources, index }: { operator_id: number; sources: readonly number[]; index: number }) {
  const { t } = useTranslation();
  const name = useBoard((board) => board.operators[operator_id]?.name ?? '');
  const state = useBoard((board) => {
    const operator = board.operators[operator_id];
    if (!operator) return '';
    return !operator.is_active ? t('live.off') : isFull(operator) ? t('load.full') : '';
  });
  return (
    <tr aria-rowindex={index + 2}>
      <th scope="row" className={styles.operator} title={name}>
        <span className={styles.name}>{name}</span>
        <span className={styles.sum}>{state}</span>
      </th>
      {sources.map((source_id, column) => (
        <WeightCell key={source_id} operator_id={operator_id} source_id={source_id} first={index === 0 && column === 0} />
      ))}
    </tr>
  );
});
