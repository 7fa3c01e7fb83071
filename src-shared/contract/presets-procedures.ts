import { initTRPC } from '@trpc/server';
import { z } from 'zod';
import { id, name } from './entities.ts';
import type { PresetsHost } from './presets.ts';

const { procedure } = initTRPC.context<{ host: PresetsHost }>().create();
const byId = z.object({ id });
export const presetProcedures = {
  presets: procedure.query(({ ctx }) => ctx.host.presets()),
  savePreset: procedure.input(z.object({ name, with_limits: z.boolean() })).mutation(({ ctx, input }) => ctx.host.savePreset(input.name, input.with_limits)),
  removePreset: procedure.input(byId).mutation(({ ctx, input }) => ctx.host.removePreset(input.id)),
  applyPreset: procedure.input(byId).mutation(({ ctx, input }) => ctx.host.applyPreset(input.id)),
};
