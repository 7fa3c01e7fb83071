/** Problems as RFC 9457 documents. `type` links to our documentation page, which lists all codes. */
import type { ProblemDocument } from '#shared/contract/entities.ts';
import { firstErrors, type Problem, problems } from '#shared/contract/problems.ts';

/** Default retry delay in seconds, unless the problem specifies one. */
const RETRY_AFTER_S = 1;

/** The part of fastify's reply that the helpers use, independent of route types. */
export interface Reply<Self> {
  revision?: number;
  code(status: number): Self;
  header(name: string, value: string): Self;
  send(payload?: unknown): Self;
}

/** A problem as RFC 9457 describes it. */
export function problemDocument({ code, detail, errors }: Problem): ProblemDocument {
  const { status, title } = problems[code];
  return { type: `/docs#${code}`, title, status, detail, code, ...(errors && { errors: firstErrors(errors) }) };
}

/** Sends a problem document. 429 and 503 carry `Retry-After`. */
export function sendProblem<R extends Reply<R>>(reply: R, problem: Problem): R {
  const document = problemDocument(problem);
  reply.code(document.status).header('content-type', 'application/problem+json');
  if (document.status === 429 || document.status === 503) reply.header('retry-after', String(problem.params?.retry_after_s ?? RETRY_AFTER_S));
  if (document.status === 401) reply.header('www-authenticate', 'Bearer');
  return reply.send(JSON.stringify(document));
}

/** An error that carries a problem, for places where fastify only accepts errors (parsing, validation). The error handler sends the problem. */
export class RefusedRequest extends Error {
  readonly problem: Problem;

  constructor(problem: Problem) {
    super(problem.code);
    this.problem = problem;
  }
}

export const unauthorized: Problem = { code: 'unauthorized', detail: 'Send a valid token as Authorization: Bearer TOKEN.' };

/** The path is not served, or not with this method. */
export const noSuchRoute: Problem = { code: 'not_found', detail: 'Nothing is served under this path and method. See /docs.' };

export const otherSource: Problem = { code: 'other_source', detail: 'This key belongs to another source.' };

export const outcomeUnknown: Problem = {
  code: 'outcome_unknown',
  detail: 'It is not known whether this was stored. Retry with the same Idempotency-Key.',
};

export const notNow: Problem = { code: 'overloaded', detail: 'Nothing was done. Try again.' };
