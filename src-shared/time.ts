export const DAY_MS = 86_400_000;

/** Calls back again and again, with this much time in between, until the returned function is called. */
export type Every = (ms: number, call: () => void) => () => void;
