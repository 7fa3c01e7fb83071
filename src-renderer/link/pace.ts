/** How soon something may be done again: a few times at once, then evenly. Pure. */
export interface Pace {
  /** on average, in the long run */
  readonly every_ms: number;
  /** so many may follow each other sooner than that */
  readonly at_once: number;
  /** but never sooner than this after each other */
  readonly apart_ms: number;
}

/** Call at each time that it is done; answers how many milliseconds to wait before the next. */
export function paced({ every_ms, at_once, apart_ms }: Pace): (now: number) => number {
  let left = at_once;
  let last: number | null = null;
  return (now) => {
    left = Math.min(at_once, left + (last === null ? 0 : Math.max(0, now - last) / every_ms)) - 1;
    last = now;
    return Math.max(apart_ms, (1 - left) * every_ms);
  };
}
