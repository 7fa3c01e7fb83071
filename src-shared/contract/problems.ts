/** The closed list of problem codes, with the HTTP status and the title of each (RFC 9457). */
export const problems = {
  malformed_request: { status: 400, title: 'The request is not well-formed HTTP' },
  malformed_json: { status: 400, title: 'The body is not valid JSON' },
  source_has_no_competences: { status: 400, title: 'No operator has a competence for this source' },
  unauthorized: { status: 401, title: 'A valid token is needed' },
  sign_in_failed: { status: 401, title: 'Name and password do not match, or the invitation is no longer valid' },
  foreign_host: { status: 403, title: 'The Host header is not ours' },
  foreign_origin: { status: 403, title: 'Web pages may not call this API' },
  not_allowed: { status: 403, title: 'This token may not do that' },
  other_source: { status: 403, title: 'A source key only reaches its own source' },
  not_found: { status: 404, title: 'Not found' },
  name_taken: { status: 409, title: 'The name is in use' },
  operator_full: { status: 409, title: 'The operator has no free capacity' },
  operator_holds_contacts: { status: 409, title: 'The operator still holds contacts' },
  contact_closed: { status: 409, title: 'The contact is closed' },
  already_moved: { status: 409, title: 'Somebody else has the contact, or nobody' },
  contact_moved: { status: 409, title: 'The contact was moved meanwhile' },
  workspace_in_use: { status: 409, title: 'The workspace is in use' },
  in_use: { status: 409, title: 'Something still uses it' },
  case_broken: { status: 409, title: 'A kept case would no longer hold' },
  changed_since: { status: 409, title: 'What it changed has been changed again since' },
  not_undoable: { status: 409, title: 'This change cannot be undone' },
  merge_not_undoable: { status: 409, title: 'The merge cannot be undone now' },
  lead_erased: { status: 409, title: 'The lead was erased' },
  lead_merged: { status: 409, title: 'The lead was merged into another' },
  too_many_tags: { status: 409, title: 'An operator would have too many tags' },
  too_many_keys: { status: 409, title: 'There are too many keys already' },
  foreign_backup: { status: 409, title: 'The backup is from another desk' },
  restore_failed: { status: 409, title: 'The backup could not be restored' },
  already_settled: { status: 409, title: 'It is already settled' },
  body_too_large: { status: 413, title: 'The body is too large' },
  unsupported_media_type: { status: 415, title: 'Bodies are application/json' },
  validation_failed: { status: 422, title: 'The request does not fit the schema' },
  no_usable_identifier: { status: 422, title: 'No identifier is usable' },
  export_folder_unusable: { status: 422, title: 'Files cannot be written to the folder' },
  folder_unusable: { status: 422, title: 'Backups cannot be written to the folder' },
  idempotency_key_reused: { status: 422, title: 'The Idempotency-Key was used with another body' },
  rate_limited: { status: 429, title: 'Too many requests' },
  overloaded: { status: 503, title: 'Too busy, try again' },
  no_browser: { status: 503, title: 'No browser is available for printing' },
  outcome_unknown: { status: 503, title: 'The outcome is unknown, retry with the same Idempotency-Key' },
  system_refused: { status: 503, title: 'The operating system refused the change' },
  backup_failed: { status: 503, title: 'The backup could not be made' },
} as const satisfies Record<string, { status: 400 | 401 | 403 | 404 | 409 | 413 | 415 | 422 | 429 | 503; title: string }>;

export type ProblemCode = keyof typeof problems;

/** Refusals of `POST /contacts` that are kept as refused contacts: a supervisor or the bot's developer can fix their cause. */
export const keptRefusals: readonly ProblemCode[] = ['source_has_no_competences', 'validation_failed', 'no_usable_identifier', 'malformed_json'];
export const problemCodes = Object.keys(problems) as [ProblemCode, ...ProblemCode[]]; // Object.keys loses the type of the keys

/** One thing wrong with a request; `path` is a JSON Pointer (RFC 6901) into the body, or the parameter's name. */
export interface FieldError {
  readonly path: string;
  readonly message: string;
}

/** Maximum number of errors in a response or a refused contact, besides one that counts the others. */
export const ERRORS_MAX = 20;

/** The first of these errors and, if there are more, their number. */
export function firstErrors(errors: readonly FieldError[]): FieldError[] {
  const first = errors.slice(0, ERRORS_MAX);
  const more = errors.length - first.length;
  return more > 0 ? [...first, { path: '', message: `and ${more.toLocaleString('en-US')} more` }] : first;
}

/** Maximum number of warnings of a contact, besides one that counts the others. */
export const WARNINGS_MAX = 20;

/** The first of these warnings and, if there are more, their number. */
export function firstWarnings(warnings: readonly string[]): readonly string[] {
  const more = warnings.length - WARNINGS_MAX;
  return more > 0 ? [...warnings.slice(0, WARNINGS_MAX), `and ${more.toLocaleString('en-US')} more`] : warnings;
}

/** An expected failure, as a value. `detail` is English, for bot authors; consoles translate `code` with `params`. */
export interface Problem {
  readonly code: ProblemCode;
  readonly detail: string;
  readonly params?: Readonly<Record<string, string | number>>;
  readonly errors?: readonly FieldError[];
}

/**
 * The result of a use case: a value or a problem. Exceptions are for bugs and disk failures.
 * `step` tells a console that the configuration was changed: the revision to pass to `undoChange`.
 * `revision` is that of the command's last change, or the desk's revision as the command saw it if it changed nothing.
 */
export type Result<T> = ({ readonly ok: true; readonly value: T; readonly step?: number } | { readonly ok: false; readonly problem: Problem }) & {
  readonly revision?: number;
};

/** The result of a command that was run. */
export type Written<T> = Result<T> & { readonly revision: number };

export const ok = <T>(value: T): Result<T> => ({ ok: true, value });

/** The result of a use case that failed as expected. */
export function fail(code: ProblemCode, detail: string, more: Pick<Problem, 'params' | 'errors'> = {}): { ok: false; problem: Problem } {
  return { ok: false, problem: { code, detail, ...more } };
}

/** What the role of a person does not allow. */
export const notAllowed = fail('not_allowed', 'Your role does not allow this. An administrator can change it.');

/** Kinds of entity that `not_found` can name. */
export const things = [
  'operator',
  'source',
  'contact',
  'lead',
  'merge',
  'competence',
  'kept_case',
  'key',
  'refused_contact',
  'suggested_merge',
  'backup',
  'preset',
  'work_schedule',
  'change',
  'schedule',
  'session',
  'person',
  'identifier',
] as const;
export type Thing = (typeof things)[number];

/** The failure `not_found` for the entity with this id. */
export function notFound(what: Thing, id: number | string): { ok: false; problem: Problem } {
  return fail('not_found', `There is no ${what.replace('_', ' ')} ${id}.`, { params: { what, id } });
}

/**
 * The entity does not exist or cannot be used. An archived one is reported as archived, since it can still be read.
 * @param archived the archived entity found under the id; null or undefined if there was none
 */
export function notInUse(what: 'operator' | 'source', id: number | string, archived: object | null | undefined): { ok: false; problem: Problem } {
  if (!archived) return notFound(what, id);
  const detail = `The ${what} ${id} is archived: it can be read, but not used or changed until it is restored in the console.`;
  return fail('not_found', detail, { params: { what, id, state: 'archived' } });
}
