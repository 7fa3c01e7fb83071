import type { Strategy } from '../strategy.ts';

/** Candidates with the fewest contacts come first. */
export const leastLoad: Strategy = {
  summary: 'whoever holds the fewest contacts',
  key: ({ load }) => load,
  compares: { as: 'number', of: ({ load }) => load },
};
