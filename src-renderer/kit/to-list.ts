/** From a filter to what it found: the keys of the rows work at once, and type into no field. */
import { useEffect, useRef } from 'react';
import { create } from 'zustand';
import { isFocusNowhere } from './keep-focus.ts';

const useAsked = create<{ nth: number }>(() => ({ nth: 0 }));

/** Leaves the field; the list's first row gets the keys as soon as the list is there. */
export function goToList(): void {
  setTimeout(() => {
    const active = document.activeElement;
    if (active instanceof HTMLElement && !active.closest('[data-row]')) active.blur(); // a row that a quick hand has reached meanwhile stays
    useAsked.setState(({ nth }) => ({ nth: nth + 1 }));
  }); // the field may still have something to do with what was chosen
}

/** The first row of the screen, or the first cell of a grid, takes the keys that a filter gave away, unless somebody else has got them meanwhile. */
export function useTakesKeys(isReady: boolean): void {
  const nth = useAsked((state) => state.nth);
  const taken = useRef(nth);
  useEffect(() => {
    if (!isReady || nth === taken.current) return;
    const timer = setTimeout(() => {
      taken.current = nth;
      if (isFocusNowhere()) document.querySelector<HTMLElement>('main [data-row], main [data-cell]')?.focus();
    }); // a query that has just changed is on its way by then, and calls this off
    return () => clearTimeout(timer);
  }, [nth, isReady]);
}
