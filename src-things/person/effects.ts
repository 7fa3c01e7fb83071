import { effect } from '#shared/effects/effect.ts';

export const personEffects = {
  person_saved: effect<{ readonly person_id: number }>()({
    event: 'A person was added, changed or removed.',
    topic: 'people',
    apply: null,
    thing: 'person',
  }),
  /** A password was chosen, or a key was made or revoked. Journalled without any of them. */
  person_access_changed: effect<{ readonly person_id: number }>()({
    event: 'A person was invited or chose a password, or a key of the person was made or revoked.',
    topic: 'people',
    apply: null,
  }),
};
