import { type Range, useVirtualizer } from '@tanstack/react-virtual';
import type { RefObject } from 'react';

/** Row height of `table.module.css` in px, including the line. A row of another height jumps whenever the window moves. */
export const ROW_HEIGHT = 32;
/** Tables up to this length are rendered whole, so that the browser's search and the keyboard reach every row. */
const WHOLE_UP_TO = 60;
const WHOLE_COLUMNS = 12;

export interface RowWindow {
  readonly start: number;
  readonly end: number;
  /** heights in px of the rows left out above and below */
  readonly above: number;
  readonly below: number;
  readonly scrollTo: (index: number) => void;
}

export interface ColumnWindow {
  readonly start: number;
  readonly end: number;
  /** widths in px of the columns left out on either side */
  readonly left: number;
  readonly right: number;
  readonly scrollTo: (index: number) => void;
}

interface Along {
  readonly count: number;
  /** of one of them, in px */
  readonly size: number;
  readonly scroller: RefObject<HTMLElement | null>;
  /** up to this many are all rendered */
  readonly wholeUpTo: number;
  readonly horizontal: boolean;
  /** px of the scroller covered by a sticky header */
  readonly covered: number;
  readonly inBlocks: (range: Range) => number[];
}

/** The window moves in blocks: each step costs a layout of the whole table, and more rows per step cost little. */
const blocksOf =
  (block: number, overscan: number) =>
  ({ startIndex, endIndex, count }: Range): number[] => {
    const start = Math.max(0, Math.floor((startIndex - overscan) / block) * block);
    const end = Math.min(count, Math.ceil((endIndex + 1 + overscan) / block) * block);
    return Array.from({ length: end - start }, (_, place) => start + place);
  };
const rowBlocks = blocksOf(12, 6);
const tightBlocks = blocksOf(4, 2);
const columnBlocks = blocksOf(2, 1);

function useSpan({ count, size, scroller, wholeUpTo, horizontal, covered, inBlocks }: Along) {
  const enabled = count > wholeUpTo;
  // oxlint-disable-next-line react/incompatible-library -- its result is read here and passed on as plain values
  const virtual = useVirtualizer({
    count,
    getScrollElement: () => scroller.current,
    estimateSize: () => size,
    rangeExtractor: inBlocks,
    scrollPaddingEnd: covered,
    horizontal,
    enabled,
  });
  const scrollTo = (index: number) => virtual.scrollToIndex(index);
  if (!enabled) return { start: 0, end: count, before: 0, after: 0, scrollTo: () => undefined };
  const items = virtual.getVirtualItems();
  const first = items[0];
  const last = items.at(-1);
  if (!first || !last) return { start: 0, end: 0, before: 0, after: count * size, scrollTo };
  return { start: first.index, end: last.index + 1, before: first.start, after: virtual.getTotalSize() - last.end, scrollTo };
}

/** The rows of a long table to render while it scrolls inside `scroller`. */
export function useRowWindow(count: number, rowHeight: number, scroller: RefObject<HTMLElement | null>): RowWindow {
  const span = useSpan({ count, size: rowHeight, scroller, wholeUpTo: WHOLE_UP_TO, horizontal: false, covered: rowHeight, inBlocks: rowBlocks });
  const { start, end, before, after, scrollTo } = span;
  return { start, end, above: before, below: after, scrollTo };
}

/** The same with little overscan: for rows of many cells, or rows that all change many times a second. */
export function useTightRowWindow(count: number, rowHeight: number, scroller: RefObject<HTMLElement | null>, wholeUpTo: number): RowWindow {
  const span = useSpan({ count, size: rowHeight, scroller, wholeUpTo, horizontal: false, covered: rowHeight, inBlocks: tightBlocks });
  const { start, end, before, after, scrollTo } = span;
  return { start, end, above: before, below: after, scrollTo };
}

/** The columns of a wide table to render; the first `covered` px are sticky. */
export function useColumnWindow(count: number, columnWidth: number, scroller: RefObject<HTMLElement | null>, covered: number): ColumnWindow {
  const span = useSpan({ count, size: columnWidth, scroller, wholeUpTo: WHOLE_COLUMNS, horizontal: true, covered, inBlocks: columnBlocks });
  const { start, end, before, after, scrollTo } = span;
  return { start, end, left: before, right: after, scrollTo };
}
