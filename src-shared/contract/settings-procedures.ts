/** Kept apart from the settings themselves, which pages import: tRPC's server must not be part of them. */
import { initTRPC } from '@trpc/server';
import type { Result } from './problems.ts';
import { type Settings, type SettingsPatch, settingsPatch } from './settings.ts';

/** Host calls of the settings screen; the settings themselves are on the board. */
export interface SettingsHost {
  saveSettings(patch: SettingsPatch): Promise<Result<Settings>>;
}

const { procedure } = initTRPC.context<{ host: SettingsHost }>().create();
export const settingsProcedures = {
  saveSettings: procedure.input(settingsPatch).mutation(({ ctx, input }) => ctx.host.saveSettings(input)),
};
