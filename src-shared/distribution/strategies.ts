import { weighted } from './strategies/weighted.ts';
import type { Strategy } from './strategy.ts';

/** By name. What must hold for each of them is tested over this list (`strategies.test.ts`). */
export const strategies = { weighted } satisfies Record<string, Strategy>;

/** The strategy of every source: there is no rule yet by which a source could have another. */
export const usualStrategy: Strategy = strategies.weighted;
