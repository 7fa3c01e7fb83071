import { type MouseEvent, type RefObject, useCallback, useEffect, useState } from 'react';
import { cellAt, headAt, isAll, isHandle, weightOf } from './cells.ts';
import { fillStretched, moveTo, selectAll, selectWhole, stretchTo, type, useWeights } from './store.ts';

/** Down to the last operator. */
function fillToEnd(): void {
  const { area, order } = useWeights.getState();
  const [operator_id, source_id] = [order.operators.at(-1), area ? order.sources[area.right] : undefined];
  if (operator_id === undefined || source_id === undefined) return;
  stretchTo({ operator_id, source_id });
  fillStretched(weightOf);
}

/**
 * The mouse in the grid: a drag selects; dragging the handle of the selection fills adjacent cells, and a double click there fills down to the
 * end; a header selects its whole row or column. @param commitTyped called before another cell is chosen
 */
export function useGridMouse(grid: RefObject<HTMLTableElement | null>, commitTyped: () => void) {
  const [dragged, setDragged] = useState<'selection' | 'corner' | 'rows' | 'columns' | null>(null);

  const onMouseDown = useCallback(
    (event: MouseEvent) => {
      if (event.button !== 0 || event.target instanceof HTMLInputElement) return;
      const head = headAt(event.target);
      if (head || isAll(event.target)) {
        event.preventDefault();
        commitTyped();
        grid.current?.focus({ preventScroll: true }); // the first cell may not be rendered
        if (!head) return selectAll();
        selectWhole(head.what, (event.shiftKey && useWeights.getState().anchor) || head.cell, head.cell);
        return setDragged(head.what);
      }
      const cell = cellAt(event.target);
      if (!cell) return;
      event.preventDefault(); // keeps the browser from selecting text and moving the focus
      commitTyped();
      if (isHandle(event.target)) return setDragged('corner');
      if (event.target instanceof Element) event.target.closest<HTMLElement>('[data-cell]')?.focus(); // the cursor may be there already
      moveTo(cell, event.shiftKey);
      setDragged('selection');
    },
    [grid, commitTyped],
  );

  useEffect(() => {
    if (dragged === null) return;
    const stop = () => {
      if (dragged === 'corner') fillStretched(weightOf);
      setDragged(null);
    };
    window.addEventListener('mouseup', stop);
    return () => window.removeEventListener('mouseup', stop);
  }, [dragged]);

  const onMouseOver = useCallback(
    (event: MouseEvent) => {
      if (dragged === null) return;
      const cell = cellAt(event.target);
      const { anchor } = useWeights.getState();
      if (dragged === 'rows' || dragged === 'columns') {
        const head = headAt(event.target);
        const over = head?.what === dragged ? head.cell : cell;
        if (over && anchor) selectWhole(dragged, anchor, over);
      } else if (cell && dragged === 'corner') stretchTo(cell);
      else if (cell) moveTo(cell, true);
    },
    [dragged],
  );

  const onDoubleClick = useCallback((event: MouseEvent) => {
    const cell = cellAt(event.target);
    if (isHandle(event.target)) fillToEnd();
    else if (cell) type(String(weightOf(cell) ?? ''));
  }, []);

  /** Ends a drag of the handle without filling. Returns whether there was one. */
  const cancelFill = useCallback((): boolean => {
    if (dragged !== 'corner') return false;
    stretchTo(null);
    setDragged(null);
    return true;
  }, [dragged]);

  return { isDragging: dragged !== null, cancelFill, onMouseDown, onMouseOver, onDoubleClick };
}
