import { type RefObject, useCallback, useEffect, useRef } from 'react';
import { type ColumnWindow, type RowWindow, useColumnWindow, useTightRowWindow } from '#kit/table/useRowWindow.ts';

/** px */
export const ROW_HEIGHT = 45;
export const COLUMN_WIDTH = 148;
/** the sticky column of operators */
export const FIRST_WIDTH = 220;
/** rows */
const WHOLE_UP_TO = 40;

export interface GridWindow {
  readonly rows: RowWindow;
  readonly columns: ColumnWindow;
  readonly scrollTo: (row: number, column: number) => void;
}

/** The part of the grid to render while it scrolls inside `scroller`. */
export function useGridWindow(size: { readonly rows: number; readonly columns: number }, scroller: RefObject<HTMLElement | null>): GridWindow {
  const rows = useTightRowWindow(size.rows, ROW_HEIGHT, scroller, WHOLE_UP_TO);
  const columns = useColumnWindow(size.columns, COLUMN_WIDTH, scroller, FIRST_WIDTH);
  const latest = useRef({ rows, columns });
  useEffect(() => {
    latest.current = { rows, columns };
  });
  const scrollTo = useCallback((row: number, column: number) => {
    latest.current.rows.scrollTo(row);
    latest.current.columns.scrollTo(column);
  }, []);
  return { rows, columns, scrollTo };
}
