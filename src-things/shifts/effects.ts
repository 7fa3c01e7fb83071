import { effect } from '#shared/effects/effect.ts';
import type { OwnShift } from '#shared/operator-hours.ts';

export const shiftsEffects = {
  shifts_saved: effect<{
    readonly operator_id: number /** by date; null: what the schedule says */;
    readonly shifts: Readonly<Record<string, OwnShift | null>>;
  }>()({
    event: 'It was set what an operator does on single dates instead of what the schedule says.',
    topic: 'operators',
    apply(draft, { operator_id, shifts }) {
      const { shifts: former, ...operator } = draft.operator(operator_id);
      const all = Object.entries({ ...former, ...shifts }).filter((entry): entry is [string, OwnShift] => entry[1] !== null);
      const sorted = Object.fromEntries(all.sort(([a], [b]) => (a < b ? -1 : 1)));
      draft.part('operators')[operator_id] = all.length === 0 ? operator : { ...operator, shifts: sorted };
    },
    thing: 'shifts',
    subject: ({ operator_id }) => ({ operator_id }),
  }),
  shift_boundaries_missed: effect<{ readonly operator_id: number }>()({
    event: 'Boundaries of shifts of `operator_id` passed while the desk was not up. Only the last one was carried out.',
    apply: null,
    subject: ({ operator_id }) => ({ operator_id }),
  }),
};
