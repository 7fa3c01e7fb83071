import { useEffect, useMemo, useRef, useState } from 'react';

/** A pointer that rests holds nothing for longer than this. */
const HOLDS_MS = { atRest: 3_000, afterClick: 600 };

/**
 * Holds what is shown as it was when the pointer came over it, until the pointer leaves or rests, or has clicked: so that nothing slips away from under a click.
 * After a click its reader looks for what came of it; a second click that follows at once is still meant for the same thing.
 */
export function useHeldStill<T>(value: T, { atRest, afterClick } = HOLDS_MS) {
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
        if (!clicked.current) releaseAfter(atRest);
        setHeld((now) => now ?? { value: latest.current });
      },
      onClick: () => {
        clicked.current = true;
        releaseAfter(afterClick);
      },
      onPointerLeave: release,
    };
  }, [atRest, afterClick]);
  return { held: held ? held.value : value, handlers };
}
