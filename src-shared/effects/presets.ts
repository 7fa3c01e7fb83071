import type { EffectKinds } from './effect.ts';

export interface PresetEffects {
  readonly preset_saved: { readonly preset_id: number };
}

export const presetEffects = {
  preset_saved: {
    event: 'A preset was saved, renamed or removed.',
    topic: 'presets',
    apply: null,
    thing: 'preset',
  },
} as const satisfies EffectKinds<PresetEffects>;
