import { memo } from 'react';
import { useFormats } from '#kit/locale/locale.ts';
import { useBoard } from '#link/board.ts';
import { defaultRule } from '#shared/distribution/rule.ts';
import { type Edits, sumsWith } from './draft.ts';
import { useWeights } from './store.ts';
import styles from './Weights.module.css';

/** A source with the sum of its weights as edited, and how many of its operators could take a contact now. */
export const SourceHead = memo(function SourceHead({ source_id, edits, index }: { source_id: number; edits: Edits; index: number }) {
  const { t, number } = useFormats();
  const name = useBoard((board) => board.sources[source_id]?.name ?? '');
  const eligible = useBoard((board) => sumsWith(board, edits, source_id).eligible);
  const operators = useBoard((board) => sumsWith(board, edits, source_id).operators);
  const all = useBoard((board) => sumsWith(board, edits, source_id).all);
  const strategy = useBoard((board) => (board.rules[source_id] ?? defaultRule).strategy);
  const blocked = eligible === 0;
  const isSelected = useWeights(({ area }) => area !== null && index >= area.left && index <= area.right);
  return (
    <th scope="col" aria-colindex={index + 2} className={styles.source} title={name} data-head={`column-${source_id}`} data-selected={isSelected || undefined}>
      <span className={styles['source-name']}>{name}</span>
      <span className={styles.sum} data-blocked={blocked || undefined} data-testid={`sum-${source_id}`}>
        {operators === 0 ? t('weights.nobody') : blocked ? t('weights.none_free') : t('weights.sum', { sum: number(all), eligible, operators })}
      </span>
      {strategy !== defaultRule.strategy && <span className={styles.sum}>{t(`strategies.${strategy}`)}</span>}
    </th>
  );
});
