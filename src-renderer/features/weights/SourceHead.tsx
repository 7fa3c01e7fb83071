import { memo } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormats } from '../../kit/reading.ts';
import { useBoard } from '../../link/board.ts';
import { sourceSums } from '../../link/derive.ts';
import styles from './Weights.module.css';

/** A source with the sum of its weights, and how many of its operators could take a contact now. */
export const SourceHead = memo(function SourceHead({ source_id }: { source_id: number }) {
  const { t } = useTranslation();
  const { number } = useFormats();
  const name = useBoard((board) => board.sources[source_id]?.name ?? '');
  const eligible = useBoard((board) => sourceSums(board, source_id).eligible);
  const operators = useBoard((board) => sourceSums(board, source_id).operators);
  const all = useBoard((board) => sourceSums(board, source_id).all);
  const blocked = eligible === 0;
  return (
    <th scope="col" className={styles.source} title={name}>
      <span className={styles.name}>{name}</span>
      <span className={styles.sum} data-blocked={blocked || undefined}>
        {operators === 0 ? t('weights.nobody') : blocked ? t('weights.none_free') : t('weights.sum', { sum: number(all), eligible, operators })}
      </span>
    </th>
  );
});
