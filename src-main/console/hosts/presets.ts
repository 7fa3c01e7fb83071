import type { HostParts } from '#console/parts.ts';
import { applyPreset, presets, removePreset, savePreset } from '#engine/configuration/presets.ts';
import type { HostOf } from '#shared/contract/call.ts';
import type { presetCalls } from '#shared/contract/presets.ts';

export const presetHost = ({ engine, write }: HostParts): HostOf<typeof presetCalls> => ({
  presets: () => presets(engine.read),
  savePreset: (principal, { name, with_limits, with_rules }) => write(principal, (w) => savePreset(w, name, with_limits, with_rules)),
  removePreset: (principal, { id }) => write(principal, (w) => removePreset(w, id)),
  applyPreset: (principal, { id }) => write(principal, (w) => applyPreset(w, id)),
});
