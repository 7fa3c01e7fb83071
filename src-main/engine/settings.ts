import { ok, type Result } from '#shared/contract/problems.ts';
import type { Settings, SettingsPatch } from '#shared/contract/settings.ts';
import { configure } from './configuration.ts';
import type { Write } from './write.ts';

/** Changes what the patch names; every console hears of it. */
export function saveSettings(write: Write, patch: SettingsPatch): Result<Settings> {
  const fields = Object.fromEntries(Object.entries(patch).filter(([, value]) => value !== undefined));
  const result = configure(write, [{ kind: 'settings', id: 0, fields }]);
  return result.ok ? ok(write.board.settings) : result;
}
