import type { Operator, OperatorInput, OperatorPatch } from '#shared/contract/entities.ts';
import { fail, notFound, ok, type Result } from '#shared/contract/problems.ts';
import { deleteCompetence } from '#store/competences.ts';
import { insertOperator, type OperatorRow, operatorById, operatorNamed, updateOperatorRow } from '#store/operators.ts';
import { drain } from './drain.ts';
import { presentOperator } from './present.ts';
import type { Write } from './write.ts';

export function nameTaken(name: string): { ok: false; problem: ReturnType<typeof fail>['problem'] } {
  return fail('name_taken', `The name ${name} is in use.`, { params: { name } });
}

/** Journals and announces the operator as its row is now. */
function announce(write: Write, before: OperatorRow | null, id: number): Operator {
  const after = operatorById(write.tx, id);
  if (!after) throw new Error(`operator ${id} was written and is not there`);
  const { name, inactive_reason, max_load, active_changed_at } = after;
  const settings = (row: OperatorRow) => ({
    name: row.name,
    is_active: row.is_active === 1,
    inactive_reason: row.inactive_reason,
    max_load: row.max_load,
    is_archived: row.archived_at !== null,
  });
  write.emit(
    {
      kind: 'operator_saved',
      operator: { id, name, inactive_reason, max_load, active_changed_at, is_active: after.is_active === 1, is_archived: after.archived_at !== null },
    },
    { before: before && settings(before), after: settings(after) },
  );
  return presentOperator(after);
}

/** The operator after its slots were given away, if there were any to give. */
function settled(write: Write, id: number): Result<Operator> {
  drain(write);
  const row = operatorById(write.tx, id);
  return row ? ok(presentOperator(row)) : notFound('operator', id);
}

export function createOperator(write: Write, input: OperatorInput): Result<Operator> {
  if (operatorNamed(write.tx, input.name) !== undefined) return nameTaken(input.name);
  const id = insertOperator(write.tx, { ...input, inactive_reason: input.inactive_reason ?? null, now: write.now });
  announce(write, null, id);
  return settled(write, id);
}

/** Lowering max_load below the load is allowed: nothing is taken away, nothing is added until the load is below it. */
export function updateOperator(write: Write, id: number, patch: OperatorPatch): Result<Operator> {
  const row = operatorById(write.tx, id);
  if (!row || row.archived_at !== null) return notFound('operator', id);
  if (patch.name !== undefined) {
    const other = operatorNamed(write.tx, patch.name);
    if (other !== undefined && other !== id) return nameTaken(patch.name);
  }
  const is_active = patch.is_active === undefined ? row.is_active : Number(patch.is_active);
  if (is_active && patch.inactive_reason) {
    const errors = [{ path: '/inactive_reason', message: 'is only for an operator who is not active' }];
    return fail('validation_failed', `Operator ${id} (${row.name}) is active. Give a reason together with is_active: false.`, { errors });
  }
  const inactive_reason = is_active ? null : patch.inactive_reason === undefined ? row.inactive_reason : patch.inactive_reason;
  const next = { ...row, name: patch.name ?? row.name, max_load: patch.max_load ?? row.max_load, is_active, inactive_reason };
  const isSame = is_active === row.is_active && inactive_reason === row.inactive_reason;
  if (!isSame) next.active_changed_at = write.now;
  if (next.name === row.name && next.max_load === row.max_load && isSame) return ok(presentOperator(row));
  updateOperatorRow(write.tx, next);
  announce(write, row, id);
  return settled(write, id);
}

/** Takes the operator out of the desk with all competences; its history stays. */
export function archiveOperator(write: Write, id: number): Result<Operator> {
  const row = operatorById(write.tx, id);
  if (!row || row.archived_at !== null) return notFound('operator', id);
  if (row.current_load > 0)
    return fail('operator_holds_contacts', `Operator ${id} (${row.name}) holds ${row.current_load} contacts. Close or move them first.`, {
      params: { name: row.name, load: row.current_load },
    });
  for (const key in write.board.weights) {
    const source_id = Number(key);
    if (write.board.weights[source_id]?.[id] === undefined) continue;
    deleteCompetence(write.tx, source_id, id);
    write.emit({ kind: 'competence_saved', source_id, operator_id: id, weight: null }, { before: write.board.weights[source_id]?.[id] ?? null, after: null });
  }
  updateOperatorRow(write.tx, { ...row, is_active: 0, active_changed_at: write.now, archived_at: write.now });
  announce(write, row, id);
  return settled(write, id);
}
