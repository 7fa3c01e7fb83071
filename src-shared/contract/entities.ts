/**
 * The shapes of everything in the public API, one zod schema each: types, request validation and the OpenAPI document follow from them.
 * Fields are snake_case in the API, in the database and in code, so that nothing has to be renamed in between.
 */
import { z } from 'zod';
import { strategyNames } from '../distribution/strategies.ts';
import { bars, MAX_LINE, MAX_WEIGHT, passedOverReasons, waitingReasons } from '../distribution/table.ts';
import { cleanName, nameKey } from '../plain-text.ts';
import { ATTRIBUTES_MAX, CLOSING_NOTE_MAX, CONTACT_MAX, DECLINE_REASON_MAX, MAX_LOAD_MAX, NAME_MAX, NOTE_MAX, OUTCOME_MAX, USUAL_LIMIT } from './limits.ts';
import { givenHours, hoursFields } from './operator-hours.ts';
import { ERRORS_MAX, type ProblemCode, problemCodes, WARNINGS_MAX } from './problems.ts';

// ---- pieces -------------------------------------------------------------------------------------------------------

export const id = z.int().min(1).meta({ description: 'Integer id' });
/** ISO 8601, UTC, milliseconds: `2026-11-22T09:15:02.113Z`. */
export const time = z.iso.datetime({ precision: 3 }).meta({ description: 'ISO 8601 in UTC with milliseconds', example: '2026-11-22T09:15:02.113Z' });

// biome-ignore lint/suspicious/noControlCharactersInRegex: these are the characters to refuse
export const CONTROL = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f]/;
/** Text that every store and screen can represent: no control characters except tab and line breaks, no lone surrogates; normalised to NFC. */
export const text = (max: number) =>
  z
    .string()
    .max(max)
    .refine((s) => !CONTROL.test(s), 'must not contain control characters')
    .refine((s) => s.isWellFormed(), 'must be well-formed Unicode')
    .overwrite((s) => s.normalize('NFC'));
export const name = text(NAME_MAX)
  .overwrite(cleanName)
  .refine((s) => s.length > 0, 'must not be blank');
export const noteText = text(NOTE_MAX);
/** Limits the number of parts and counts them before examining any, so that refusing too many is cheap. */
const counted = <T extends z.ZodType>(schema: T, max: number, what: string) =>
  z.preprocess((given, ctx) => {
    if (typeof given === 'object' && given !== null && Object.keys(given).length > max) ctx.addIssue({ code: 'custom', message: `at most ${max} ${what}` });
    return given;
  }, schema);
const record = <T extends z.ZodType>(value: T, max: number, what: string) => counted(z.record(text(100), value), max, what);

/** A field that a form may leave empty: null and blank text count as not given. */
const optionalText = (max: number) => text(max).nullish();
const weight = z
  .int()
  .min(0)
  .max(MAX_WEIGHT)
  .meta({ description: `Competence weight, a whole number from 0 to ${MAX_WEIGHT}; 0 never takes a contact` });

export const contactStatus = z.enum(['assigned', 'waiting', 'closed']);
export type ContactStatus = z.infer<typeof contactStatus>;
const waitingReasonSchema = z.enum(waitingReasons);
const passedOverSchema = z.enum(passedOverReasons);
export const decisionKind = z.enum(['draw', 'drain', 'manual', 'owner', 'returned', 'closed_by_rule']);
export type DecisionKind = z.infer<typeof decisionKind>;
/** Whether a rule chose the operator, or found none. */
export const isByRule = (kind: DecisionKind): boolean => kind === 'draw' || kind === 'drain' || kind === 'owner';
const returnCause = z.enum(['missed', 'declined', 'no_answer']).meta({
  description:
    'Why a contact was returned to the queue: its operator did not accept it in time (`missed`), declined it, or was set inactive for missing too many (`no_answer`)',
});
export type ReturnCause = z.infer<typeof returnCause>;

/** Schema of a page of items. Pass `next_cursor` back to get the next one; null: no more. */
export const page = <T extends z.ZodType>(item: T) => z.object({ items: z.array(item), next_cursor: z.string().nullable() });
export interface Page<T> {
  items: T[];
  next_cursor: string | null;
}
export const pageQuery = z.object({
  limit: z.coerce.number().int().min(1).max(500).default(100),
  cursor: z.string().max(100).optional(),
});
export type PageQuery = z.infer<typeof pageQuery>;

export const DAY_SECONDS = 86_400;
/** Longest time that a rule can name. */
export const LONGEST_SECONDS = DAY_SECONDS;
export const targetSeconds = z.int().min(1).max(LONGEST_SECONDS);

// ---- operators ----------------------------------------------------------------------------------------------------

export const inactiveReason = z
  .enum(['break', 'lunch', 'training', 'sick', 'off', 'no_answer', 'closing', 'shift_over'])
  .meta({ description: 'Why an operator is inactive' });
export type InactiveReason = z.infer<typeof inactiveReason>;
export const inactiveReasons = inactiveReason.options;
/** The reasons that people choose; the others the desk gives by itself. */
export const chosenReasons = inactiveReason.exclude(['no_answer', 'closing', 'shift_over']).options;
export type ChosenReason = (typeof chosenReasons)[number];

export const TAGS_MAX = 50;
export const tags = z
  .array(name)
  .max(TAGS_MAX)
  .overwrite((all) => [...new Map(all.map((tag) => [nameKey(tag), tag])).values()].sort())
  .meta({ description: 'What the operator can do or belongs to, in any order; letter case makes no difference', example: ['language:en'] });

export const operator = z.object({
  id,
  name: z.string(),
  is_active: z.boolean(),
  inactive_reason: inactiveReason.nullable().meta({ description: 'Why the operator is inactive, if a reason was given; null when active' }),
  max_load: z.int(),
  current_load: z.int().meta({ description: 'Sum of the `cost` of the contacts with status `assigned` that the operator holds; always exact' }),
  tags: z.array(z.string()),
  is_archived: z.boolean(),
  created_at: time,
  ...hoursFields,
  state: z
    .object({
      since: time,
      by: z
        .string()
        .nullable()
        .meta({ description: 'Who switched the operator on or off, as the journal names them; `desk`: the desk itself; null: nobody yet' }),
      reason: inactiveReason.nullable(),
      until: time.nullable().meta({ description: 'When the schedule of the operator says something else than now; null: no schedule does' }),
    })
    .meta({ description: 'Whether the operator is active, since when, and why' }),
});
export type Operator = z.infer<typeof operator>;
export const maxLoad = z
  .int()
  .min(0)
  .max(MAX_LOAD_MAX)
  .meta({ description: 'Maximum number of contacts that the operator may hold at once, over all sources' });
const givenReason = inactiveReason.nullish().meta({ description: 'Only for an inactive operator' });
const REASON_OF_NOBODY = { message: 'is only for an operator who is not active', path: ['inactive_reason'] };
export const operatorInput = z
  .object({
    name,
    is_active: z.boolean().default(true),
    inactive_reason: givenReason,
    max_load: maxLoad.default(USUAL_LIMIT),
    tags: tags.optional(),
    ...givenHours,
  })
  .refine((input) => !input.is_active || !input.inactive_reason, REASON_OF_NOBODY);
export type OperatorInput = z.infer<typeof operatorInput>;
export const operatorPatch = z
  .object({
    name: name.optional(),
    is_active: z.boolean().optional(),
    inactive_reason: givenReason,
    max_load: maxLoad.optional(),
    tags: tags.optional(),
    ...givenHours,
  })
  .refine((patch) => !patch.is_active || !patch.inactive_reason, REASON_OF_NOBODY);
export type OperatorPatch = z.infer<typeof operatorPatch>;

// ---- sources ------------------------------------------------------------------------------------------------------

const settingValue = z.union([text(4096), z.number(), z.boolean(), z.null()]);
/** Setting of a source: requests per second for its keys; null: unlimited. Bursts of twice as many are allowed. */
export const RATE_LIMIT_SETTING = 'rate_limit_per_second';
export const DEFAULT_RATE_LIMIT = 50;
const isRateLimit = (setting: unknown) => setting === undefined || setting === null || (typeof setting === 'number' && setting >= 0.01);
const settings = record(settingValue, 100, 'settings')
  .refine((s) => isRateLimit(s[RATE_LIMIT_SETTING]), { message: 'must be a number from 0.01, or null for no limit', path: [RATE_LIMIT_SETTING] })
  .meta({
    description: `The bot's own, but \`${RATE_LIMIT_SETTING}\`: how many requests a second its keys may make, ${DEFAULT_RATE_LIMIT} without it; null: any number`,
  });
export const externalIds = z
  .enum(['shared', 'own'])
  .meta({ description: '`own`: external ids of this source are a space of their own; `shared`: one space for all such sources' });
export type ExternalIds = z.infer<typeof externalIds>;
const sourceKey = z.object({
  id,
  hint: z.string().meta({ description: 'The last four characters of the key' }),
  created_at: time,
  last_used_at: time.nullable().meta({ description: 'May be up to a minute old after a crash; null: never used' }),
});
export type SourceKey = z.infer<typeof sourceKey>;
export const source = z.object({
  id,
  name: z.string(),
  settings: z.record(z.string(), settingValue),
  external_ids: externalIds,
  keys: z.array(sourceKey),
  is_archived: z.boolean(),
  created_at: time,
});
export type Source = z.infer<typeof source>;
export const sourceInput = z.object({ name, settings: settings.default({}), external_ids: externalIds.default('shared') });
export type SourceInput = z.input<typeof sourceInput>;
export const sourcePatch = z.object({ name: name.optional(), settings: settings.optional(), external_ids: externalIds.optional() });
export type SourcePatch = z.infer<typeof sourcePatch>;
/** The only responses that ever contain a complete key. */
export const createdSource = source.extend({ api_key: z.string() });
export type CreatedSource = z.infer<typeof createdSource>;
export const createdKey = sourceKey.extend({ api_key: z.string() });
export type CreatedKey = z.infer<typeof createdKey>;

// ---- sessions -----------------------------------------------------------------------------------------------------

export const session = z.object({
  id,
  person_id: id.nullable().meta({ description: 'Who signed in; null: the administrator of the machine' }),
  person: z.string().nullable().meta({ description: 'The name of the person' }),
  user_agent: z.string().meta({ description: 'User agent of the browser' }),
  consoles: z.int().meta({ description: 'Number of consoles that are open now' }),
  created_at: time,
  last_used_at: time.meta({ description: 'The present time while a console is open' }),
  expires_at: time.meta({ description: 'When the session ends unless used before; at the latest 30 days after it was opened' }),
});
export type Session = z.infer<typeof session>;
export const consoleLink = z.object({ url: z.string(), expires_at: time }).meta({ description: 'Opens one console, once' });
export type ConsoleLink = z.infer<typeof consoleLink>;

// ---- competences --------------------------------------------------------------------------------------------------

const line = z
  .int()
  .min(1)
  .max(MAX_LINE)
  .meta({ description: `From 1 to ${MAX_LINE}: of the operators who can take a contact only those on the lowest line are considered` });
const givenLine = line.optional().meta({ description: 'Without it a competence keeps its line; a new one is on line 1' });
export const competence = z.object({ operator_id: id, source_id: id, weight, line });
export type Competence = z.infer<typeof competence>;
export const weightInput = z.object({ weight, line: givenLine });
const weightsOfSource = z
  .array(z.object({ operator_id: id, weight, line: givenLine }))
  .max(10_000)
  .refine((all) => new Set(all.map((one) => one.operator_id)).size === all.length, 'names an operator twice');
export const competencesInput = counted(weightsOfSource, 10_000, 'pairs');
export type CompetencesInput = z.infer<typeof competencesInput>;
export const competenceQuery = z.object({ source_id: z.coerce.number().int().min(1).optional(), operator_id: z.coerce.number().int().min(1).optional() });

// ---- leads --------------------------------------------------------------------------------------------------------

export const identifierKind = z.enum(['external_id', 'phone', 'email']);
/** In the order in which they are looked up. */
export const identifierKinds = identifierKind.options;
export type IdentifierKind = z.infer<typeof identifierKind>;

const identifierInputs = {
  external_id: optionalText(CONTACT_MAX.external_id).meta({ description: "The lead's id in the bot's own system; trimmed", example: 'tg-77' }),
  phone: optionalText(CONTACT_MAX.phone).meta({ description: 'In any common format; normalised to E.164', example: '8 (900) 123-45-67' }),
  email: optionalText(CONTACT_MAX.email).meta({ description: 'Trimmed and lower-cased', example: 'anna@example.com' }),
};
const spaceSource = { description: 'The source whose external ids are meant, if it has a space of its own for them' };
export const leadInput = z.object({ source_id: id.nullish().meta(spaceSource), ...identifierInputs, name: optionalText(CONTACT_MAX.name) });
export type LeadInput = z.infer<typeof leadInput>;

const pinned = {
  description: 'The operator who is to get the contacts of this lead, where the rule of a source asks for the owner; null: nobody in particular',
};
export const leadPatch = z
  .object({ pinned_operator_id: id.nullable().meta(pinned), name: text(CONTACT_MAX.name).nullable().meta({ description: 'null or blank: no name' }) })
  .partial();
export type LeadPatch = z.infer<typeof leadPatch>;

export const lead = z.object({
  id,
  external_id: z.string().nullable(),
  phone: z.string().nullable(),
  email: z.string().nullable(),
  name: z.string().nullable(),
  operator_id: id.nullable().meta({ description: "Operator of the lead's latest assignment" }),
  pinned_operator_id: id.nullable().meta(pinned),
  created_at: time,
});
export type Lead = z.infer<typeof lead>;
export const leadAnswer = lead.extend({ created: z.boolean(), warnings: z.array(z.string()) });
export type LeadAnswer = z.infer<typeof leadAnswer>;
export const leadQuery = pageQuery.extend({
  source_id: z.coerce.number().int().min(1).optional().meta(spaceSource),
  external_id: z.string().max(255).optional(),
  phone: z.string().max(CONTACT_MAX.phone).optional(),
  email: z.string().max(CONTACT_MAX.email).optional(),
});
export type LeadQuery = z.infer<typeof leadQuery>;
export const ownerQuery = z.object({
  source_id: z.coerce.number().int().min(1).optional().meta({ description: 'Asks who is the own operator of the lead there' }),
});

export const merge = z.object({
  id,
  survivor_id: id,
  merged_id: id,
  contact_id: id.nullable().meta({ description: 'The contact whose identifiers showed that both leads are the same person' }),
  created_at: time,
  undone_at: time.nullable(),
});
export type Merge = z.infer<typeof merge>;

// ---- contacts -----------------------------------------------------------------------------------------------------

const attributes = record(z.union([text(CONTACT_MAX.attribute), z.number(), z.boolean(), z.null()]), ATTRIBUTES_MAX, 'attributes');

/** A contact as the engine takes it. Bodies that do not fit are read by `domain/contact-body.ts`, which adapts them or refuses. */
export const contactInput = z
  .object({
    source_id: id.nullish().meta({ description: 'Required with the admin token; optional with a source key' }),
    ...identifierInputs,
    name: optionalText(CONTACT_MAX.name),
    message: optionalText(CONTACT_MAX.message),
    attributes: attributes.nullish(),
    target_seconds: targetSeconds.nullish(),
  })
  .refine((input) => identifierKinds.some((kind) => input[kind]?.trim()), {
    message: 'at least one of external_id, phone, email is needed',
    path: [],
  });
export type ContactInput = z.infer<typeof contactInput>;

const textOrNumber = z.union([z.string(), z.int()]);
const shortened = (max: number) => `More than ${max.toLocaleString('en-US')} characters are shortened, with a warning`;
/** The body of `POST /contacts` as documented: everything of these types is accepted, provided that one identifier can be used. */
export const contactBody = z.object({
  source_id: contactInput.shape.source_id,
  external_id: textOrNumber.nullish().meta({
    description: `The lead's id in the bot's own system; trimmed. A whole number counts as its digits. At most ${CONTACT_MAX.external_id} characters`,
    example: 'tg-77',
  }),
  phone: textOrNumber
    .nullish()
    .meta({ description: `In any common format; normalised to E.164. At most ${CONTACT_MAX.phone} characters`, example: '8 (900) 123-45-67' }),
  email: z
    .string()
    .nullish()
    .meta({ description: `Trimmed and lower-cased. At most ${CONTACT_MAX.email} characters`, example: 'anna@example.com' }),
  name: z
    .string()
    .nullish()
    .meta({ description: `${shortened(CONTACT_MAX.name)}; the whole of it is kept in attributes` }),
  message: z
    .string()
    .nullish()
    .meta({ description: shortened(CONTACT_MAX.message) }),
  target_seconds: targetSeconds.nullish().meta({
    description: 'Within how many seconds it is to be assigned. With a source key only if the rule of the source accepts it, else ignored with a warning',
  }),
  attributes: z
    .record(z.string(), z.unknown())
    .nullish()
    .meta({
      description:
        `At most ${ATTRIBUTES_MAX}, with names of ${CONTACT_MAX.attribute_name} and texts of ${CONTACT_MAX.attribute} characters: text, numbers, true, false, null. ` +
        'With a warning, lists and objects are kept as their JSON, longer texts are shortened, and further attributes are kept together in `more_attributes`',
    }),
});

export const contact = z.object({
  id,
  source_id: id,
  lead_id: id,
  operator_id: id.nullable(),
  status: contactStatus,
  created_at: time,
  assigned_at: time.nullable(),
  closed_at: time.nullable(),
  message: z.string().nullable(),
  attributes: z.record(z.string(), z.unknown()),
  operator: z.object({ id, name: z.string() }).nullable(),
  lead: z
    .object({
      id,
      external_id: z.string().nullable(),
      phone: z.string().nullable(),
      email: z.string().nullable(),
      name: z.string().nullable(),
      operator_id: id.nullable(),
      created: z.boolean().meta({ description: 'Whether this contact created the lead; for a source key: whether the lead was new to its source' }),
    })
    .meta({
      description:
        "A source key is answered the id, what came with the contact and what its own source gave, and the operator of its own contacts' latest assignment; nothing that only others gave",
    }),
  waiting_reason: waitingReasonSchema.nullable(),
  next_at: time.nullable().meta({ description: 'Of a waiting contact: when it may be assigned without anybody doing anything; null: never' }),
  returned: z.int().meta({ description: 'How often it was put back into the queue' }),
  cost: z.int().meta({ description: "How much of an operator's limit it takes, by the rule under which it came" }),
  messages: z.int().meta({ description: 'How many further messages of the lead were added to it, see `repeat` of the rule' }),
  joined: z.literal(true).optional().meta({ description: 'Only in the answer to a submission: it was added to this contact as a message' }),
  owner_id: id.nullable().meta({ description: "The lead's own operator, if the rule of the source asked for one when the contact came" }),
  accept_by: time.nullable().meta({ description: 'When its operator has, or had, to accept it, or it goes back into the queue; null: need not accept it' }),
  accepted_at: time.nullable().meta({ description: 'When its operator accepted it' }),
  outcome: z.string().nullable().meta({ description: 'What came of it, as whoever closed it said' }),
  note: z.string().nullable().meta({ description: 'As whoever closed it wrote' }),
  target_at: time.meta({ description: 'By when it is to be assigned; time in which the source is closed does not count' }),
  opens_at: time.nullable().meta({ description: 'Of a contact that waits because its source is closed: when it opens; else null' }),
  warnings: z.array(z.string()).meta({ description: `What could not be taken as it was sent: at most ${WARNINGS_MAX}, and then one that counts the others` }),
});
export type Contact = z.infer<typeof contact>;

/** A further message of a lead, added to its open contact. */
export const contactMessage = z.object({
  id,
  contact_id: id,
  created_at: time,
  message: z.string().nullable(),
  attributes: z.record(z.string(), z.unknown()),
  external_id: z.string().nullable(),
  phone: z.string().nullable(),
  email: z.string().nullable(),
  name: z.string().nullable(),
  warnings: contact.shape.warnings,
});
export type ContactMessage = z.infer<typeof contactMessage>;

export const contactQuery = pageQuery.extend({
  status: contactStatus.optional(),
  operator_id: z.coerce.number().int().min(1).optional(),
  source_id: z.coerce.number().int().min(1).optional(),
  lead_id: z.coerce.number().int().min(1).optional(),
  from: z.iso.datetime({ offset: true }).optional().meta({ description: 'Created at or after' }),
  to: z.iso.datetime({ offset: true }).optional().meta({ description: 'Created before' }),
});
export type ContactQuery = z.infer<typeof contactQuery>;
/** Longest time that a request may wait for a contact to change. */
export const WAIT_SECONDS_MAX = 60;
export const contactWait = z.object({
  wait: z.coerce.number().int().min(0).max(WAIT_SECONDS_MAX).default(0).meta({ description: 'Seconds to wait for a change of the contact' }),
  since: z
    .string()
    .regex(/^\d{1,15}$/, 'must be a revision')
    .optional()
    .meta({ description: 'The last revision that you know, from the header of an earlier answer; without it, the current one' }),
});
export const acceptInput = z.object({
  operator_id: id.optional().meta({ description: 'Who answers; without it, whoever has the contact' }),
});
export type AcceptInput = z.infer<typeof acceptInput>;
export const declineInput = acceptInput.extend({ reason: text(DECLINE_REASON_MAX).optional().meta({ description: 'Shown with the decision' }) });
export type DeclineInput = z.infer<typeof declineInput>;
export const closeInput = z.object({
  outcome: text(OUTCOME_MAX).optional().meta({ description: 'What came of it, in a few words', example: 'sold' }),
  note: text(CLOSING_NOTE_MAX).optional().meta({ description: 'For whoever reads the contact later' }),
});
export type CloseInput = z.infer<typeof closeInput>;
export const reassignInput = z.object({ operator_id: id.nullable().meta({ description: 'null returns the contact to the queue' }) });

/** How many of its contacts the response for a lead contains; the list of contacts has all. */
export const LEAD_CONTACTS_MAX = 100;
export const leadDetail = lead.extend({
  identifiers: z.array(
    z.object({
      id,
      kind: identifierKind,
      value: z.string(),
      created_at: time,
      source_id: id.nullable().meta({ description: 'Of an external id: the source whose own space it belongs to' }),
      is_shared: z.boolean().meta({ description: 'Many people share it: a contact detail that does not identify' }),
      shared_by: z
        .int()
        .nullable()
        .meta({ description: 'How many names came with it, if they are so many that people may share it; null: it identifies, or was marked already' }),
    }),
  ),
  contacts: z.array(contact).meta({ description: `The newest ${LEAD_CONTACTS_MAX}` }),
  merges: z.array(merge),
  owner_id: id
    .nullable()
    .optional()
    .meta({ description: 'Who would get the next contact from the source asked for by its owner rule; null: nobody. Absent without `source_id`' }),
});
export type LeadDetail = z.infer<typeof leadDetail>;

export const identifierDetail = z.object({
  id,
  kind: identifierKind,
  value: z.string(),
  lead_id: id,
  source_id: id.nullable().meta({ description: 'Of an external id: the source whose own space it belongs to' }),
  is_shared: z.boolean(),
  leads: z.array(lead).meta({ description: 'All that have the value, newest first' }),
  separates: z.array(lead).meta({ description: 'Leads that marking the value as shared sets apart: those that were merged by it' }),
});
export type IdentifierDetail = z.infer<typeof identifierDetail>;

// ---- decisions ----------------------------------------------------------------------------------------------------

const decisionRow = z.object({
  operator_id: id,
  name: z.string(),
  weight: z.int(),
  load: z.int().meta({ description: 'Before this decision' }),
  max_load: z.int(),
  is_active: z.boolean(),
  line,
  key: z.int().nullable().meta({ description: 'By which the strategy chose: the smallest of the lowest line; null under `weighted`' }),
  passed_over: passedOverSchema.nullable().meta({ description: 'null: eligible' }),
  barred: z
    .enum(bars)
    .nullable()
    .meta({ description: 'What the rule had against this operator, also where `passed_over` names another reason, which counts first; null: nothing' }),
  until: time.nullable().meta({ description: 'When `barred` ends by itself; null: it does not' }),
  probability: z.number().meta({ description: 'weight / sum where the key is the smallest of the lowest line, otherwise 0' }),
});
export type DecisionRow = z.infer<typeof decisionRow>;
export const decision = z.object({
  id,
  contact_id: id,
  source_id: id,
  at: time,
  kind: decisionKind,
  rule_version: z.int().nullable().meta({ description: "Of the source's rule; null: the default rule, or a decision by hand" }),
  strategy: z.enum(strategyNames),
  line: line.nullable().meta({ description: "The chosen operator's" }),
  next_at: time.nullable().meta({ description: 'Of a waiting contact: when it may be assigned without anybody doing anything' }),
  table: z.array(decisionRow).meta({ description: 'All operators with a competence for the source, by operator id' }),
  owner_id: id.nullable().meta({ description: "The lead's own operator, where the rule asks for one; `owner` is the kind of a decision for that one" }),
  waited_ms: z.int().meta({ description: 'How long the contact had waited since it came, in milliseconds' }),
  cost: z.int().meta({ description: "How much of an operator's limit the contact takes" }),
  turn: z
    .object({
      share: z.number().meta({ description: 'Share of the target that the contact had waited, times the urgency of its source' }),
      next: z.object({ contact_id: id, share: z.number() }).nullable().meta({ description: 'The contact that came after it' }),
    })
    .nullable()
    .meta({ description: 'Why a contact from the queue was next, if that followed from different targets; null: it was the oldest' }),
  sum: z.int().meta({ description: 'Sum of the weights in the draw' }),
  r: z.int().nullable().meta({ description: 'The draw, 0 ≤ r < sum; null when nothing was drawn' }),
  operator_id: id.nullable(),
  operator: z.object({ id, name: z.string() }).nullable(),
  waiting_reason: waitingReasonSchema.nullable(),
  cause: returnCause.nullable().meta({ description: 'Of kind `returned`' }),
  note: z.string().nullable().meta({ description: 'What the operator gave as the reason for declining' }),
});
export type Decision = z.infer<typeof decision>;
/** Why a contact is where it is: its latest decision, and all decisions from the first. */
export const decisionAnswer = decision.extend({
  history: z.array(decision),
  closes_at: time.nullable().meta({ description: 'When the rule of its source closes the contact, unless it gives a sign of life; null: it does not' }),
});
export type DecisionAnswer = z.infer<typeof decisionAnswer>;

// ---- refused contacts ---------------------------------------------------------------------------------------------

export const refusedContact = z.object({
  id,
  source_id: id,
  refused_at: time.meta({ description: 'The latest attempt' }),
  attempts: z.int(),
  code: z.enum(problemCodes),
  detail: z.string(),
  errors: z.array(z.object({ path: z.string(), message: z.string() })),
  payload: z.unknown(),
  settled_at: time.nullable(),
  contact_id: id.nullable().meta({ description: 'The contact it became' }),
});
export type RefusedContact = z.infer<typeof refusedContact>;
/** As it appears in a list: for a large payload, the beginning of its JSON as text. */
export type ListedRefusal = RefusedContact & { readonly is_cut: boolean };
/** The oldest refused contacts of a source that had too many, folded into one entry that stays until its last open one is settled. */
export interface FoldedRefusals {
  readonly source_id: number;
  readonly count: number;
  /** when the first and the last of them were refused */
  readonly first_at: string;
  readonly last_at: string;
  /** how many with each code */
  readonly codes: Readonly<Partial<Record<ProblemCode, number>>>;
}

// ---- errors and health --------------------------------------------------------------------------------------------

export const problemDocument = z.object({
  type: z.string(),
  title: z.string(),
  status: z.int(),
  detail: z.string(),
  code: z.enum(problemCodes),
  errors: z
    .array(z.object({ path: z.string(), message: z.string() }))
    .optional()
    .meta({ description: `At most ${ERRORS_MAX}, and then one that counts the others` }),
});
export type ProblemDocument = z.infer<typeof problemDocument>;
export const health = z.object({ status: z.literal('ok'), version: z.string(), revision: z.int() });
