/** Console calls that change operators, with the contacts that they hold. */

import { z } from 'zod';
import type { Asks } from '../board.ts';
import { byId, command, query } from './call.ts';
import { id, inactiveReason, maxLoad, name, type Operator, operatorInput, operatorPatch, tags, weightInput } from './entities.ts';
import { MAX_LOAD_MAX } from './limits.ts';
import { givenHours, hoursFields } from './operator-hours.ts';
import type { Result } from './problems.ts';

/**
 * What happens to the contacts of an operator who goes offline. `put_back`: all return to the queue, and those that
 * another operator can take are drawn immediately. `hand_over`: only those that another operator can take are reassigned, by the same draw; the others stay.
 */
export const heldContacts = z.enum(['keep', 'put_back', 'hand_over']);
export type HeldContacts = z.infer<typeof heldContacts>;
const leaveInput = z.object({ id, reason: inactiveReason.nullable(), contacts: heldContacts });
export type LeaveInput = z.infer<typeof leaveInput>;
export interface Left {
  readonly operator: Operator;
  /** number reassigned to others, now waiting in the queue, and left with the operator */
  readonly handed_over: number;
  readonly waiting: number;
  readonly kept: number;
}

/** Operators that one call may name. */
export const MAX_IMPORT = 5_000;
/** The same change to several operators, in one step. `archive` leaves out those who hold contacts. */
const operatorsChange = z.discriminatedUnion('do', [
  z.object({ do: z.literal('put_on') }),
  leaveInput.omit({ id: true }).extend({ do: z.literal('take_off') }),
  z.object({ do: z.literal('set_limit'), max_load: maxLoad }),
  /** limits stay within what a limit may be */
  z.object({ do: z.literal('move_limit'), by: z.int().min(-MAX_LOAD_MAX).max(MAX_LOAD_MAX) }),
  /** names of tags that an operator has already are left as they are */
  z.object({ do: z.literal('add_tags'), tags: tags.min(1) }),
  z.object({ do: z.literal('remove_tags'), tags: tags.min(1) }),
  z.object({ do: z.literal('set_hours') }).extend({
    schedule_id: hoursFields.schedule_id,
    shift_offset: hoursFields.shift_offset,
    /** absent: each keeps its own */
    time_zone: givenHours.time_zone,
    start: hoursFields.start,
    at_end: hoursFields.at_end,
  }),
  z.object({ do: z.literal('archive') }),
]);
export type OperatorsChange = z.infer<typeof operatorsChange>;
const severalIds = z.array(id).min(1).max(MAX_IMPORT);
const severalInput = z.object({ ids: severalIds, change: operatorsChange });
export type SeveralInput = z.infer<typeof severalInput>;
export interface SeveralChanged extends Omit<Left, 'operator'> {
  /** those for whom something changed */
  readonly changed: number;
  /** those who were not archived because they hold contacts */
  readonly holding: readonly number[];
}

/** A contact that an operator holds. */
export interface HeldContact {
  readonly contact_id: number;
  readonly source_id: number;
  /** epoch milliseconds */
  readonly created_at: number;
  /** how much of its holder's limit it takes */
  readonly cost: number;
  /** absent: nothing and nobody in particular */
  readonly asks?: Asks;
}

/** One row of an import: an existing operator with this name, ignoring case, is changed; otherwise one is created. */
const importedOperator = z
  .object({
    name,
    max_load: maxLoad.optional(),
    is_active: z.boolean().optional(),
    /** only with `is_active: false`, which without a reason keeps the one that an inactive operator has */
    inactive_reason: inactiveReason.optional(),
    /** all tags of the operator; absent: they stay as they are */
    tags: tags.optional(),
    weights: z.array(z.object({ source_id: id, weight: weightInput.shape.weight.nullable() })).max(10_000),
  })
  .refine((row) => row.inactive_reason === undefined || row.is_active === false, { path: ['inactive_reason'] });
export type ImportedOperator = z.infer<typeof importedOperator>;
const operatorsImport = z.object({ rows: z.array(importedOperator).min(1).max(MAX_IMPORT) });
export interface Imported {
  readonly added: number;
  /** without operators that needed no change */
  readonly changed: number;
}

export const operatorCalls = {
  createOperator: command('supervisor', operatorInput).answers<Result<Operator>>(),
  updateOperator: command('supervisor', byId.extend({ patch: operatorPatch })).answers<Result<Operator>>(),
  archiveOperator: command('supervisor', byId).answers<Result<Operator>>(),
  restoreOperator: command('supervisor', byId).answers<Result<Operator>>(),
  /** All contacts that the operators hold, in order of arrival. */
  heldContacts: query('viewer', z.object({ ids: severalIds })).answers<HeldContact[]>(),
  leaveOperator: command('supervisor', leaveInput).answers<Result<Left>>(),
  changeOperators: command('supervisor', severalInput).answers<Result<SeveralChanged>>(),
  importOperators: command('supervisor', operatorsImport).answers<Result<Imported>>(),
};
