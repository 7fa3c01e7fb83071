/**
 * The tables, declared for drizzle: migrations are generated from this file, and composed queries are built on it.
 * What drizzle cannot express (STRICT, triggers) is in the migrations; `schema.test.ts` checks that both agree.
 * Times are epoch milliseconds, booleans 0 or 1, JSON is text.
 */
import { sql } from 'drizzle-orm';
import { blob, check, index, integer, primaryKey, sqliteTable, text, uniqueIndex } from 'drizzle-orm/sqlite-core';

export const operators = sqliteTable(
  'operators',
  {
    id: integer().primaryKey(),
    name: text().notNull(),
    /** the unique form of the name, see names.ts */
    name_key: text().notNull(),
    is_active: integer().notNull(),
    max_load: integer().notNull(),
    /** sum of the costs of contacts with status `assigned`; a trigger refuses to raise it above max_load */
    current_load: integer().notNull().default(0),
    active_changed_at: integer().notNull(),
    assigned_on: text(),
    assigned_count: integer().notNull().default(0),
    last_assigned_at: integer(),
    created_at: integer().notNull(),
    archived_at: integer(),
    /** why the operator is inactive, if a reason was given: one of `inactiveReasons` */
    inactive_reason: text(),
    /** decision of the latest assignment; null: none yet, or none since it is recorded */
    latest_decision: integer(),
    /** JSON: the operator's tags, sorted */
    tags: text().notNull().default('[]'),
    /** contacts in a row that were given and not accepted in time */
    misses: integer().notNull().default(0),
    /** JSON: how it keeps a schedule, the fields that differ from `defaultHours`; null: as without any */
    hours: text(),
    /** who switched it on or off last, as the journal names them; null: nobody yet */
    switched_by: text(),
  },
  (t) => [
    uniqueIndex('operators_name').on(t.name_key).where(sql`archived_at IS NULL`),
    check('operators_load', sql`current_load >= 0`),
    check('operators_max_load', sql`max_load >= 0`),
  ],
);

export const sources = sqliteTable(
  'sources',
  {
    id: integer().primaryKey(),
    name: text().notNull(),
    name_key: text().notNull(),
    settings: text().notNull(),
    created_at: integer().notNull(),
    archived_at: integer(),
    /** `own`: its external ids are a space of their own; `shared`: one space for all such sources */
    external_ids: text().notNull().default('shared'),
  },
  (t) => [uniqueIndex('sources_name').on(t.name_key).where(sql`archived_at IS NULL`)],
);

export const source_keys = sqliteTable(
  'source_keys',
  {
    id: integer().primaryKey(),
    source_id: integer()
      .notNull()
      .references(() => sources.id),
    /** SHA-256 of the key; the key itself is not stored */
    hash: blob({ mode: 'buffer' }).notNull(),
    hint: text().notNull(),
    created_at: integer().notNull(),
    revoked_at: integer(),
    /** precise to the minute; not journalled */
    last_used_at: integer(),
  },
  (t) => [uniqueIndex('source_keys_hash').on(t.hash), index('source_keys_source').on(t.source_id)],
);

/** How a source's contacts are distributed: one row for each version, never changed. A source without rows has the default rule. */
export const rules = sqliteTable(
  'rules',
  {
    id: integer().primaryKey(),
    source_id: integer()
      .notNull()
      .references(() => sources.id),
    /** 2, 3, …; version 1 is the default rule */
    version: integer().notNull(),
    /** JSON: the fields that differ from the default rule */
    content: text().notNull(),
    created_at: integer().notNull(),
  },
  (t) => [uniqueIndex('rules_version').on(t.source_id, t.version)],
);

export const competences = sqliteTable(
  'competences',
  {
    source_id: integer()
      .notNull()
      .references(() => sources.id),
    operator_id: integer()
      .notNull()
      .references(() => operators.id),
    weight: integer().notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.source_id, t.operator_id] }),
    index('competences_operator').on(t.operator_id),
    check('competences_weight', sql`weight BETWEEN 0 AND 1000`),
  ],
);

export const leads = sqliteTable(
  'leads',
  {
    id: integer().primaryKey(),
    name: text(),
    /** operator of the latest assignment */
    operator_id: integer().references(() => operators.id),
    created_at: integer().notNull(),
    /** the lead this one was merged into, until the merge is undone */
    merged_into: integer(),
    /** source that gave the name, see givers.ts */
    name_given_by: integer(),
    /** source of the contact of the latest assignment; null in rows from before it was recorded */
    operator_source_id: integer(),
    /** the first identifier of each kind: the ones shown */
    external_id: text(),
    phone: text(),
    email: text(),
    /** decision of the latest assignment */
    assigned_by: integer(),
    /** the lead that this one's rows belong to: set by a merge that was too large to move rows; null: itself */
    part_of: integer(),
    /** of a part: position of its identifiers among the lead's, see `IN_ORDER` */
    part_place: integer(),
    /** the operator who is to get the lead's contacts, set by a person */
    pinned_operator_id: integer().references(() => operators.id),
  },
  (t) => [index('leads_parts').on(t.part_of).where(sql`part_of IS NOT NULL`)],
);

export const lead_identifiers = sqliteTable(
  'lead_identifiers',
  {
    id: integer().primaryKey({ autoIncrement: true }),
    kind: text().notNull(),
    value: text().notNull(),
    lead_id: integer()
      .notNull()
      .references(() => leads.id),
    created_at: integer().notNull(),
    /** position among the lead's identifiers, see `IN_ORDER`; null: the position follows from the id. Identifiers that came by a merge follow those that the lead had */
    place: integer(),
    /** source that gave it first, see givers.ts */
    given_by: integer(),
    /** of an external id: the source whose own space it belongs to; 0: the shared space, and other kinds */
    space: integer().notNull().default(0),
    /** a contact detail that many leads share: it does not identify */
    is_shared: integer().notNull().default(0),
  },
  (t) => [
    uniqueIndex('lead_identifiers_value').on(t.value, t.kind, t.space).where(sql`is_shared = 0`),
    index('lead_identifiers_shared').on(t.value, t.kind).where(sql`is_shared = 1`),
    index('lead_identifiers_lead').on(t.lead_id),
    check('lead_identifiers_kind', sql`kind = 'external_id' OR kind = 'phone' OR kind = 'email'`),
  ],
);

/** Values that many people share, marked by a person. They do not identify, see shared-identifiers.ts. */
export const shared_identifiers = sqliteTable(
  'shared_identifiers',
  {
    id: integer().primaryKey(),
    kind: text().notNull(),
    value: text().notNull(),
    space: integer().notNull(),
    created_at: integer().notNull(),
    /** JSON: the merges that the mark undid */
    merge_ids: text().notNull(),
    /** the identifier's lead when it was marked */
    lead_id: integer()
      .notNull()
      .references(() => leads.id),
  },
  (t) => [uniqueIndex('shared_identifiers_value').on(t.value, t.kind, t.space)],
);

/** Sources that gave an identifier after its first giver. */
export const identifier_givers = sqliteTable(
  'identifier_givers',
  {
    identifier_id: integer()
      .notNull()
      .references(() => lead_identifiers.id, { onDelete: 'cascade' }),
    source_id: integer()
      .notNull()
      .references(() => sources.id),
  },
  (t) => [primaryKey({ columns: [t.identifier_id, t.source_id] })],
);

/** What contacts of a source have in common in the queue beside their source, see contact-classes.ts. Rows never change. */
export const contact_classes = sqliteTable(
  'contact_classes',
  {
    id: integer().primaryKey(),
    source_id: integer()
      .notNull()
      .references(() => sources.id),
    /** JSON: the fields that differ from those of an ordinary contact */
    content: text().notNull(),
  },
  (t) => [uniqueIndex('contact_classes_content').on(t.source_id, t.content)],
);

export const contacts = sqliteTable(
  'contacts',
  {
    id: integer().primaryKey(),
    source_id: integer()
      .notNull()
      .references(() => sources.id),
    lead_id: integer()
      .notNull()
      .references(() => leads.id),
    operator_id: integer().references(() => operators.id),
    status: text().notNull(),
    message: text(),
    attributes: text(),
    warnings: text(),
    /** whether this contact created its lead */
    made_lead: integer().notNull(),
    created_at: integer().notNull(),
    assigned_at: integer(),
    closed_at: integer(),
    idempotency_key: text(),
    /** fingerprint of the body that came with the key, see fingerprint.ts */
    fingerprint: blob({ mode: 'buffer' }),
    /** JSON: what the contact's source is shown where the lead has data from other sources; null when there is none */
    for_source: text(),
    /** how often the contact was returned from an operator to the queue */
    returned: integer().notNull().default(0),
    /** null: an ordinary contact */
    class_id: integer().references(() => contact_classes.id),
    /** how many further messages were added to it */
    messages: integer().notNull().default(0),
    /** when its present holder has, or had, to have accepted it; null: whenever */
    accept_by: integer(),
    /** when its present holder accepted it */
    accepted_at: integer(),
    /** what came of it, and a note, as whoever closed it said; null: nothing */
    outcome: text(),
    note: text(),
  },
  (t) => [
    uniqueIndex('contacts_idempotency').on(t.source_id, t.idempotency_key).where(sql`idempotency_key IS NOT NULL`),
    index('contacts_lead').on(t.lead_id),
    index('contacts_operator').on(t.operator_id, t.id),
    index('contacts_source').on(t.source_id, t.id),
    index('contacts_waiting').on(t.id).where(sql`status = 'waiting'`),
    index('contacts_waiting_source').on(t.source_id, t.class_id, t.id).where(sql`status = 'waiting'`),
    index('contacts_class').on(t.class_id).where(sql`class_id IS NOT NULL`),
    index('contacts_returned').on(t.source_id, t.id).where(sql`status = 'waiting' AND returned > 0`),
    index('contacts_assigned_source').on(t.source_id, t.id).where(sql`status = 'assigned'`),
    index('contacts_unaccepted').on(t.operator_id, t.id).where(sql`accept_by IS NOT NULL AND accepted_at IS NULL AND status = 'assigned'`),
    check(
      'contacts_status',
      sql`(status = 'waiting' AND operator_id IS NULL) OR (status = 'assigned' AND operator_id IS NOT NULL) OR (status = 'closed' AND closed_at IS NOT NULL)`,
    ),
  ],
);

/** Further messages of leads, added to their open contacts by `repeat: join`. */
export const messages = sqliteTable(
  'messages',
  {
    id: integer().primaryKey(),
    contact_id: integer()
      .notNull()
      .references(() => contacts.id),
    source_id: integer()
      .notNull()
      .references(() => sources.id),
    created_at: integer().notNull(),
    message: text(),
    attributes: text(),
    /** JSON: identifiers and name as they were sent */
    given: text(),
    warnings: text(),
    idempotency_key: text(),
    fingerprint: blob({ mode: 'buffer' }),
  },
  (t) => [
    index('messages_contact').on(t.contact_id, t.id),
    uniqueIndex('messages_idempotency').on(t.source_id, t.idempotency_key).where(sql`idempotency_key IS NOT NULL`),
  ],
);

/** Contacts with an earlier time than the contact before them, because the clock was set back. Between two of them, ids and times grow together. */
export const clock_set_backs = sqliteTable('clock_set_backs', { contact_id: integer().primaryKey() });

export const rosters = sqliteTable('rosters', {
  id: integer().primaryKey(),
  source_id: integer()
    .notNull()
    .references(() => sources.id),
  /** [[operator_id, weight, max_load, is_active, line], …] by operator id; without a line: line 1 */
  members: text().notNull(),
  created_at: integer().notNull(),
});

export const decisions = sqliteTable(
  'decisions',
  {
    id: integer().primaryKey(),
    contact_id: integer()
      .notNull()
      .references(() => contacts.id),
    at: integer().notNull(),
    kind: text().notNull(),
    /** the operators with a competence, with weight, limit and activity; shared by all decisions until the configuration changes */
    roster_id: integer()
      .notNull()
      .references(() => rosters.id),
    /** loads of the roster's members before the decision, one LEB128 number each, in roster order */
    loads: blob({ mode: 'buffer' }).notNull(),
    sum: integer().notNull(),
    r: integer(),
    operator_id: integer().references(() => operators.id),
    /** weight of the chosen operator, if there was a draw */
    weight: integer(),
    waiting_reason: text(),
    /** the source's rule, unless it was the default */
    rule_id: integer().references(() => rules.id),
    /** keys of the roster's members, in roster order, see `encodeKeys`; null: the strategy has none */
    keys: blob({ mode: 'buffer' }),
    /** JSON: operators passed over for other reasons than weight, activity and limit: [[operator_id, reason, until], …]; null: nobody */
    barred: text(),
    /** of a waiting contact: when it may become assignable by itself */
    next_at: integer(),
    /** the lead's own operator, where the rule asks for one */
    owner_id: integer().references(() => operators.id),
    /** JSON: the shares of the target waited by a contact taken from the queue and by the next one, see `Turn`; null where all have the same target */
    turn: text(),
    /** how much of an operator's limit the contact takes; null: 1 */
    cost: integer(),
    /** of kind `returned`: why, one of `returnCauses` */
    cause: text(),
    /** what the operator said who declined. The chain does not cover it: it is erased with the lead */
    note: text(),
  },
  (t) => [
    index('decisions_contact').on(t.contact_id),
    index('decisions_rule').on(t.rule_id, t.id).where(sql`rule_id IS NOT NULL`),
    check('decisions_kind', sql`kind = 'draw' OR kind = 'drain' OR kind = 'manual' OR kind = 'owner' OR kind = 'returned' OR kind = 'closed_by_rule'`),
  ],
);

export const merges = sqliteTable(
  'merges',
  {
    id: integer().primaryKey(),
    survivor_id: integer()
      .notNull()
      .references(() => leads.id),
    merged_id: integer()
      .notNull()
      .references(() => leads.id),
    contact_id: integer().references(() => contacts.id),
    /** what undoing the merge has to move back, see `Moved` */
    moved: text().notNull(),
    created_at: integer().notNull(),
    undone_at: integer(),
  },
  (t) => [index('merges_survivor').on(t.survivor_id), index('merges_merged').on(t.merged_id)],
);

/** Possible merges based only on another source's data, until a person decides; see suggested-merges.ts. */
export const suggested_merges = sqliteTable(
  'suggested_merges',
  {
    id: integer().primaryKey(),
    survivor_id: integer()
      .notNull()
      .references(() => leads.id),
    merged_id: integer()
      .notNull()
      .references(() => leads.id),
    contact_id: integer()
      .notNull()
      .references(() => contacts.id),
    /** identifiers of the lead `merged_id` that the contact carried */
    identifier_ids: text().notNull(),
    created_at: integer().notNull(),
    settled_at: integer(),
    /** the merge that settled it; null in a settled row: dismissed */
    merge_id: integer().references(() => merges.id),
  },
  (t) => [
    index('suggested_merges_survivor').on(t.survivor_id),
    index('suggested_merges_merged').on(t.merged_id),
    index('suggested_merges_merge').on(t.merge_id).where(sql`merge_id IS NOT NULL`),
    index('suggested_merges_open').on(t.id).where(sql`settled_at IS NULL`),
  ],
);

export const refused_contacts = sqliteTable(
  'refused_contacts',
  {
    id: integer().primaryKey(),
    source_id: integer()
      .notNull()
      .references(() => sources.id),
    idempotency_key: text(),
    fingerprint: blob({ mode: 'buffer' }),
    refused_at: integer().notNull(),
    attempts: integer().notNull(),
    code: text().notNull(),
    detail: text().notNull(),
    errors: text().notNull(),
    payload: text().notNull(),
    settled_at: integer(),
    contact_id: integer().references(() => contacts.id),
  },
  (t) => [
    uniqueIndex('refused_contacts_key').on(t.source_id, t.idempotency_key).where(sql`idempotency_key IS NOT NULL AND settled_at IS NULL`),
    index('refused_contacts_open').on(t.id).where(sql`settled_at IS NULL`),
    index('refused_contacts_open_source').on(t.source_id, t.id).where(sql`settled_at IS NULL`),
  ],
);

/** Number and size of the open refused contacts of each source. Maintained by triggers. */
export const refused_open = sqliteTable('refused_open', { source_id: integer().primaryKey(), contacts: integer().notNull(), bytes: integer().notNull() });

/** Summary of a source's oldest refused contacts, beyond the number that is kept. */
export const refused_summaries = sqliteTable('refused_summaries', {
  source_id: integer()
    .primaryKey()
    .references(() => sources.id),
  contacts: integer().notNull(),
  /** when the first and last of them were refused */
  first_at: integer().notNull(),
  last_at: integer().notNull(),
  /** JSON: counts by problem code */
  codes: text().notNull(),
});

/** One row for each change, in commit order; its id is the revision. Only ids are stored, except for configuration changes, which store before and after. */
export const journal = sqliteTable(
  'journal',
  {
    revision: integer().primaryKey(),
    at: integer().notNull(),
    actor: text().notNull(),
    kind: text().notNull(),
    contact_id: integer(),
    operator_id: integer(),
    source_id: integer(),
    data: text(),
    /** SHA-256 over the row, its decision and the chain before it, see chain.ts */
    chain: blob({ mode: 'buffer' }),
  },
  (t) => [index('journal_audit').on(t.revision).where(sql`data IS NOT NULL`)],
);

/** What the desk is to do by itself at a moment, see deadlines.ts. A row is deleted when it is done or has become pointless. */
export const deadlines = sqliteTable(
  'deadlines',
  {
    id: integer().primaryKey(),
    due_at: integer().notNull(),
    kind: text().notNull(),
    /** what it concerns: of kind `accept` a contact, of kind `boundary` an operator */
    subject_id: integer().notNull(),
    /** the decision that it follows from: after another one there is nothing to do; of kind `boundary` 0 */
    decision_id: integer().notNull(),
    /** when its time began to run */
    since: integer().notNull(),
    /** whether the desk has been up since then */
    is_witnessed: integer().notNull().default(1),
  },
  (t) => [uniqueIndex('deadlines_subject').on(t.kind, t.subject_id), index('deadlines_due').on(t.due_at, t.id)],
);

/** One row: when the desk was last known to be up. Kept current while a deadline depends on it. */
export const uptime = sqliteTable('uptime', { id: integer().primaryKey(), seen_at: integer().notNull() });

/** Settings of the workspace: one JSON value per key. */
export const settings = sqliteTable('settings', { key: text().primaryKey(), value: text().notNull() });

/** Named configurations that are applied in one step: day, night, weekend. */
export const presets = sqliteTable(
  'presets',
  {
    id: integer().primaryKey(),
    name: text().notNull(),
    name_key: text().notNull(),
    content: text().notNull(),
    created_at: integer().notNull(),
    updated_at: integer().notNull(),
  },
  (t) => [uniqueIndex('presets_name').on(t.name_key)],
);

/** Cases that supervisors keep, see kept-case.ts: one JSON content each. */
export const kept_cases = sqliteTable('kept_cases', {
  id: integer().primaryKey(),
  /** null: removed; the id is not used again, since undo may bring the case back */
  content: text(),
});

/** When operators are at work, see schedule.ts: one JSON content each. */
export const schedules = sqliteTable('schedules', {
  id: integer().primaryKey(),
  /** null: removed; the id is not used again, since undo may bring the schedule back */
  content: text(),
});

/** What operators do on single dates instead of what their schedules say. */
export const shifts = sqliteTable(
  'shifts',
  {
    operator_id: integer()
      .notNull()
      .references(() => operators.id),
    /** local date (`2026-11-22`) on which the shift begins */
    date: text().notNull(),
    /** JSON, see `OwnShift` */
    content: text().notNull(),
  },
  (t) => [primaryKey({ columns: [t.operator_id, t.date] })],
);

/** Leads erased on request. They are erased again in a restored backup. */
export const erased_leads = sqliteTable('erased_leads', {
  lead_id: integer().primaryKey(),
  lead_created_at: integer().notNull(),
  erased_at: integer().notNull(),
});

/** Permanently withdrawn credentials. They stay withdrawn when an older backup is restored. See withdrawals.ts. */
export const withdrawals = sqliteTable(
  'withdrawals',
  {
    kind: text().notNull(),
    /** identifies the credential in every copy of the database: the hash of its secret, or a random id */
    identity: blob({ mode: 'buffer' }).notNull(),
    withdrawn_at: integer().notNull(),
  },
  (t) => [primaryKey({ columns: [t.kind, t.identity] })],
);

/** Reports that are exported to a folder on a schedule. */
export const scheduled_exports = sqliteTable('scheduled_exports', {
  id: integer().primaryKey(),
  /** JSON: report, format, folder and recurrence */
  settings: text().notNull(),
  next_at: integer().notNull(),
  created_at: integer().notNull(),
});

/** Runs of scheduled exports, successful or failed. */
export const export_runs = sqliteTable(
  'export_runs',
  {
    id: integer().primaryKey(),
    scheduled_export_id: integer().notNull(),
    at: integer().notNull(),
    file: text(),
    rows: integer(),
    bytes: integer(),
    error: text(),
  },
  (t) => [index('export_runs_schedule').on(t.scheduled_export_id, t.id)],
);

/** Who uses the desk. A person who was removed keeps the row: the journal names people by their ids. */
export const people = sqliteTable(
  'people',
  {
    id: integer().primaryKey(),
    name: text().notNull(),
    name_key: text().notNull(),
    /** one of `personRoles` */
    role: text().notNull(),
    /** see passwords.ts; null: none yet, or withdrawn */
    password: blob({ mode: 'buffer' }),
    /** random, new with each password: identifies it in every copy of the database */
    password_id: blob({ mode: 'buffer' }),
    /** SHA-256 of the token of an invitation; null: there is none */
    invitation: blob({ mode: 'buffer' }),
    invited_until: integer(),
    created_at: integer().notNull(),
    removed_at: integer(),
    /** of a person with the role `operator`: which one they are; null: none */
    operator_id: integer(),
  },
  (t) => [uniqueIndex('people_name').on(t.name_key).where(sql`removed_at IS NULL`)],
);

/** Keys of people for scripts. Revoked ones are kept. */
export const person_keys = sqliteTable(
  'person_keys',
  {
    id: integer().primaryKey(),
    person_id: integer()
      .notNull()
      .references(() => people.id),
    /** SHA-256 of the key */
    hash: blob({ mode: 'buffer' }).notNull(),
    /** the last four characters */
    hint: text().notNull(),
    created_at: integer().notNull(),
    revoked_at: integer(),
  },
  (t) => [uniqueIndex('person_keys_hash').on(t.hash), index('person_keys_person').on(t.person_id)],
);

/** Browsers that may show the console. */
export const sessions = sqliteTable('sessions', {
  id: integer().primaryKey(),
  /** SHA-256 of the secret; only the browser has the secret itself */
  hash: blob({ mode: 'buffer' }).notNull(),
  /** SHA-256 of the admin token at the time of opening; a new token ends the session */
  admin_token: blob({ mode: 'buffer' }).notNull(),
  /** the address it was opened at and is valid for, such as `127.0.0.1:8000` */
  host: text().notNull(),
  user_agent: text().notNull(),
  created_at: integer().notNull(),
  last_used_at: integer().notNull(),
  /** who signed in; null: the administrator of the machine */
  person_id: integer(),
});
