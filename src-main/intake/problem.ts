/** Problems as RFC 9457 documents. `type` is a reference into our own documentation page, which shows the closed list of codes. */
import type { ProblemDocument } from '#shared/contract/entities.ts';
import { firstErrors, type Problem, problems } from '#shared/contract/problems.ts';

/** How long a caller should wait before it tries again, in seconds, unless the problem knows better. */
const RETRY_AFTER_S = 1;

/** What the helpers here need of fastify's reply, whatever its route's types are. */
export interface Reply<Self> {
  code(status: number): Self;
  header(name: string, value: string): Self;
  send(payload?: unknown): Self;
}

export function problemDocument({ code, detail, errors }: Problem): ProblemDocument {
  const { status, title } = problems[code];
  return { type: `/docs#${code}`, title, status, detail, code, ...(errors && { errors: firstErrors(errors) }) };
}

export function sendProblem<R extends Reply<R>>(reply: R, problem: Problem): R {
  const document = problemDocument(problem);
  reply.code(document.status).header('content-type', 'application/problem+json');
  if (document.status === 429 || document.status === 503) reply.header('retry-after', String(problem.params?.retry_after_s ?? RETRY_AFTER_S));
  if (document.status === 401) reply.header('www-authenticate', 'Bearer');
  return reply.send(JSON.stringify(document));
}

/** Thrown where fastify only understands errors (parsing, validation); the error handler answers with its problem. */
export class Refusal extends Error {
  readonly problem: Problem;

  constructor(problem: Problem) {
    super(problem.code);
    this.problem = problem;
  }
}

export const unauthorized: Problem = { code: 'unauthorized', detail: 'Send a valid token as Authorization: Bearer TOKEN.' };

/** For a path that is not served, or not by this method. */
export const noSuchRoute: Problem = { code: 'not_found', detail: 'Nothing is served under this path and method. See /docs.' };

export const otherSource: Problem = { code: 'other_source', detail: 'This key belongs to another source.' };

export const outcomeUnknown: Problem = {
  code: 'outcome_unknown',
  detail: 'It is not known whether this was stored. Retry with the same Idempotency-Key.',
};

export const notNow: Problem = { code: 'overloaded', detail: 'Nothing was done. Try again.' };
