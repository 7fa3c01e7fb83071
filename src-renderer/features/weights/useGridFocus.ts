import { type FocusEvent, type RefObject, useCallback, useEffect, useRef } from 'react';
import { isFocusNowhere } from '#kit/navigation/keep-focus.ts';
import { cellAt } from './cells.ts';
import { moveTo, useWeights } from './store.ts';

/** Keeps the focus within the grid while its cells come and go. @param onLeave called when the focus leaves a cell */
export function useGridFocus(grid: RefObject<HTMLTableElement | null>, onLeave: () => void) {
  const hadFocus = useRef(false);
  // When the focused cell scrolls out of the rendered range no event is fired; the grid then handles the keys.
  useEffect(() => {
    if (hadFocus.current && isFocusNowhere()) grid.current?.focus({ preventScroll: true });
  });
  /** Moving focus from a cell to its own field is not leaving. */
  const onBlur = useCallback(
    (event: FocusEvent) => {
      hadFocus.current = event.currentTarget.contains(event.relatedTarget);
      if (!event.target.contains(event.relatedTarget)) onLeave();
    },
    [onLeave],
  );
  /** Tab enters the grid. */
  const onFocus = useCallback((event: FocusEvent) => {
    hadFocus.current = true;
    const cell = cellAt(event.target);
    if (cell && useWeights.getState().cursor === null) moveTo(cell);
  }, []);
  return { onBlur, onFocus };
}
