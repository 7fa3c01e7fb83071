import type { Strategy } from '../strategy.ts';

/** Who holds the fewest contacts comes first. */
export const leastLoad: Strategy = { key: ({ load }) => load };
