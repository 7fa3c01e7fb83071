/** Console calls for suggested merges. Kept apart from their shapes, which pages import. */
import { initTRPC } from '@trpc/server';
import { z } from 'zod';
import { id } from './entities.ts';
import { type SuggestedMergesHost, suggestedMergeQuery } from './suggested-merges.ts';

const { procedure } = initTRPC.context<{ host: SuggestedMergesHost }>().create();
const byId = z.object({ id });
export const suggestedMergesProcedures = {
  suggestedMerges: procedure.input(suggestedMergeQuery).query(({ ctx, input }) => ctx.host.suggestedMerges(input)),
  acceptSuggestedMerge: procedure.input(byId).mutation(({ ctx, input }) => ctx.host.acceptSuggestedMerge(input.id)),
  dismissSuggestedMerge: procedure.input(byId).mutation(({ ctx, input }) => ctx.host.dismissSuggestedMerge(input.id)),
};
