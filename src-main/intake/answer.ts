/** Converts results of use cases to HTTP answers. */
import type { Result } from '#shared/contract/problems.ts';
import { type Reply, sendProblem } from './problem.ts';

/** Header with a revision: the last one that the command made, or the current one. */
export const REVISION_HEADER = 'switchyard-revision';

/** Makes the answer carry the command's revision, if one was run, instead of the current one. */
export function tellRevision<R extends Reply<R>>(reply: R, { revision }: Pick<Result<unknown>, 'revision'>): R {
  if (revision !== undefined) reply.revision = revision;
  return reply;
}

/** Sends a result: its value, or its problem with the status that belongs to it. Both with the revision. */
export function answer<R extends Reply<R>>(reply: R, result: Result<unknown>): R {
  tellRevision(reply, result);
  return result.ok ? reply.send(result.value) : sendProblem(reply, result.problem);
}

/** 201 with the location of the new resource. */
export function answerCreated<R extends Reply<R>, T>(reply: R, result: Result<T>, location: (value: T) => string): R {
  tellRevision(reply, result);
  if (!result.ok) return sendProblem(reply, result.problem);
  return reply.code(201).header('location', location(result.value)).send(result.value);
}

/** Like `answer`, with 204 and no body on success. */
export function answerEmpty<R extends Reply<R>>(reply: R, result: Result<null>): R {
  tellRevision(reply, result);
  return result.ok ? reply.code(204).send() : sendProblem(reply, result.problem);
}
