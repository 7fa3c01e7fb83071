import type { Strategy } from '../strategy.ts';

/** Draws among all eligible candidates, in proportion to their weights. */
export const weighted = { summary: 'draws by weight', key: null } satisfies Strategy;
