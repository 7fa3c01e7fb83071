import type { Fields } from '#engine/configuration/field-rules.ts';
import { between, type Thing } from '#engine/configuration/things/thing.ts';
import { defaultSettings, type Settings } from '#shared/contract/settings.ts';
import { putSetting } from '#store/tables/settings.ts';

export const settingsThing = {
  fields: ({ board }) => ({ ...board.settings }),
  put(write, { fields, before, next, note }) {
    for (const key in fields) putSetting(write.tx, key, fields[key]);
    const only = (all: Fields) => Object.fromEntries(Object.keys(fields).map((key) => [key, all[key]]));
    const settings = { ...defaultSettings, ...(next as Partial<Settings>) }; // its fields are the settings
    write.emit({ kind: 'settings_saved', settings }, { before: only(before), after: only(next), ...note });
  },
  differences: { settings_saved: (_row, { before, after }) => between({ kind: 'settings', id: 0 }, before, after) },
} satisfies Thing<'settings'>;
