import { effect } from './effect.ts';

const iso = (at: number): string => new Date(at).toISOString();

export const restoreEffects = {
  database_restored: effect<object>()({
    event: 'The database was replaced by a backup or an empty one: everything accepted from `lost_from` to `lost_until` is gone.',
    topic: 'backups',
    apply: null,
    details: ({ lost_from, lost_until }) => ({ lost_from: iso(lost_from), lost_until: iso(lost_until) }),
  }),
};
