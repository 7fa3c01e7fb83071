import { Button } from '@mantine/core';
import { useMemo, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { Empty } from '#kit/layout/Empty.tsx';
import { Panel } from '#kit/layout/Panel.tsx';
import { useFormats } from '#kit/locale/locale.ts';
import { go } from '#kit/navigation/route.ts';
import { GapRow } from '#kit/table/GapRow.tsx';
import table from '#kit/table/table.module.css';
import { ROW_HEIGHT, useRowWindow } from '#kit/table/useRowWindow.ts';
import { useBoard, useSlowBoard } from '#link/board.ts';
import { sortedIds } from '#link/derive.ts';
import styles from './Live.module.css';
import { OperatorRow } from './OperatorRow.tsx';
import { OrderHead } from './OrderHead.tsx';
import { inOrder, useOrder } from './order.ts';
import type { Drop } from './useDrop.ts';
import { useHeldStill } from './useHeldStill.ts';

/** Keeps rows in place while somebody may be about to click in them. */
const HOLDS_MS = { atRest: 30_000, afterClick: 30_000 };

/** The operators in the chosen order. Except by name, they are re-sorted only now and then, and never under the pointer. */
function useOrdered() {
  const { collator, day } = useFormats();
  const sorted = useMemo(() => sortedIds(), []);
  const byName = useBoard((board) => sorted(board.operators, collator));
  const order = useOrder();
  const operators = useSlowBoard((board) => (order.by === 'name' ? null : board.operators));
  const wanted = useMemo(() => ({ order, ids: inOrder(byName, operators ?? {}, order, day) }), [byName, operators, order, day]);
  const { held, handlers } = useHeldStill(wanted, HOLDS_MS);
  return order.by !== 'name' && held.order === order ? { ids: held.ids, handlers } : { ids: wanted.ids, handlers: order.by === 'name' ? {} : handlers };
}

/** @param onDrop moves contacts that were dragged onto a row */
export function Operators({ onDrop }: { onDrop: Drop }) {
  const { t } = useTranslation();
  const { ids, handlers } = useOrdered();
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
              <OrderHead column="name">{t('live.operator')}</OrderHead>
              <OrderHead column="load">{t('live.load')}</OrderHead>
              <OrderHead column="today" className={table.number}>
                {t('live.today')}
              </OrderHead>
              <th scope="col" className={table.number}>
                <span title={t('live.share_title')}>{t('live.share')}</span>
              </th>
              <OrderHead column="last" className={table.number}>
                {t('live.last')}
              </OrderHead>
              <OrderHead column="active">{t('live.active')}</OrderHead>
            </tr>
          </thead>
          <tbody {...handlers}>
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
