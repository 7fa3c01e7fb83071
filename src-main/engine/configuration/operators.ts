import type { Answer, Write } from '#engine/core/write.ts';
import { presentOperator } from '#engine/views/present.ts';
import type { Operator, OperatorInput, OperatorPatch } from '#shared/contract/entities.ts';
import { notFound, notInUse, ok, type Result } from '#shared/contract/problems.ts';
import { insertOperator, operatorById, operatorNamed } from '#store/tables/operators.ts';
import { announceOperator } from '#things/operator/thing.ts';
import { configure } from './configuration.ts';
import { nameTaken } from './things/thing.ts';

/** The operator as seen within this write. */
function presented(write: Write, id: number): Result<Operator> {
  const row = operatorById(write.tx, id);
  return row ? ok(presentOperator(row)) : notFound('operator', id);
}

/** Adds an operator. Fails with `name_taken`. */
export function createOperator(write: Write, input: OperatorInput): Result<Operator> {
  if (operatorNamed(write.tx, input.name) !== undefined) return nameTaken(input.name);
  const id = insertOperator(write.tx, { ...input, inactive_reason: input.inactive_reason ?? null, now: write.now });
  return ok(presentOperator(announceOperator(write, null, id)));
}

/**
 * Changes an operator. max_load may be set below the present load: no contact is taken away, and none is added until the load falls below it.
 * Becoming active clears the inactive reason.
 */
export function updateOperator(write: Write, id: number, patch: OperatorPatch): Answer<Operator> {
  const row = operatorById(write.tx, id);
  if (!row || row.archived_at !== null) return notInUse('operator', id, row);
  const fields = Object.fromEntries(Object.entries(patch).filter(([, value]) => value !== undefined));
  const result = configure(write, [{ kind: 'operator', id, fields }]);
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
