import { weighted } from './strategies/weighted.ts';
import type { Strategy } from './strategy.ts';

/** All strategies by name. `strategies.test.ts` tests the rules that each of them must satisfy. */
export const strategies = { weighted } satisfies Record<string, Strategy>;

/** The strategy of every source; sources cannot choose another yet. */
export const usualStrategy: Strategy = strategies.weighted;
