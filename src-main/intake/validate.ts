/** The schemas of src-shared as fastify's validator; issues become field errors. */
import type { FastifySchemaCompiler } from 'fastify';
import type { ZodError, ZodType } from 'zod';
import type { FieldError, Problem } from '#shared/contract/problems.ts';
import { pointer } from './pointer.ts';
import { noSuchRoute, Refusal } from './problem.ts';

const WHAT: Record<string, string> = { body: 'body', querystring: 'query' };

export const validatorCompiler: FastifySchemaCompiler<ZodType> = ({ schema, httpPart }) => {
  const refuse = (error: ZodError) => new Refusal(httpPart === 'params' ? noSuchRoute : misfit(WHAT[httpPart ?? ''] ?? 'request', error));
  return (data: unknown) => {
    const result = schema.safeParse(data);
    return result.success ? { value: result.data } : { error: refuse(result.error) };
  };
};

function misfit(what: string, error: ZodError): Problem {
  const errors: FieldError[] = error.issues.map(({ path, message }) => ({
    path: what === 'query' ? path.join('.') : pointer(path),
    message,
  }));
  const first = errors[0];
  return {
    code: 'validation_failed',
    detail: `The ${what} does not fit the schema${first ? `: ${[first.path, first.message].filter(Boolean).join(' ')}` : ''}.`,
    errors,
  };
}
