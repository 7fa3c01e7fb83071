import { Button } from '@mantine/core';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { Empty } from '#kit/layout/Empty.tsx';
import { Panel } from '#kit/layout/Panel.tsx';
import { SkeletonLines } from '#kit/layout/Skeleton.tsx';
import { readingText } from '#kit/notices/problem-text.ts';
import { FoldedLine } from './FoldedLine.tsx';
import styles from './Refused.module.css';
import { RefusedItem } from './RefusedItem.tsx';
import { followRefused, loadMore, useRefused } from './store.ts';

/** Contacts that were refused: each waits here for a person. When a source has too many, the oldest are only counted. */
export function RefusedScreen() {
  const { t } = useTranslation();
  useEffect(followRefused, []);
  const { items, folded, next_cursor, failure } = useRefused();
  return (
    <Panel title={t('refused.title')} aside={<span className={styles.hint}>{t('refused.hint')}</span>} className={styles.panel}>
      {failure && (
        <p role="alert" className={styles.failure}>
          {readingText(failure, t)}
        </p>
      )}
      {!items && !failure && <SkeletonLines />}
      {items?.length === 0 && <Empty title={t('refused.empty')}>{t('refused.empty_text')}</Empty>}
      <ul className={styles.list}>
        {items?.map((item) => (
          <RefusedItem key={item.id} item={item} />
        ))}
      </ul>
      {next_cursor && (
        <div className={styles.more}>
          <Button variant="default" onClick={() => void loadMore()}>
            {t('refused.more')}
          </Button>
        </div>
      )}
      {folded.map((one) => (
        <FoldedLine key={one.source_id} folded={one} />
      ))}
    </Panel>
  );
}
