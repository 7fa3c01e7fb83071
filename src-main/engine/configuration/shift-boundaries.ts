/**
 * What the desk does when the schedule of an operator says something else: it presses the switch that a supervisor presses. It never overrules a person:
 * it switches on only whom it switched off itself, or nobody ever did; whoever was switched off by hand stays off until the shift of that moment ends.
 */
import { lookUpBoundary } from '#engine/core/boundaries.ts';
import type { Answer, Write } from '#engine/core/write.ts';
import type { BoardOperator } from '#shared/board.ts';
import { ok, type Result } from '#shared/contract/problems.ts';
import { defaultHours, hoursOf } from '#shared/operator-hours.ts';
import { boundariesBetween, type Hours, type Phase, presenceAt } from '#shared/schedule.ts';
import type { Deadline } from '#store/tables/deadlines.ts';
import { configure } from './configuration.ts';
import { leaveOperators } from './leave.ts';

/** Of several boundaries that passed meanwhile only the last one is carried out. */
export function reachBoundary(write: Write, { subject_id: operator_id, since }: Deadline): Answer<null> {
  const operator = write.board.operators[operator_id];
  const hours = operator ? hoursOf(write.board, operator) : null;
  if (!operator || !hours) return ok(null);
  const passed = boundariesBetween(hours, since, write.now);
  lookUpBoundary(write, operator_id);
  const last = passed.at(-1);
  if (!last) return ok(null);
  if (passed.length > 1) write.emit({ kind: 'shift_boundaries_missed', operator_id }, { since, missed: passed.slice(0, -1) });
  const done = begin(write, operator, hours, last.phase, since);
  if (!done.ok) throw new Error(`the shift of operator ${operator_id} could not go on: ${done.problem.detail}`);
  return ok(null);
}

function begin(write: Write, operator: BoardOperator, hours: Hours, phase: Phase, since: number): Result<unknown> {
  const { id, is_active, inactive_reason, switched_by = 'desk' } = operator;
  const note = { shift: phase };
  const set = (fields: object) => configure(write, [{ kind: 'operator', id, fields: { ...fields } }], note);
  const goOff = (reason: 'lunch' | 'closing') => set({ is_active: false, inactive_reason: reason });
  if (is_active) {
    if (phase === 'work') return ok(null);
    return phase === 'off' ? goHome(write, operator, note) : goOff(phase);
  }
  const isByDesk = switched_by === 'desk';
  const isFree = isByDesk || isShiftOver(hours, operator.active_changed_at, write.now);
  const { from = 0 } = presenceAt(hours, write.now).shift ?? {};
  const begins = from > since; // the shift, within the time that was looked at
  switch (phase) {
    case 'work':
      if (isByDesk && inactive_reason === 'lunch' && !begins) return set({ is_active: true });
      return begins && isFree && operator.hours?.start === 'auto' ? set({ is_active: true }) : ok(null);
    case 'lunch':
      return begins && isFree && operator.hours?.start === 'auto' ? goOff('lunch') : ok(null);
    case 'closing':
      return ok(null);
    case 'off':
      return isFree && inactive_reason !== 'shift_over' ? goHome(write, operator, note) : ok(null);
  }
}

const goHome = (write: Write, { id, hours = defaultHours }: BoardOperator, note: object): Result<unknown> =>
  leaveOperators(write, [id], { reason: 'shift_over', contacts: hours.at_end }, note);

/** Whether the shift of a moment has ended by now; false if the moment was in none. */
function isShiftOver(hours: Hours, at: number, now: number): boolean {
  const { shift } = presenceAt(hours, at);
  return shift !== null && shift.to !== null && shift.to <= now;
}
