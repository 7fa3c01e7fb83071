/** Changes of configuration that take several steps of a hand and one of the desk, and taking any change back. */
import { z } from 'zod';
import { type Competence, id, inactiveReason, maxLoad, name, type Operator, type Source, weightInput } from './entities.ts';
import type { ContactOutcome } from './move-contacts.ts';
import type { Result } from './problems.ts';

const weight = weightInput.shape.weight;
/** null removes the pair. */
export const weightChange = z.object({ operator_id: id, source_id: id, weight: weight.nullable() });
export type WeightInput = Omit<Competence, 'weight'> & { readonly weight: number | null };

/**
 * What becomes of the contacts that somebody holds who leaves the line. `put_back`: all go into the queue, from where those that
 * somebody can take are drawn for at once. `hand_over`: only those that somebody can take go, by the same draw; the others stay.
 */
export const heldContacts = z.enum(['keep', 'put_back', 'hand_over']);
export type HeldContacts = z.infer<typeof heldContacts>;
export const leaveInput = z.object({ id, reason: inactiveReason.nullable(), contacts: heldContacts });
export type LeaveInput = z.infer<typeof leaveInput>;
export interface Left {
  readonly operator: Operator;
  /** went to others, went into the queue and wait there, stayed */
  readonly handed_over: number;
  readonly waiting: number;
  readonly kept: number;
}

/** A contact that an operator holds. */
export interface HeldContact {
  readonly contact_id: number;
  readonly source_id: number;
}

/** One row of an import: an operator who is there by this name, without regard to case, is changed; else it is made. */
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
  /** without those who were like that already */
  readonly changed: number;
}

/** What came of taking a step back. */
export interface Undone {
  /** what became of the contacts that the step had moved; those that are where they were are not told of */
  readonly contacts: readonly ContactOutcome[];
  /** sources that came back from the archive: the keys that they had stay revoked */
  readonly sources_without_key: readonly number[];
}

export interface ChangesHost {
  /** All of them in one step. */
  saveWeights(changes: readonly WeightInput[]): Promise<Result<null>>;
  /**
   * Takes back all that the write did which made this revision, when it is still as that left it. Contacts that it moved go back
   * as far as there is room, unless they were closed, or moved by hand, since.
   */
  undoChange(revision: number): Promise<Result<Undone>>;
  restoreOperator(id: number): Promise<Result<Operator>>;
  /** Without a key: those that it had were revoked when it was archived. */
  restoreSource(id: number): Promise<Result<Source>>;
  /** All that the operator holds, in the order in which they came. */
  heldContacts(operator_id: number): HeldContact[];
  leaveOperator(input: LeaveInput): Promise<Result<Left>>;
  importOperators(rows: readonly ImportedOperator[]): Promise<Result<Imported>>;
}
