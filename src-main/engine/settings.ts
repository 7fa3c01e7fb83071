import { isDeepStrictEqual } from 'node:util';
import { ok, type Result } from '#shared/contract/problems.ts';
import type { Settings, SettingsPatch } from '#shared/contract/settings.ts';
import { putSetting } from '#store/settings.ts';
import type { Write } from './write.ts';

/** Changes what the patch names; every console hears of it. */
export function saveSettings(write: Write, patch: SettingsPatch): Result<Settings> {
  const { settings } = write.board;
  const given = Object.fromEntries(Object.entries(patch).filter(([, value]) => value !== undefined));
  const next: Settings = { ...settings, ...given };
  const changed = (Object.keys(given) as (keyof Settings)[]).filter((key) => !isDeepStrictEqual(settings[key], next[key]));
  if (changed.length === 0) return ok(settings);
  for (const key of changed) putSetting(write.tx, key, next[key]);
  const only = (all: Settings) => Object.fromEntries(changed.map((key) => [key, all[key]]));
  write.emit({ kind: 'settings_saved', settings: next }, { before: only(settings), after: only(next) });
  return ok(next);
}
