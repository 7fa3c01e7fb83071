/** The rule of a source: how its contacts are distributed. */
import { z } from 'zod';
import { noOwner, noRepeat, ownerModes, repeatModes } from '../distribution/rule.ts';
import { strategies, strategyNames } from '../distribution/strategies.ts';
import { MAX_LINE } from '../distribution/table.ts';
import { command, query } from './call.ts';
import { CONTROL, competence, DAY_SECONDS, id, LONGEST_SECONDS, targetSeconds } from './entities.ts';
import { CONTACT_MAX } from './limits.ts';
import type { Result } from './problems.ts';

/** How many attributes of a contact may ask for tags. */
const NEEDS_MAX = 10;

/** The most that a contact can take of a limit. */
export const COST_MAX = 100;

const strategy = z.enum(strategyNames).meta({
  description:
    `Who of the operators who can take a contact gets it: ${strategyNames.map((name) => `\`${name}\` ${strategies[name].summary}`).join('; ')}. ` +
    'Several who are equal are drawn for by weight',
});
const cost = z.int().min(1).max(COST_MAX).meta({
  description: "How much of an operator's limit a contact of this source takes; a contact keeps the cost that it came with",
});
const lines = z
  .array(z.int().min(0).max(LONGEST_SECONDS))
  .max(MAX_LINE - 1)
  .refine((all) => all.every((seconds, i) => seconds >= (all[i - 1] ?? 0)), 'must never fall')
  .meta({
    description: `After how many seconds of waiting line 2 … ${MAX_LINE} opens. A line without a number of its own opens together with the one before it`,
  });
const open_early = z.boolean().meta({ description: 'Whether a line opens at once while nobody of the lines before it is active' });

const seconds = z.int().min(0).max(LONGEST_SECONDS);
const ownerFields = {
  mode: z.enum(ownerModes).meta({
    description:
      'Whether a lead comes back to its own operator, who is the one it is pinned to, or else its latest: `open` while an earlier contact of the lead is open, `days` while the latest assignment is younger than `days`',
  }),
  days: z.int().min(1).max(3650),
  wait_seconds: seconds.meta({ description: 'How long a contact waits for an operator without a free slot before others may take it' }),
};
const owner = z.object(ownerFields);
const needs = z
  .array(
    z
      .string()
      .min(1)
      .max(CONTACT_MAX.attribute_name)
      .refine((one) => !CONTROL.test(one), 'must not contain control characters'),
  )
  .max(NEEDS_MAX)
  .refine((all) => new Set(all).size === all.length, 'names an attribute twice')
  .meta({ description: 'Attributes of a contact that ask for a tag: `language`: `en` asks for an operator with the tag `language:en`' });
const needs_seconds = seconds.nullable().meta({ description: 'After how many seconds of waiting tags are no longer asked for; null: they always are' });
const target_seconds = targetSeconds.nullable().meta({ description: 'Within how many seconds a contact is to be assigned; null: as the settings say' });
const accepts_target = z.boolean().meta({ description: "Whether the source's callers may give `target_seconds` with a contact" });
const urgency = z
  .int()
  .min(1)
  .max(100)
  .meta({ description: 'Of those who wait, whoever has waited the largest share of the target is next; urgency multiplies it' });

/** Longest age of a contact, in days, that `within_seconds` can name. */
export const REPEAT_DAYS_MAX = 366;
const repeatFields = {
  mode: z.enum(repeatModes).meta({
    description:
      'What a further message is of a lead that has an open contact, waiting or assigned, from this source: `new` another contact; `join` a message of the newest of these contacts',
  }),
  within_seconds: z
    .int()
    .min(1)
    .max(REPEAT_DAYS_MAX * DAY_SECONDS)
    .nullable()
    .meta({ description: 'Only of a contact created at most so many seconds ago; null: of any age' }),
};

/** The shortest time to accept a contact in: less cannot be met by people. */
export const ACCEPT_SECONDS_MIN = 10;
const accept_seconds = z.int().min(ACCEPT_SECONDS_MIN).max(LONGEST_SECONDS).nullable().meta({
  description: 'Within how many seconds an operator must accept a contact, before it goes back into the queue with its old place; null: need not',
});

/** The shortest time after which contacts are closed: less would close them under the operators' hands. */
export const CLOSE_SECONDS_MIN = 60;
export const CLOSE_DAYS_MAX = 366;
const close_after_seconds = z
  .int()
  .min(CLOSE_SECONDS_MIN)
  .max(CLOSE_DAYS_MAX * DAY_SECONDS)
  .nullable()
  .meta({
    description:
      'After how many seconds without a sign of life an assigned contact is closed. Signs are that it is assigned, accepted, or gets a further message; null: never',
  });

const schedule_id = z.int().min(1).nullable().meta({
  description: 'The schedule by which the source is open. While it is closed, contacts wait and their clock stands still; null: it is always open',
});

const fields = {
  strategy,
  cost,
  lines,
  open_early,
  needs,
  needs_seconds,
  owner,
  target_seconds,
  accepts_target,
  urgency,
  repeat: z.object(repeatFields),
  accept_seconds,
  close_after_seconds,
  schedule_id,
};
export const rule = z.object({ ...fields, version: z.int().meta({ description: '1 is the default rule; each change makes the next' }) });
/** The rule of a source as the API has it; the lines of operators are fields of their competences. */
export type SourceRule = z.infer<typeof rule>;

/** Of `owner` and `repeat`, parts that are not given get their defaults. */
const givenOwner = z.strictObject({
  mode: ownerFields.mode.default(noOwner.mode),
  days: ownerFields.days.default(noOwner.days),
  wait_seconds: ownerFields.wait_seconds.default(noOwner.wait_seconds),
});
const givenRepeat = z.strictObject({
  mode: repeatFields.mode.default(noRepeat.mode),
  within_seconds: repeatFields.within_seconds.default(noRepeat.within_seconds),
});
/** Unlike other bodies it refuses what it does not know: a misspelt rule must not be none without a word. */
export const rulePatch = z.strictObject({ ...fields, owner: givenOwner, repeat: givenRepeat }).partial();
export type RulePatch = z.infer<typeof rulePatch>;

/** What the contacts of today would have got under another rule. */
export interface RuleTrial {
  /** contacts that a rule decided about */
  readonly contacts: number;
  /** those that would have gone to somebody else, or waited where they did not, or the other way round */
  readonly otherwise: number;
  /** who got how many, and would have got; null: they waited */
  readonly operators: readonly { readonly operator_id: number | null; readonly was: number; readonly would: number }[];
}

export const ruleCalls = {
  rule: query('viewer', z.object({ source_id: id })).answers<Result<SourceRule>>(),
  /** Tries a change of a rule on the contacts that came today. */
  tryRule: query('supervisor', z.object({ source_id: id, patch: rulePatch })).answers<Result<RuleTrial>>(),
  updateRule: command('supervisor', z.object({ source_id: id, patch: rulePatch })).answers<Result<SourceRule>>(),
  /** Puts competences on a line, in one step. */
  setLine: command(
    'supervisor',
    z.object({
      competences: z
        .array(z.object({ source_id: id, operator_id: id }))
        .min(1)
        .max(100_000),
      line: competence.shape.line,
    }),
  ).answers<Result<null>>(),
};
