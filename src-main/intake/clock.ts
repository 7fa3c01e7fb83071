/** A clock for measuring intervals and for timers, not for the date. */
import type { Every } from '#shared/time.ts';

export interface Clock {
  /** milliseconds since an arbitrary moment; monotonic */
  readonly now: () => number;
  readonly every: Every;
}

export const realClock: Clock = {
  now: () => performance.now(),
  /** The timer does not keep the process alive. */
  every(ms, call) {
    const timer = setInterval(call, ms).unref();
    return () => clearInterval(timer);
  },
};
