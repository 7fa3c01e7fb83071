/** Apart from the settings themselves, which pages read at run time: tRPC's server has no business there. */
import { initTRPC } from '@trpc/server';
import type { Result } from './problems.ts';
import { type Settings, type SettingsPatch, settingsPatch } from './settings.ts';

/** What the host does for the settings screen; the settings themselves are on the board. */
export interface SettingsHost {
  saveSettings(patch: SettingsPatch): Promise<Result<Settings>>;
}

const { procedure } = initTRPC.context<{ host: SettingsHost }>().create();
export const settingsProcedures = {
  saveSettings: procedure.input(settingsPatch).mutation(({ ctx, input }) => ctx.host.saveSettings(input)),
};
