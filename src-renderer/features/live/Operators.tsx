import { Button, SegmentedControl } from '@mantine/core';
import { type RefObject, useId, useLayoutEffect, useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useDragging } from '#kit/board/dragging.ts';
import { Empty } from '#kit/layout/Empty.tsx';
import { Panel } from '#kit/layout/Panel.tsx';
import { useFormats } from '#kit/locale/locale.ts';
import { go } from '#kit/navigation/route.ts';
import { useTightRowWindow } from '#kit/table/useRowWindow.ts';
import { currentBoard, useBoard, useSlowBoard } from '#link/board.ts';
import { sortedIds } from '#link/derive.ts';
import { type Grouped, grouped, mostRows, rowsIn, slices, TILE_HEIGHT, type TileKind, tilingFor } from './groups.ts';
import live from './Live.module.css';
import styles from './Operators.module.css';
import { OperatorTile } from './OperatorTile.tsx';
import { inOrder, orderBy, orders, useOrder } from './order.ts';
import type { Drop } from './useDrop.ts';
import { useHeldStill } from './useHeldStill.ts';

/** Keeps tiles in place while somebody may be about to click in them. */
const HOLDS_MS = { atRest: 30_000, afterClick: 30_000 };

/** All operators in groups, in the chosen order. They are regrouped only now and then, and never under the pointer, around the focus or while contacts are dragged to them. */
function useGrouped() {
  const { collator, day } = useFormats();
  const sorted = useMemo(() => sortedIds(), []);
  const byName = useBoard((board) => sorted(board.operators, collator));
  const order = useOrder((state) => state.order);
  const operators = useSlowBoard((board) => board.operators);
  const wanted = useMemo(() => {
    const known = { ...currentBoard().operators, ...operators }; // those added since are shown at once
    return { order, byName, all: grouped(inOrder(byName, known, order, day), known) };
  }, [byName, operators, order, day]);
  const isDragging = useDragging(({ dragged }) => dragged.length > 0);
  const { held, handlers } = useHeldStill(wanted, HOLDS_MS, isDragging);
  const isHeld = held.order === order && held.byName === byName;
  return { all: isHeld ? held.all : wanted.all, count: byName.length, handlers };
}

/** Part of the window's height that the operators may take before they scroll, and what their panel needs besides rows. */
const SHARE = 0.6;
const AROUND_PX = 200;

/** So many operators are rendered whole: scrolling then only moves what is painted. */
const WHOLE_UP_TO = 640;

/** Size available for tiles in px; null until measured. */
function useRoom(list: RefObject<HTMLElement | null>) {
  const [room, setRoom] = useState<{ readonly width: number; readonly height: number } | null>(null);
  useLayoutEffect(() => {
    const element = list.current;
    if (!element) return;
    const measure = () => {
      const width = element.clientWidth - Number.parseFloat(getComputedStyle(element).getPropertyValue('--label'));
      const height = Math.round(SHARE * (innerHeight - AROUND_PX));
      setRoom((known) => (known?.width === width && known.height === height ? known : { width, height }));
    };
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    addEventListener('resize', measure);
    return () => {
      observer.disconnect();
      removeEventListener('resize', measure);
    };
  }, [list]);
  return room;
}

/** @param onDrop moves contacts that were dragged onto a tile */
export function Operators({ onDrop }: { onDrop: Drop }) {
  const { t } = useTranslation();
  const { all, count, handlers } = useGrouped();
  const scroller = useRef<HTMLDivElement>(null);
  return (
    <Panel title={t('live.operators')} aside={count > 0 && <OrderChoice />} scroller={scroller} className={live.operators}>
      {count === 0 ? (
        <Empty
          title={t('live.no_operators')}
          action={
            <Button data-needs="supervisor" onClick={() => go('operators')}>
              {t('operators.add')}
            </Button>
          }
        />
      ) : (
        <div {...handlers}>
          <Groups all={all} count={count} scroller={scroller} onDrop={onDrop} />
        </div>
      )}
    </Panel>
  );
}

interface GroupsProps {
  readonly all: Grouped;
  /** of all operators */
  readonly count: number;
  readonly scroller: RefObject<HTMLDivElement | null>;
  readonly onDrop: Drop;
}

function Groups({ all, count, scroller, onDrop }: GroupsProps) {
  const { t } = useTranslation();
  const { number } = useFormats();
  const list = useRef<HTMLDivElement>(null);
  const id = useId();
  const room = useRoom(list);
  const { columns, kind } = room ? tilingFor(count, room.width, room.height) : { columns: 1, kind: 'wide' as const };
  const shown = useTightRowWindow(rowsIn(all, columns), TILE_HEIGHT, scroller, Math.ceil(WHOLE_UP_TO / columns));
  return (
    <div ref={list} className={styles.groups} data-kind={kind}>
      {kind === 'wide' && <Heads columns={columns} />}
      <div style={{ minHeight: TILE_HEIGHT * mostRows(count, columns) }}>
        {room &&
          slices(all, columns, shown).map(({ group, count: size, ids, above, below }) => (
            <section key={group} className={styles.group} aria-labelledby={`${id}-${group}`} data-testid={`operators-${group}`}>
              <h3 id={`${id}-${group}`} className={styles['group-name']}>
                {t(`live.groups.${group}`)} <b>{number(size)}</b>
              </h3>
              <ul
                className={styles.tiles}
                style={{ gridTemplateColumns: `repeat(${columns}, minmax(0, 1fr))`, paddingBlock: `${above * TILE_HEIGHT}px ${below * TILE_HEIGHT}px` }}
              >
                {ids.map((operator_id) => (
                  <OperatorTile key={operator_id} id={operator_id} kind={kind} onDrop={onDrop} />
                ))}
              </ul>
            </section>
          ))}
      </div>
    </div>
  );
}

/** Names the columns of wide tiles. */
function Heads({ columns }: { columns: number }) {
  const { t } = useTranslation();
  return (
    <div className={styles.heads} style={{ gridTemplateColumns: `repeat(${columns}, minmax(0, 1fr))` }} aria-hidden="true">
      {Array.from({ length: columns }, (_, place) => place).map((place) => (
        <div key={place} className={styles.tile} data-kind={'wide' satisfies TileKind}>
          <span>{t('live.operator')}</span>
          <span>{t('live.load')}</span>
          <span className={styles.figure} title={t('live.today_head_title')}>
            {t('live.today')}
          </span>
          <span className={styles.figure} title={t('live.share_title')}>
            {t('live.share')}
          </span>
          <span className={styles.figure}>{t('live.last')}</span>
          <span className={styles['of-state']}>{t('live.active')}</span>
        </div>
      ))}
    </div>
  );
}

function OrderChoice() {
  const { t } = useTranslation();
  return (
    <SegmentedControl
      size="xs"
      aria-label={t('live.order_label')}
      data={orders.map((value) => ({ value, label: t(`live.orders.${value}`) }))}
      value={useOrder((state) => state.order)}
      onChange={orderBy}
    />
  );
}
