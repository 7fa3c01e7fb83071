import { useEffect, useMemo, useRef, useState } from 'react';

/** A pointer that rests holds nothing for longer than this. */
const HOLDS_MS = 3_000;
/** After a click its reader looks for what came of it; a second click that follows at once is still meant for the same thing. */
const HOLDS_AFTER_CLICK_MS = 600;

/** Holds what is shown as it was when the pointer came over it, until the pointer leaves or rests, or has clicked: so that nothing slips away from under a click. */
export function useHeldStill<T>(value: T) {
  const [held, setHeld] = useState<{ readonly value: T } | null>(null);
  const latest = useRef(value);
  const timer = useRef<ReturnType<typeof setTimeout> | undefined>(undefined);
  const clicked = useRef(false);
  useEffect(() => {
    latest.current = value;
  }, [value]);
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
    return {
      onPointerMove: () => {
        if (!clicked.current) releaseAfter(HOLDS_MS);
        setHeld((now) => now ?? { value: latest.current });
      },
      onClick: () => {
        clicked.current = true;
        releaseAfter(HOLDS_AFTER_CLICK_MS);
      },
      onPointerLeave: release,
    };
  }, []);
  return { held: held ? held.value : value, handlers };
}
