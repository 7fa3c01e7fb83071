import type { HostParts } from '#console/parts.ts';
import { saveSettings } from '#engine/configuration/settings.ts';
import type { HostOf } from '#shared/contract/call.ts';
import { notAllowed } from '#shared/contract/problems.ts';
import { hostSettings, type settingsCalls } from '#shared/contract/settings.ts';

export const settingsHost = ({ write }: HostParts): HostOf<typeof settingsCalls> => ({
  saveSettings: (principal, patch) =>
    principal.role !== 'administrator' && hostSettings.some((key) => patch[key] !== undefined) ? notAllowed : write(principal, (w) => saveSettings(w, patch)),
});
