/** Time as the intake needs it: to measure and to repeat, never to tell the date. */
import type { Every } from '#shared/time.ts';

export interface Clock {
  /** milliseconds since some moment; never goes back */
  readonly now: () => number;
  readonly every: Every;
}

export const realClock: Clock = {
  now: () => performance.now(),
  /** No reason for the program to go on. */
  every(ms, call) {
    const timer = setInterval(call, ms).unref();
    return () => clearInterval(timer);
  },
};
