/** Builds the console's router from the table of calls: admits, validates, and asks the host. */
import { initTRPC, TRPCError } from '@trpc/server';
import { z } from 'zod';
import type { Call } from '#shared/contract/call.ts';
import { type ConsoleContext, type ConsoleRouter, consoleCalls, type Host } from '#shared/contract/console.ts';
import { may, type Principal } from '#shared/contract/principal.ts';
import { unreachable } from '#shared/unreachable.ts';

/** Internal errors go to the log only: a message may name files or quote personal data, and a stack names files, whatever the environment variables say. */
const { procedure, router } = initTRPC.context<ConsoleContext>().create({
  isDev: false,
  errorFormatter: ({ shape, error }) => (error.code === 'INTERNAL_SERVER_ERROR' ? { ...shape, message: 'The host failed. Its log says why.' } : shape),
});

/** Calls that take no input ignore it. */
const anything = z.unknown();

/** A function of the host as the router calls it: the compiler has compared each one with its entry in the table. */
type Untyped = (principal: Principal, input: unknown, signal: AbortSignal | undefined) => unknown;

function procedureOf(name: keyof Host, call: Call) {
  const admitted = procedure.use(({ ctx, next }) => {
    if (!may(ctx.principal, call)) throw new TRPCError({ code: 'FORBIDDEN' });
    return next();
  });
  const parsed = admitted.input(call.input ?? anything);
  const answer = ({ ctx, input, signal }: { ctx: ConsoleContext; input?: unknown; signal: AbortSignal | undefined }) =>
    (ctx.host[name] as Untyped)(ctx.principal, input, signal);
  switch (call.kind) {
    case 'query':
      return parsed.query(answer);
    case 'command':
      return parsed.mutation(answer);
    case 'subscription':
      return parsed.subscription((asked) => answer(asked) as AsyncIterable<unknown>); // `HostOf` says so
    default:
      return unreachable(call.kind);
  }
}

const procedures = Object.entries(consoleCalls).map(([name, call]) => [name, procedureOf(name as keyof Host, call)] as const); // Object.entries loses the type of the keys

export const consoleRouter = router(Object.fromEntries(procedures)) as unknown as ConsoleRouter; // built from the table that the type is derived from
