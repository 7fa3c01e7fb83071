/** Rate limiting: a burst at once, then evenly spaced. Pure. */
export interface Pace {
  /** average interval in the long run */
  readonly every_ms: number;
  /** burst size */
  readonly at_once: number;
  /** minimum interval */
  readonly apart_ms: number;
}

/** Call each time; returns the milliseconds to wait before the next. */
export function paced({ every_ms, at_once, apart_ms }: Pace): (now: number) => number {
  let left = at_once;
  let last: number | null = null;
  return (now) => {
    left = Math.min(at_once, left + (last === null ? 0 : Math.max(0, now - last) / every_ms)) - 1;
    last = now;
    return Math.max(apart_ms, (1 - left) * every_ms);
  };
}
