import { useVirtualizer } from '@tanstack/react-virtual';
import type { RefObject } from 'react';

/** Tables up to this long are rendered whole: the browser's own search and the keyboard reach every row. */
const WHOLE_UP_TO = 60;
const OVERSCAN = 8;

export interface RowWindow {
  readonly start: number;
  readonly end: number;
  /** heights in px of what is left out above and below */
  readonly above: number;
  readonly below: number;
  readonly scrollTo: (index: number) => void;
}

/** Which rows of a long table to render while it is scrolled inside `scroller`. */
export function useRowWindow(count: number, rowHeight: number, scroller: RefObject<HTMLElement | null>): RowWindow {
  const enabled = count > WHOLE_UP_TO;
  // oxlint-disable-next-line react/incompatible-library -- what it returns is read here and passed on as plain values
  const virtual = useVirtualizer({ count, getScrollElement: () => scroller.current, estimateSize: () => rowHeight, overscan: OVERSCAN, enabled });
  const scrollTo = (index: number) => virtual.scrollToIndex(index);
  if (!enabled) return { start: 0, end: count, above: 0, below: 0, scrollTo: () => undefined };
  const items = virtual.getVirtualItems();
  const first = items[0];
  const last = items.at(-1);
  if (!first || !last) return { start: 0, end: 0, above: 0, below: count * rowHeight, scrollTo };
  return { start: first.index, end: last.index + 1, above: first.start, below: virtual.getTotalSize() - last.end, scrollTo };
}
