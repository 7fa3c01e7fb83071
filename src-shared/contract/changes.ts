/** Configuration changes that would take several manual steps and are made in one, and undoing any change. */
import { z } from 'zod';
import { type Competence, id, inactiveReason, maxLoad, name, type Operator, type Source, weightInput } from './entities.ts';
import type { ContactOutcome } from './move-contacts.ts';
import type { Result } from './problems.ts';

const weight = weightInput.shape.weight;
/** null removes the competence. */
export const weightChange = z.object({ operator_id: id, source_id: id, weight: weight.nullable() });
export type WeightInput = Omit<Competence, 'weight'> & { readonly weight: number | null };

/**
 * What happens to the contacts of an operator who goes offline. `put_back`: all return to the queue, and those that
 * another operator can take are drawn immediately. `hand_over`: only those that another operator can take are reassigned, by the same draw; the others stay.
 */
export const heldContacts = z.enum(['keep', 'put_back', 'hand_over']);
export type HeldContacts = z.infer<typeof heldContacts>;
export const leaveInput = z.object({ id, reason: inactiveReason.nullable(), contacts: heldContacts });
export type LeaveInput = z.infer<typeof leaveInput>;
export interface Left {
  readonly operator: Operator;
  /** number reassigned to others, now waiting in the queue, and left with the operator */
  readonly handed_over: number;
  readonly waiting: number;
  readonly kept: number;
}

/** A contact that an operator holds. */
export interface HeldContact {
  readonly contact_id: number;
  readonly source_id: number;
}

/** One row of an import: an existing operator with this name, ignoring case, is changed; otherwise one is created. */
const importedOperator = z.object({
  name,
  max_load: maxLoad.optional(),
  is_active: z.boolean().optional(),
  weights: z.array(z.object({ source_id: id, weight: weight.nullable() })).max(10_000),
});
export type ImportedOperator = z.infer<typeof importedOperator>;
export const MAX_IMPORT = 5_000;
export const operatorsImport = z.array(importedOperator).min(1).max(MAX_IMPORT);
export interface Imported {
  readonly added: number;
  /** without operators that needed no change */
  readonly changed: number;
}

/** The result of undoing a step. */
export interface Undone {
  /** what happened to the contacts that the step had moved; contacts that are back where they were are not listed */
  readonly contacts: readonly ContactOutcome[];
  /** sources restored from the archive; their previous keys stay revoked */
  readonly sources_without_key: readonly number[];
}

export interface ChangesHost {
  /** All of them in one step. */
  saveWeights(changes: readonly WeightInput[]): Promise<Result<null>>;
  /**
   * Undoes everything done by the write that made this revision, if nothing of it has been changed since. Contacts that it moved go back
   * as far as capacity allows, unless they have been closed or moved manually since.
   */
  undoChange(revision: number): Promise<Result<Undone>>;
  restoreOperator(id: number): Promise<Result<Operator>>;
  /** The source has no key then: its keys were revoked when it was archived. */
  restoreSource(id: number): Promise<Result<Source>>;
  /** All contacts that the operator holds, in order of arrival. */
  heldContacts(operator_id: number): HeldContact[];
  leaveOperator(input: LeaveInput): Promise<Result<Left>>;
  importOperators(rows: readonly ImportedOperator[]): Promise<Result<Imported>>;
}
