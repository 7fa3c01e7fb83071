import { Button, SegmentedControl } from '@mantine/core';
import { useMemo, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { Empty } from '#kit/layout/Empty.tsx';
import { Panel } from '#kit/layout/Panel.tsx';
import { useFormats } from '#kit/locale/locale.ts';
import { go } from '#kit/navigation/route.ts';
import { GapRow } from '#kit/table/GapRow.tsx';
import table from '#kit/table/table.module.css';
import { ROW_HEIGHT, useRowWindow } from '#kit/table/useRowWindow.ts';
import { currentBoard, useBoard, useCalmBoard, useSlowBoard } from '#link/board.ts';
import { sortedIds } from '#link/derive.ts';
import styles from './Live.module.css';
import { OperatorRow } from './OperatorRow.tsx';
import { OrderHead } from './OrderHead.tsx';
import { countsOf, inOrder, sets, show, shownSets, useOrder, useShown } from './order.ts';
import type { Drop } from './useDrop.ts';
import { useHeldStill } from './useHeldStill.ts';

/** Keeps rows in place while somebody may be about to click in them. */
const HOLDS_MS = { atRest: 30_000, afterClick: 30_000 };

/** The shown operators in the chosen order. They are re-sorted only now and then, and never under the pointer. */
function useOrdered() {
  const { collator, day } = useFormats();
  const sorted = useMemo(() => sortedIds(), []);
  const byName = useBoard((board) => sorted(board.operators, collator));
  const order = useOrder();
  const shown = useShown((state) => state.shown);
  const operators = useSlowBoard((board) => board.operators);
  const weights = useSlowBoard((board) => board.weights);
  const wanted = useMemo(() => {
    const known = { ...currentBoard().operators, ...operators }; // those added since are shown at once
    const isIn = sets({ weights })[shown];
    const ids = byName.filter((id) => known[id] && isIn(known[id]));
    return { order, shown, byName, ids: inOrder(ids, known, order, day) };
  }, [byName, operators, weights, order, shown, day]);
  const { held, handlers } = useHeldStill(wanted, HOLDS_MS);
  const isHeld = held.order === order && held.shown === shown && held.byName === byName;
  return { ids: isHeld ? held.ids : wanted.ids, isNobody: byName.length === 0, handlers };
}

/** @param onDrop moves contacts that were dragged onto a row */
export function Operators({ onDrop }: { onDrop: Drop }) {
  const { t } = useTranslation();
  const { ids, isNobody, handlers } = useOrdered();
  const scroller = useRef<HTMLDivElement>(null);
  const rows = useRowWindow(ids.length, ROW_HEIGHT, scroller);
  return (
    <Panel title={t('live.operators')} aside={!isNobody && <ShownSets />} scroller={scroller} className={styles.operators}>
      {isNobody ? (
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
                <span title={t('live.today_head_title')}>{t('live.today')}</span>
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
      {ids.length === 0 && !isNobody && <p className={styles.more}>{t('live.none_shown')}</p>}
    </Panel>
  );
}

function ShownSets() {
  const { t } = useTranslation();
  const { number } = useFormats();
  const { operators, weights } = useCalmBoard();
  const counts = useMemo(() => countsOf({ operators, weights }), [operators, weights]);
  return (
    <SegmentedControl
      size="xs"
      aria-label={t('live.shown_label')}
      data={shownSets.map((value) => ({ value, label: `${t(`live.shown.${value}`)} ${number(counts[value])}` }))}
      value={useShown((state) => state.shown)}
      onChange={show}
    />
  );
}
