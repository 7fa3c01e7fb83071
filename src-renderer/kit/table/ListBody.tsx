/** What a long list shows instead of rows, or above them. */
import { Button } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Empty } from '#kit/layout/Empty.tsx';
import { useFormats } from '#kit/locale/locale.ts';
import { readingText } from '#kit/notices/problem-text.ts';
import type { ListState } from '#link/list.ts';
import { COUNTED_UP_TO } from '#shared/contract/lists.ts';
import styles from './ListFilters.module.css';
import { useTakesKeys } from './to-list.ts';

/** Total count of the list. */
export function ListTotal({ total, count }: { total: number | null; count: (shown: { count: number; n: string }) => string }) {
  const { t } = useTranslation();
  const { number } = useFormats();
  if (total === null) return null;
  return (
    <span className={styles.total} role="status">
      {total > COUNTED_UP_TO ? t('lists.more_than', { n: number(COUNTED_UP_TO) }) : count({ count: total, n: number(total) })}
    </span>
  );
}

interface ListBodyProps {
  readonly list: ListState<unknown>;
  /** no filter is set */
  readonly isUnfiltered: boolean;
  readonly empty: ReactNode;
  readonly onClear: () => void;
  readonly onRetry: () => void;
  readonly children: ReactNode;
}

/** The rows, or the reason why there are none. */
export function ListBody({ list, isUnfiltered, empty, onClear, onRetry, children }: ListBodyProps) {
  const { t } = useTranslation();
  const { percent } = useFormats();
  useTakesKeys(!list.is_loading);
  if (list.failure && list.items.length === 0)
    return (
      <Empty title={t('lists.failed')} action={<Button onClick={onRetry}>{t('lists.retry')}</Button>}>
        {readingText(list.failure, t)}
      </Empty>
    );
  if (list.indexing !== null)
    return (
      <div className={styles.progress}>
        <b>{t('lists.indexing')}</b>
        <progress max={1} value={list.indexing} aria-label={t('lists.indexing')} />
        <span role="status">{percent(list.indexing)}</span>
        <small>{t('lists.indexing_text')}</small>
      </div>
    );
  if (!list.is_loading && list.items.length === 0)
    return isUnfiltered ? (
      empty
    ) : (
      <Empty
        title={t('lists.nothing')}
        action={
          <Button variant="default" onClick={onClear}>
            {t('lists.clear')}
          </Button>
        }
      >
        {t('lists.nothing_text')}
      </Empty>
    );
  return (
    <div className={list.is_loading && list.items.length > 0 ? styles.stale : undefined} aria-busy={list.is_loading || undefined}>
      {children}
    </div>
  );
}
