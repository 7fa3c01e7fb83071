import type { Settings } from '#shared/contract/settings.ts';
import { effect } from '#shared/effects/effect.ts';

export const settingsEffects = {
  settings_saved: effect<{ readonly settings: Settings }>()({
    event: 'Settings of the workspace were changed.',
    topic: 'settings',
    apply: (draft, { settings }) => draft.put('settings', settings),
    thing: 'settings',
  }),
};
