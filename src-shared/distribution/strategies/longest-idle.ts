import type { Strategy } from '../strategy.ts';

/** Candidates whose latest contact is longest ago come first, and before them those who never had one. */
export const longestIdle: Strategy = {
  summary: 'whoever has been given nothing for the longest time',
  key: ({ operator_id }, { latestDecision }) => latestDecision(operator_id),
  reads: 'latestDecision',
};
