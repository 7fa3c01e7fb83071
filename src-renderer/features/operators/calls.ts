import { ask, attempt, type Outcome } from '#link/attempt.ts';
import { client } from '#link/client.ts';
import type { Operator, OperatorPatch } from '#shared/contract/entities.ts';
import type { HeldContact, Imported, ImportedOperator, LeaveInput, Left } from '#shared/contract/operators.ts';

export const createOperator = (name: string, max_load: number): Promise<Outcome<Operator>> =>
  attempt((signal) => client.createOperator.mutate({ name, max_load, is_active: true }, { signal }));

export const updateOperator = (id: number, patch: OperatorPatch): Promise<Outcome<Operator>> =>
  attempt((signal) => client.updateOperator.mutate({ id, patch }, { signal }));

export const archiveOperator = (id: number): Promise<Outcome<Operator>> => attempt((signal) => client.archiveOperator.mutate({ id }, { signal }));
export const restoreOperator = (id: number): Promise<Outcome<Operator>> => attempt((signal) => client.restoreOperator.mutate({ id }, { signal }));

export const heldContacts = (id: number): Promise<Outcome<HeldContact[]>> => ask((signal) => client.heldContacts.query({ id }, { signal }));
export const leaveOperator = (input: LeaveInput): Promise<Outcome<Left>> => attempt((signal) => client.leaveOperator.mutate(input, { signal }));

export const importOperators = (rows: ImportedOperator[]): Promise<Outcome<Imported>> =>
  attempt((signal) => client.importOperators.mutate({ rows }, { signal }));
