import { MAX_LOAD_MAX } from '#shared/contract/limits.ts';
import type { Strategy } from '../strategy.ts';

/** Two different shares differ by at least 1 / limit², so they differ by more than one after scaling. */
const SCALE = 4 * MAX_LOAD_MAX ** 2;

/** Candidates who use the smallest share of their limit come first. The key is load / max_load, scaled to a whole number: equal exactly for equal shares. */
export const leastShare: Strategy = {
  summary: 'whoever uses the smallest part of the limit',
  key: ({ load, max_load }) => (max_load === 0 ? SCALE : Math.floor((load * SCALE) / max_load)),
  compares: { as: 'share', of: ({ load, max_load }) => (max_load > 0 ? load / max_load : 1) },
};
