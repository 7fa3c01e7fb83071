import type { EffectKinds } from './effect.ts';

export interface RestoreEffects {
  readonly database_restored: object;
}

const iso = (at: number): string => new Date(at).toISOString();

export const restoreEffects = {
  database_restored: {
    event: 'The database was replaced by a backup or an empty one: everything accepted from `lost_from` to `lost_until` is gone.',
    topic: 'backups',
    apply: null,
    details: ({ lost_from, lost_until }) => ({ lost_from: iso(lost_from), lost_until: iso(lost_until) }),
  },
} as const satisfies EffectKinds<RestoreEffects>;
