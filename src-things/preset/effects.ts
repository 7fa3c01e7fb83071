import { effect } from '#shared/effects/effect.ts';

export const presetEffects = {
  preset_saved: effect<{ readonly preset_id: number }>()({
    event: 'A preset was saved, renamed or removed.',
    topic: 'presets',
    apply: null,
    thing: 'preset',
  }),
};
