import type { Operator, OperatorPatch } from '#shared/contract/entities.ts';
import { attempt, type Outcome } from '../../link/attempt.ts';
import { client } from '../../link/client.ts';

export const createOperator = (name: string, max_load: number): Promise<Outcome<Operator>> =>
  attempt((signal) => client.createOperator.mutate({ name, max_load, is_active: true }, { signal }));

export const updateOperator = (id: number, patch: OperatorPatch): Promise<Outcome<Operator>> =>
  attempt((signal) => client.updateOperator.mutate({ id, patch }, { signal }));

export const archiveOperator = (id: number): Promise<Outcome<Operator>> => attempt((signal) => client.archiveOperator.mutate({ id }, { signal }));
