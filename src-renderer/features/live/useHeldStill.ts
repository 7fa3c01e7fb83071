import { type FocusEvent, type PointerEvent, useEffect, useMemo, useRef, useState } from 'react';

/** A resting pointer holds the list no longer than this. */
const HOLDS_MS = { atRest: 3_000, afterClick: 600 };

/**
 * Freezes the shown value while the pointer is over it or the keyboard works in it, until both leave, rest or the pointer has clicked, so that nothing moves
 * away from a click or a key.
 * After a click the reader expects to see the outcome; a second click right after it still refers to the same row.
 * @param isPinned freezes it as long as this is so, wherever the pointer is
 */
export function useHeldStill<T>(value: T, { atRest, afterClick } = HOLDS_MS, isPinned = false) {
  const [held, setHeld] = useState<{ readonly value: T } | null>(null);
  const [pin, setPin] = useState<{ readonly value: T } | null>(null);
  if (isPinned !== (pin !== null)) setPin(isPinned ? { value } : null);
  const current = pin ? pin.value : value;
  const latest = useRef(current);
  const timer = useRef<ReturnType<typeof setTimeout> | undefined>(undefined);
  const clicked = useRef(false);
  useEffect(() => {
    latest.current = current;
  }, [current]);
  useEffect(() => () => clearTimeout(timer.current), []);
  const handlers = useMemo(() => {
    const release = () => {
      clearTimeout(timer.current);
      clicked.current = false;
      setHeld(null);
    };
    const releaseAfter = (ms: number) => {
      clearTimeout(timer.current);
      timer.current = setTimeout(release, ms);
    };
    const hold = () => {
      if (!clicked.current) releaseAfter(atRest);
      setHeld((now) => now ?? { value: latest.current });
    };
    return {
      onPointerMove: hold,
      onDragOver: hold, // during a drag there are no pointer events
      onClick: () => {
        clicked.current = true;
        releaseAfter(afterClick);
      },
      onPointerLeave: ({ currentTarget }: PointerEvent) => {
        if (currentTarget.querySelector(':focus-visible') === null) release();
      },
      onFocus: ({ target }: FocusEvent) => {
        if (target.matches(':focus-visible')) hold();
      },
      onKeyDown: hold,
      onBlur: ({ currentTarget, relatedTarget }: FocusEvent) => {
        const isInside = relatedTarget instanceof Node && currentTarget.contains(relatedTarget);
        if (!isInside && !currentTarget.matches(':hover')) release();
      },
    };
  }, [atRest, afterClick]);
  return { held: held ? held.value : current, handlers };
}
