import { between, type Thing } from '#engine/configuration/things/thing.ts';
import { lookUpBoundary } from '#engine/core/boundaries.ts';
import { fail, notInUse } from '#shared/contract/problems.ts';
import type { OwnShift } from '#shared/operator-hours.ts';
import { putShift } from '#store/tables/schedules.ts';

/** Dates that an operator can have: those of two years. */
const DATES_MAX = 750;

/** What an operator does on single dates, by the operator's id. Its fields are dates; null is what the schedule says. */
export const shiftsThing = {
  fields: ({ board }, id) => (board.operators[id] ? { ...board.operators[id].shifts } : null),
  problem({ isGone }, { id, fields, present }) {
    if (!present || isGone('operator', id)) return notInUse('operator', id, present);
    const dates = Object.values({ ...present, ...fields }).filter((shift) => shift !== null);
    if (dates.length <= DATES_MAX) return null;
    return fail('validation_failed', `Operator ${id} would have more than ${DATES_MAX} dates of its own. Take some that are past away first.`, {
      errors: [{ path: '/date', message: 'is one too many' }],
    });
  },
  isLate: true,
  put(write, { id: operator_id, fields, before, note }) {
    const shifts = fields as Readonly<Record<string, OwnShift | null>>; // fields of `shifts` are these
    for (const [date, shift] of Object.entries(shifts)) putShift(write.tx, operator_id, date, shift);
    const former = Object.fromEntries(Object.keys(shifts).map((date) => [date, before[date] ?? null]));
    write.emit({ kind: 'shifts_saved', operator_id, shifts }, { before: former, after: shifts, ...note });
    lookUpBoundary(write, operator_id);
  },
  differences: {
    shifts_saved: ({ operator_id }, { before, after }) => (operator_id === null ? null : between({ kind: 'shifts', id: operator_id }, before, after)),
  },
} satisfies Thing<'shifts'>;
