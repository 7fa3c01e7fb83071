/** When the schedules of operators are looked up next: deadlines of kind `boundary`, one for each operator who has a schedule. */
import { hoursOf } from '#shared/operator-hours.ts';
import { presenceAt } from '#shared/schedule.ts';
import { DAY_MS } from '#shared/time.ts';
import { hastenBoundaries as hasten } from '#store/tables/deadlines.ts';
import type { Write } from './write.ts';

/** Schedules that change nothing within a year are looked up again after one. */
const LATEST_MS = 366 * DAY_MS;

/** Sets when the operator's schedule says something else than now. What it says now changes nothing: a schedule acts from its next boundary. */
export function lookUpBoundary(write: Write, operator_id: number): void {
  const operator = write.board.operators[operator_id];
  const hours = operator ? hoursOf(write.board, operator) : null;
  if (!hours) write.clearDeadline('boundary', operator_id);
  else {
    const due_at = presenceAt(hours, write.now).until ?? write.now + LATEST_MS;
    write.setDeadline({ kind: 'boundary', subject_id: operator_id, decision_id: 0, since: write.now, due_at });
  }
}

/** The same for all operators who have this schedule, soon: there may be thousands. */
export const hastenBoundaries = (write: Write, schedule_id: number): void => hasten(write.tx, schedule_id, write.now);
