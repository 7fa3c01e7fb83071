/** The rule of a source: how its contacts are distributed. */
import { z } from 'zod';
import { strategyNames } from '../distribution/strategies.ts';
import { MAX_LINE } from '../distribution/table.ts';
import { command, query } from './call.ts';
import { competence, id } from './entities.ts';
import type { Result } from './problems.ts';

/** Longest wait after which a line can open: a day. */
export const LONGEST_SECONDS = 86_400;

const strategy = z.enum(strategyNames).meta({
  description:
    'Who of the operators who can take a contact gets it: `weighted` draws by weight; `even` gives each the share of its weight at all times, not only on average; ' +
    '`least_load` whoever holds the fewest contacts; `least_share` whoever uses the smallest part of the limit; `longest_idle` whoever has been given nothing for the longest time. ' +
    'Several who are equal are drawn for by weight',
});
const lines = z
  .array(z.int().min(0).max(LONGEST_SECONDS))
  .max(MAX_LINE - 1)
  .refine((all) => all.every((seconds, i) => seconds >= (all[i - 1] ?? 0)), 'must never fall')
  .meta({
    description: `After how many seconds of waiting line 2 … ${MAX_LINE} opens. A line without a number of its own opens together with the one before it`,
  });
const open_early = z.boolean().meta({ description: 'Whether a line opens at once while nobody of the lines before it is active' });

export const rule = z.object({ strategy, lines, open_early, version: z.int().meta({ description: '1 is the default rule; each change makes the next' }) });
/** The rule of a source as the API has it; the lines of operators are fields of their competences. */
export type SourceRule = z.infer<typeof rule>;

/** Unlike other bodies it refuses unknown fields: a misspelt field must not be ignored silently. */
export const rulePatch = z.strictObject({ strategy: strategy.optional(), lines: lines.optional(), open_early: open_early.optional() });
export type RulePatch = z.infer<typeof rulePatch>;

export const ruleCalls = {
  rule: query('admin', z.object({ source_id: id })).answers<Result<SourceRule>>(),
  updateRule: command('admin', z.object({ source_id: id, patch: rulePatch })).answers<Result<SourceRule>>(),
  /** Puts the operator's competence for a source on a line. */
  setLine: command('admin', z.object({ source_id: id, operator_id: id, line: competence.shape.line })).answers<Result<null>>(),
};
