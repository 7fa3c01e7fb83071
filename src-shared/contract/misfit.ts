/** Issues of the zod schemas as field errors, in English for authors of bots. */
import type { ZodError, z } from 'zod';
import { pointer } from './pointer.ts';
import type { FieldError, Problem } from './problems.ts';

/** Longer than any path into a valid body. A name in an invalid one may be as long as the body. */
const PATH_MAX = 250;

const short = (path: string): string => (path.length > PATH_MAX ? `${path.slice(0, PATH_MAX).toWellFormed()}…` : path);

/** The problem of a part of a request that does not fit its schema. */
export function misfit(what: string, error: ZodError): Problem {
  const place = (path: readonly PropertyKey[]): string => short(what === 'query' ? path.join('.') : pointer(path));
  const errors = error.issues.flatMap((issue): FieldError[] => {
    if (issue.code !== 'unrecognized_keys') return [{ path: place(issue.path), message: issue.message }];
    return issue.keys.map((key) => ({ path: place([...issue.path, key]), message: 'is not known here' }));
  });
  const first = errors[0];
  return {
    code: 'validation_failed',
    detail: `The ${what} does not fit the schema${first ? `: ${[first.path, first.message].filter(Boolean).join(' ')}` : ''}.`,
    errors,
  };
}

const KINDS: Readonly<Record<string, string>> = {
  string: 'text',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  array: 'a list',
  object: 'an object',
  record: 'an object',
  null: 'null',
};
const FORMATS: Readonly<Record<string, string>> = { datetime: 'a time like 2026-11-22T09:15:02.113Z', date: 'a day like 2026-11-22' };
const PARTS: Readonly<Record<string, string>> = { string: ' characters', array: ' entries' };

/** Error texts for authors of bots, who do not know zod. A schema's own message takes precedence. */
export function wordsOf(issue: z.core.$ZodRawIssue): string | undefined {
  switch (issue.code) {
    case 'invalid_type':
      return issue.input === undefined ? 'is needed' : `must be ${KINDS[issue.expected] ?? issue.expected}`;
    case 'too_small':
      return `must ${PARTS[issue.origin] ? 'have' : 'be'} at least ${issue.minimum}${PARTS[issue.origin] ?? ''}`;
    case 'too_big':
      return `must ${PARTS[issue.origin] ? 'have' : 'be'} at most ${issue.maximum}${PARTS[issue.origin] ?? ''}`;
    case 'invalid_value':
      return `must be one of ${issue.values.join(', ')}`;
    case 'invalid_format':
      return FORMATS[issue.format] && `must be ${FORMATS[issue.format]}`;
    case 'invalid_union': {
      const kinds = issue.errors.flatMap(([first]) => (first?.code === 'invalid_type' ? [KINDS[first.expected] ?? first.expected] : []));
      return kinds.length > 0 ? `must be ${kinds.join(', ')}` : undefined;
    }
    default:
      return undefined;
  }
}
