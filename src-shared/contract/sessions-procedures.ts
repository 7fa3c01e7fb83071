import { initTRPC } from '@trpc/server';
import { z } from 'zod';
import { id } from './entities.ts';
import type { SessionsHost } from './sessions.ts';

const { procedure } = initTRPC.context<{ host: SessionsHost }>().create();
export const sessionProcedures = {
  sessions: procedure.query(({ ctx }) => ctx.host.sessions()),
  endSession: procedure.input(z.object({ id })).mutation(({ ctx, input }) => ctx.host.endSession(input.id)),
  makeConsoleLink: procedure.mutation(({ ctx }) => ctx.host.makeConsoleLink()),
};
