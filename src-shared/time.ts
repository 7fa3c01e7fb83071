export const DAY_MS = 86_400_000;

/** Calls back repeatedly at this interval, until the returned function is called. */
export type Every = (ms: number, call: () => void) => () => void;
