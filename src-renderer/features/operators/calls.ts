import { ask, attempt, type Outcome } from '#link/attempt.ts';
import { client } from '#link/client.ts';
import type { InactiveReason, Operator, OperatorPatch } from '#shared/contract/entities.ts';
import type { HeldContact, HeldContacts, Imported, ImportedOperator, LeaveInput, Left, OperatorsChange, SeveralChanged } from '#shared/contract/operators.ts';
import type { ScheduleInput, StoredSchedule } from '#shared/contract/schedules.ts';

/** Thousands of operators with weights for every source, on a busy machine. */
const IMPORTED_WITHIN_MS = 15 * 60_000;

export const createOperator = (name: string, max_load: number): Promise<Outcome<Operator>> =>
  attempt((signal) => client.createOperator.mutate({ name, max_load, is_active: true }, { signal }));

export const updateOperator = (id: number, patch: OperatorPatch): Promise<Outcome<Operator>> =>
  attempt((signal) => client.updateOperator.mutate({ id, patch }, { signal }));

export const archiveOperator = (id: number): Promise<Outcome<Operator>> => attempt((signal) => client.archiveOperator.mutate({ id }, { signal }));
export const restoreOperator = (id: number): Promise<Outcome<Operator>> => attempt((signal) => client.restoreOperator.mutate({ id }, { signal }));

export const heldContacts = (ids: readonly number[]): Promise<Outcome<HeldContact[]>> =>
  ask((signal) => client.heldContacts.query({ ids: [...ids] }, { signal }));
export const leaveOperator = (input: LeaveInput): Promise<Outcome<Left>> => attempt((signal) => client.leaveOperator.mutate(input, { signal }));
export const changeOperators = (ids: readonly number[], change: OperatorsChange): Promise<Outcome<SeveralChanged>> =>
  attempt((signal) => client.changeOperators.mutate({ ids: [...ids], change }, { signal }));
/** Sets one or several operators inactive, in one step. */
export const takeOff = (ids: readonly number[], reason: InactiveReason, contacts: HeldContacts): Promise<Outcome<Omit<Left, 'operator'>>> => {
  const [id, ...others] = ids;
  return id !== undefined && others.length === 0 ? leaveOperator({ id, reason, contacts }) : changeOperators(ids, { do: 'take_off', reason, contacts });
};

export const importOperators = (rows: ImportedOperator[]): Promise<Outcome<Imported>> =>
  attempt((signal) => client.importOperators.mutate({ rows }, { signal }), IMPORTED_WITHIN_MS);

/** @param id null: a new one */
export const saveSchedule = (id: number | null, schedule: ScheduleInput): Promise<Outcome<StoredSchedule>> =>
  attempt((signal) => client.saveWorkSchedule.mutate({ id, schedule }, { signal }));
export const removeSchedule = (id: number): Promise<Outcome<null>> => attempt((signal) => client.removeWorkSchedule.mutate({ id }, { signal }));
