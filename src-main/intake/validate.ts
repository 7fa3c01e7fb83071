/** Validates fastify requests with the zod schemas of src-shared; issues become field errors. */
import type { FastifySchemaCompiler } from 'fastify';
import type { ZodError, ZodType } from 'zod';
import { misfit, wordsOf } from '#shared/contract/misfit.ts';
import { noSuchRoute, RefusedRequest } from './problem.ts';

const WHAT: Record<string, string> = { body: 'body', querystring: 'query' };

/** Lets fastify validate with Zod. An invalid path parameter means that there is no such route; other errors name the fields. */
export const validatorCompiler: FastifySchemaCompiler<ZodType> = ({ schema, httpPart }) => {
  const refuse = (error: ZodError) => new RefusedRequest(httpPart === 'params' ? noSuchRoute : misfit(WHAT[httpPart ?? ''] ?? 'request', error));
  return (data: unknown) => {
    const result = schema.safeParse(data, { error: wordsOf });
    return result.success ? { value: result.data } : { error: refuse(result.error) };
  };
};
