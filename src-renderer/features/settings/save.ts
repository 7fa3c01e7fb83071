import { attempt, type Outcome } from '#link/attempt.ts';
import { client } from '#link/client.ts';
import type { Settings, SettingsPatch } from '#shared/contract/settings.ts';

export const saveSettings = (patch: SettingsPatch): Promise<Outcome<Settings>> => attempt((signal) => client.saveSettings.mutate(patch, { signal }));
