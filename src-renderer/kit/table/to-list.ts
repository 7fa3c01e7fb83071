/** Moves the focus from a filter to its results, so that row shortcuts work at once and type into no field. */
import { useEffect, useRef } from 'react';
import { create } from 'zustand';
import { isFocusNowhere } from '#kit/navigation/keep-focus.ts';

const useAsked = create<{ nth: number }>(() => ({ nth: 0 }));

/** Leaves the field; the first row takes the focus once the list is loaded. */
export function goToList(): void {
  setTimeout(() => {
    const active = document.activeElement;
    if (active instanceof HTMLElement && !active.closest('[data-row]')) active.blur(); // keeps a row focused meanwhile
    useAsked.setState(({ nth }) => ({ nth: nth + 1 }));
  }); // the field may still be handling the choice
}

/** Focuses the first row of the screen, or the first cell of a grid, after a filter gave up the focus, unless something else has taken it. */
export function useTakesKeys(isReady: boolean): void {
  const nth = useAsked((state) => state.nth);
  const taken = useRef(nth);
  useEffect(() => {
    if (!isReady || nth === taken.current) return;
    const timer = setTimeout(() => {
      taken.current = nth;
      if (isFocusNowhere()) document.querySelector<HTMLElement>('main [data-row], main [data-cell]')?.focus();
    }); // a query that has just changed is under way by then, and cancels this
    return () => clearTimeout(timer);
  }, [nth, isReady]);
}
