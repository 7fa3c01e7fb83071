/** Time as the intake needs it: to measure and to repeat, never to tell the date. */
export interface Clock {
  /** milliseconds since some moment; never goes back */
  readonly now: () => number;
  /** Runs `task` again and again until the returned function is called. */
  readonly every: (ms: number, task: () => void) => () => void;
}

export const realClock: Clock = {
  now: () => performance.now(),
  every(ms, task) {
    const timer = setInterval(task, ms);
    return () => clearInterval(timer);
  },
};
