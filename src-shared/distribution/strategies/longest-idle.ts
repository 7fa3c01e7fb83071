import type { Strategy } from '../strategy.ts';

/** Who has been given nothing for the longest time comes first; whoever never got a contact, before all others. */
export const longestIdle: Strategy = { key: ({ operator_id }, { latestDecision }) => latestDecision(operator_id) };
