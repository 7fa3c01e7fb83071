import { lookUpBoundary } from '#engine/core/boundaries.ts';
import type { Answer, Write } from '#engine/core/write.ts';
import { presentOperator } from '#engine/views/present.ts';
import type { Operator, OperatorInput, OperatorPatch } from '#shared/contract/entities.ts';
import { hoursGiven } from '#shared/contract/operator-hours.ts';
import { notFound, notInUse, ok, type Result } from '#shared/contract/problems.ts';
import { insertOperator, operatorById, operatorNamed } from '#store/tables/operators.ts';
import { announceOperator, hoursIn } from '#things/operator/thing.ts';
import { configure } from './configuration.ts';
import { nameTaken } from './things/thing.ts';

/** The operator as seen within this write. */
function presented(write: Write, id: number): Result<Operator> {
  const row = operatorById(write.tx, id);
  return row ? ok(presentOperator(write, row)) : notFound('operator', id);
}

/** Adds an operator. Fails with `name_taken`. */
export function createOperator(write: Write, input: OperatorInput): Result<Operator> {
  if (operatorNamed(write.tx, input.name) !== undefined) return nameTaken(input.name);
  const hours = hoursIn(hoursGiven(input));
  if (hours?.schedule_id && !write.board.schedules[hours.schedule_id]) return notFound('work_schedule', hours.schedule_id);
  const id = insertOperator(write.tx, { ...input, inactive_reason: input.inactive_reason ?? null, hours, now: write.now });
  const row = announceOperator(write, null, id);
  lookUpBoundary(write, id);
  return ok(presentOperator(write, row));
}

/**
 * Changes an operator. max_load may be set below the present load: no contact is taken away, and none is added until the load falls below it.
 * Becoming active clears the inactive reason.
 */
export function updateOperator(write: Write, id: number, patch: OperatorPatch): Answer<Operator> {
  const row = operatorById(write.tx, id);
  if (!row || row.archived_at !== null) return notInUse('operator', id, row);
  const given = Object.fromEntries(Object.entries(patch).filter(([, value]) => value !== undefined));
  const result = configure(write, [{ kind: 'operator', id, fields: { ...given, ...hoursGiven(given) } }]);
  return result.ok ? () => presented(write, id) : result;
}

/** Archives the operator and removes all competences; the history stays. */
export function archiveOperator(write: Write, id: number): Answer<Operator> {
  return setArchived(write, id, true);
}

/** Restores an archived operator, inactive and without weights. To restore the weights as well, undo the archiving with `undoChange`. */
export function restoreOperator(write: Write, id: number): Answer<Operator> {
  return setArchived(write, id, false);
}

function setArchived(write: Write, id: number, is_archived: boolean): Answer<Operator> {
  const row = operatorById(write.tx, id);
  if (!row || (row.archived_at !== null) === is_archived) return notInUse('operator', id, is_archived ? row : null);
  const result = configure(write, [{ kind: 'operator', id, fields: { is_archived } }]);
  return result.ok ? () => presented(write, id) : result;
}
