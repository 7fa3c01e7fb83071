/** From what a use case says to what the caller gets. */
import type { Result } from '#shared/contract/problems.ts';
import { type Reply, sendProblem } from './problem.ts';

export function answer<R extends Reply<R>>(reply: R, result: Result<unknown>): R {
  return result.ok ? reply.send(result.value) : sendProblem(reply, result.problem);
}

/** 201 with the address of the new thing. */
export function answerCreated<R extends Reply<R>, T>(reply: R, result: Result<T>, location: (value: T) => string): R {
  if (!result.ok) return sendProblem(reply, result.problem);
  return reply.code(201).header('location', location(result.value)).send(result.value);
}

export function answerEmpty<R extends Reply<R>>(reply: R, result: Result<null>): R {
  return result.ok ? reply.code(204).send() : sendProblem(reply, result.problem);
}
