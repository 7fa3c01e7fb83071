import { byKey } from '../by-key.ts';

/** Draws among all eligible candidates, in proportion to their weights. */
export const weighted = byKey(() => 0);
