import { initTRPC } from '@trpc/server';
import { z } from 'zod';
import { type ChangesHost, leaveInput, operatorsImport, weightChange } from './changes.ts';
import { id } from './entities.ts';

const { procedure } = initTRPC.context<{ host: ChangesHost }>().create();
const byId = z.object({ id });
export const changeProcedures = {
  saveWeights: procedure
    .input(z.object({ changes: z.array(weightChange).min(1).max(100_000) }))
    .mutation(({ ctx, input }) => ctx.host.saveWeights(input.changes)),
  undoChange: procedure.input(z.object({ revision: z.int().min(1) })).mutation(({ ctx, input }) => ctx.host.undoChange(input.revision)),
  restoreOperator: procedure.input(byId).mutation(({ ctx, input }) => ctx.host.restoreOperator(input.id)),
  restoreSource: procedure.input(byId).mutation(({ ctx, input }) => ctx.host.restoreSource(input.id)),
  heldContacts: procedure.input(byId).query(({ ctx, input }) => ctx.host.heldContacts(input.id)),
  leaveOperator: procedure.input(leaveInput).mutation(({ ctx, input }) => ctx.host.leaveOperator(input)),
  importOperators: procedure.input(z.object({ rows: operatorsImport })).mutation(({ ctx, input }) => ctx.host.importOperators(input.rows)),
};
