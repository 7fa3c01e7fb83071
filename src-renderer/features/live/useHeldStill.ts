import { useEffect, useMemo, useRef, useState } from 'react';

/** A pointer that rests holds nothing for longer than this. */
const HOLDS_MS = 3_000;

/** Holds a list as it was when the pointer came over it, until the pointer leaves or rests. */
export function useHeldStill<T extends { readonly id: number }>(list: readonly T[]) {
  const [held, setHeld] = useState<readonly T[] | null>(null);
  const latest = useRef(list);
  const timer = useRef<ReturnType<typeof setTimeout> | undefined>(undefined);
  useEffect(() => {
    latest.current = list;
  }, [list]);
  useEffect(() => () => clearTimeout(timer.current), []);
  const handlers = useMemo(() => {
    const release = () => {
      clearTimeout(timer.current);
      setHeld(null);
    };
    return {
      onPointerMove: () => {
        clearTimeout(timer.current);
        timer.current = setTimeout(release, HOLDS_MS);
        setHeld((now) => now ?? latest.current);
      },
      onPointerLeave: release,
    };
  }, []);
  const newest = held?.[0]?.id ?? 0;
  const missed = held ? list.filter((item) => item.id > newest).length : 0;
  return { held: held ?? list, missed, handlers };
}
