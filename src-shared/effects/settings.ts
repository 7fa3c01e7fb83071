import type { Settings } from '../contract/settings.ts';
import type { EffectKinds } from './effect.ts';

export interface SettingsEffects {
  readonly settings_saved: { readonly settings: Settings };
}

export const settingsEffects = {
  settings_saved: {
    event: 'Settings of the workspace were changed.',
    topic: 'settings',
    apply: (draft, { settings }) => draft.put('settings', settings),
    thing: 'settings',
  },
} as const satisfies EffectKinds<SettingsEffects>;
