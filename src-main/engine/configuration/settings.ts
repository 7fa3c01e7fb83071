import type { Write } from '#engine/core/write.ts';
import { ok, type Result } from '#shared/contract/problems.ts';
import { defaultSettings, type Settings, type SettingsPatch } from '#shared/contract/settings.ts';
import { configure } from './configuration.ts';
import type { Fields } from './field-rules.ts';

const isObject = (value: unknown): value is Fields => typeof value === 'object' && value !== null && !Array.isArray(value);

/** Applies `patch` to `now` recursively, as JSON Merge Patch (RFC 7396), except that null is a value. */
function merged(now: unknown, patch: unknown): unknown {
  if (!isObject(now) || !isObject(patch)) return patch;
  const parts = Object.entries(patch).filter(([, part]) => part !== undefined);
  return { ...now, ...Object.fromEntries(parts.map(([key, part]) => [key, merged(now[key], part)])) };
}

/** Changes the settings that the patch names, and announces them to every console. */
export function saveSettings(write: Write, patch: SettingsPatch): Result<Settings> {
  const { settings } = write.board;
  const now: Fields = { ...settings, quiet_hours: settings.quiet_hours ?? defaultSettings.quiet_hours };
  const named = Object.entries(patch).filter(([, value]) => value !== undefined);
  const fields = Object.fromEntries(named.map(([key, value]) => [key, merged(now[key], value)]));
  const result = configure(write, [{ kind: 'settings', id: 0, fields }]);
  return result.ok ? ok(write.board.settings) : result;
}
