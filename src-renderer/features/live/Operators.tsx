import { Button } from '@mantine/core';
import { useMemo, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { Empty } from '../../kit/Empty.tsx';
import { GapRow } from '../../kit/GapRow.tsx';
import { Panel } from '../../kit/Panel.tsx';
import { useFormats } from '../../kit/reading.ts';
import { go } from '../../kit/route.ts';
import table from '../../kit/table.module.css';
import { ROW_HEIGHT, useRowWindow } from '../../kit/useRowWindow.ts';
import { useBoard } from '../../link/board.ts';
import { sortedIds } from '../../link/derive.ts';
import styles from './Live.module.css';
import { OperatorRow } from './OperatorRow.tsx';
import type { Drop } from './useDrop.ts';

/** @param onDrop moves contacts that were dragged onto a row */
export function Operators({ onDrop }: { onDrop: Drop }) {
  const { t } = useTranslation();
  const { collator } = useFormats();
  const sorted = useMemo(() => sortedIds(), []);
  const ids = useBoard((board) => sorted(board.operators, collator));
  const scroller = useRef<HTMLDivElement>(null);
  const rows = useRowWindow(ids.length, ROW_HEIGHT, scroller);
  return (
    <Panel title={t('live.operators')} scroller={scroller} className={styles.operators}>
      {ids.length === 0 ? (
        <Empty title={t('live.no_operators')} action={<Button onClick={() => go('operators')}>{t('operators.add')}</Button>} />
      ) : (
        <table className={table.table}>
          <colgroup>
            <col />
            <col className={styles['col-load']} />
            <col className={styles['col-today']} />
            <col className={styles['col-share']} />
            <col className={styles['col-last']} />
            <col className={styles['col-active']} />
          </colgroup>
          <thead>
            <tr>
              <th scope="col">{t('live.operator')}</th>
              <th scope="col">{t('live.load')}</th>
              <th scope="col" className={table.number}>
                {t('live.today')}
              </th>
              <th scope="col" className={table.number}>
                <span title={t('live.share_title')}>{t('live.share')}</span>
              </th>
              <th scope="col" className={table.number}>
                {t('live.last')}
              </th>
              <th scope="col">{t('live.active')}</th>
            </tr>
          </thead>
          <tbody>
            <GapRow height={rows.above} />
            {ids.slice(rows.start, rows.end).map((id) => (
              <OperatorRow key={id} id={id} onDrop={onDrop} />
            ))}
            <GapRow height={rows.below} />
          </tbody>
        </table>
      )}
    </Panel>
  );
}
