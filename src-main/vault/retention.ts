/** Decides which backups have expired. */
import type { Backup } from '#shared/contract/backups.ts';
import { DAY_MS } from '#shared/time.ts';

const HOUR = 3_600_000;

const RECENT = 8;
const HOURLY = 24;
/** Backups made before a restore or migration are kept separately: otherwise a later backup would soon replace them in their hour. */
const WAYS_BACK = { most: 5, forMs: 14 * DAY_MS };
const SUSPECT = 2;
/** Maximum age, so that erased data disappears from backups as well. The newest verified backup always stays. */
export const LONGEST_MS = 30 * DAY_MS;

type Dated = Pick<Backup, 'at' | 'kind' | 'verified'>;

/**
 * Returns the backups to delete. Kept are the 8 newest, the newest of each of the last 24 hours and of each of the last `days` days that have any, the
 * newest 5 made before a restore or a migration for 14 days, and the newest 2 that failed their checks.
 */
export function expired<B extends Dated>(backups: readonly B[], now: number, days: number): B[] {
  const newestFirst = backups.toSorted((a, b) => b.at - a.at);
  const sound = newestFirst.filter((backup) => backup.verified);
  const kept = new Set<B>([
    ...sound.slice(0, RECENT),
    ...newestOfEach(sound, HOUR, HOURLY),
    ...newestOfEach(sound, DAY_MS, days),
    ...sound.filter((backup) => isWayBack(backup) && now - backup.at <= WAYS_BACK.forMs).slice(0, WAYS_BACK.most),
    ...newestFirst.filter((backup) => !backup.verified).slice(0, SUSPECT),
  ]);
  return newestFirst.filter((backup) => backup !== sound[0] && (!kept.has(backup) || now - backup.at > LONGEST_MS));
}

const isWayBack = ({ kind }: Dated): boolean => kind === 'before_migration' || kind === 'before_restore';

/** The newest backup of each time span (UTC), for the last `most` spans that have one. */
function newestOfEach<B extends Dated>(newestFirst: readonly B[], spanMs: number, most: number): B[] {
  const bySpan = new Map<number, B>();
  for (const backup of newestFirst) {
    const span = Math.floor(backup.at / spanMs);
    if (!bySpan.has(span)) bySpan.set(span, backup);
  }
  return [...bySpan.values()].slice(0, most);
}
