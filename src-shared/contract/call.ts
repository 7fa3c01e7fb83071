/**
 * Calls of a console. A feature's contract is a table of them, beside the shapes they use; the router, the type of the feature's host and the
 * console's client follow from it.
 */
import { type ZodType, z } from 'zod';
import { id } from './entities.ts';
import type { Access, Principal } from './principal.ts';

/** A `query` changes nothing, a `command` does, a `subscription` answers until the console ends it. */
export type Kind = 'query' | 'command' | 'subscription';

declare const answer: unique symbol;

export interface Call<K extends Kind = Kind, Input extends ZodType | undefined = ZodType | undefined, Answer = unknown> {
  readonly kind: K;
  readonly access: Access;
  readonly input: Input;
  /** for the compiler only */
  readonly [answer]?: Answer;
}

export type Calls = Readonly<Record<string, Call>>;

const callOf =
  <K extends Kind>(kind: K) =>
  <Input extends ZodType | undefined = undefined>(access: Access, input?: Input) => ({
    /** Completes the entry with the type of its answer or, for a subscription, of each answer. */
    answers: <Answer>(): Call<K, Input, Answer> => ({ kind, access, input: input as Input }), // left out only where it is undefined
  });

export const query = callOf('query');
export const command = callOf('command');
export const subscription = callOf('subscription');

/** The input of calls about one entity. */
export const byId = z.object({ id });

/** A feature's host: one function for each of its calls. Expected failures are returned as values (`Result`), never thrown. */
export type HostOf<C extends Calls> = { [Name in keyof C]: HostFunction<C[Name]> };

type HostFunction<C> =
  C extends Call<infer K, infer Input, infer Answer>
    ? (
        principal: Principal,
        input: Input extends ZodType ? z.output<Input> : undefined,
        signal: AbortSignal | undefined,
      ) => K extends 'subscription' ? AsyncIterable<Answer> : Answer | Promise<Answer>
    : never;
