/** Kept cases of a source's rule, see `#shared/distribution/kept-case.ts`. */
import { z } from 'zod';
import type { KeptCase } from '../distribution/kept-case.ts';
import { MAX_LINE, waitingReasons } from '../distribution/table.ts';
import { byId, command } from './call.ts';
import { id, LONGEST_SECONDS } from './entities.ts';
import { CONTACT_MAX, NAME_MAX } from './limits.ts';
import type { Result } from './problems.ts';

/** Number of cases that a source can have. */
export const CASES_MAX = 50;

const operators = z.array(id).max(10_000);

export const keptCase = z.strictObject({
  source_id: id,
  attributes: z.record(z.string().min(1).max(CONTACT_MAX.attribute_name), z.string().min(1).max(NAME_MAX)),
  owner_id: id.nullable(),
  waited_seconds: z.int().min(0).max(LONGEST_SECONDS),
  on_line: operators,
  full: operators,
  expected: z.union([
    z.strictObject({ operator_id: id }),
    z.strictObject({ line: z.int().min(1).max(MAX_LINE) }),
    z.strictObject({ waiting_reason: z.enum(waitingReasons) }),
  ]),
}) satisfies z.ZodType<KeptCase>;

/** A case as callers keep it: the source is in the path. */
export const caseInput = keptCase.omit({ source_id: true }).extend({
  attributes: keptCase.shape.attributes.default({}).meta({ description: 'Of the contact; those that `needs` of the rule names ask for tags' }),
  owner_id: keptCase.shape.owner_id.default(null).meta({ description: "The lead's own operator" }),
  waited_seconds: keptCase.shape.waited_seconds.default(0),
  on_line: operators.meta({ description: 'Operators who are active; all others are not' }),
  full: operators.default([]).meta({ description: 'Those of them who have no free slot' }),
  expected: keptCase.shape.expected.meta({
    description: 'Who must get the contact: this operator and nobody else, somebody on this line, or nobody, for this reason',
  }),
});

export const storedCase = keptCase.extend({
  id,
  holds: z
    .boolean()
    .meta({ description: 'Whether the present rule decides as expected. A change of the rule that breaks a case which holds is refused: 409 `case_broken`' }),
});
export type StoredCase = z.infer<typeof storedCase>;

export const keptCaseCalls = {
  /** Keeps a case, or gives one that is kept another content. Answers its id; the same case is kept only once. */
  keepCase: command('supervisor', z.object({ id: id.nullable(), content: keptCase })).answers<Result<number>>(),
  removeCase: command('supervisor', byId).answers<Result<null>>(),
};
