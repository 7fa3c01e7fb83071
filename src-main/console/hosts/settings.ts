import type { HostParts } from '#console/parts.ts';
import { saveSettings } from '#engine/configuration/settings.ts';
import type { HostOf } from '#shared/contract/call.ts';
import type { settingsCalls } from '#shared/contract/settings.ts';

export const settingsHost = ({ write }: HostParts): HostOf<typeof settingsCalls> => ({
  saveSettings: (principal, patch) => write(principal, (w) => saveSettings(w, patch)),
});
