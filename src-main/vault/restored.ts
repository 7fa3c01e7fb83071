/** Prepares a backup, or an empty database, for use as the database: journals what it replaces and applies the tombstones of the database that it replaces. */

import { saveSettings } from '#engine/configuration/settings.ts';
import { Engine } from '#engine/core/engine.ts';
import { eraseAgain } from '#engine/leads/erase-lead.ts';
import type { Actor } from '#shared/contract/principal.ts';
import { ok } from '#shared/contract/problems.ts';
import type { Settings } from '#shared/contract/settings.ts';
import type { Point } from '#store/journal/chain.ts';
import { lastChangeAt } from '#store/journal/journal.ts';
import { openStore } from '#store/sqlite/open.ts';
import { replaceSessions } from '#store/tables/sessions.ts';
import { withdrawAgain } from '#store/tables/withdrawals.ts';
import { readBackupName } from './backup-files.ts';
import { type Places, type RestoredAtStart, type RestoreWish, restoreAtStart } from './guard.ts';
import type { Tombstones } from './tombstones.ts';
import type { WorkerTasks } from './worker-tasks.ts';

export interface Adoption {
  /** a checked, closed copy of the backup; an empty database is created here */
  readonly staged: string;
  /** the folder of the migrations, `drizzle/` */
  readonly migrations: string;
  /** the backup's file name; null: an empty database */
  readonly backup: string | null;
  /** start of the interval that is lost, epoch milliseconds; by default the time of the backup */
  readonly lost_from?: number;
  /** settings to set; by default those of the backup */
  readonly settings?: Settings;
  /** tombstones of the database that it replaces */
  readonly tombstones: Tombstones;
  readonly actor: Actor;
  readonly now: () => number;
}

/**
 * Migrates the copy if necessary, repeats later erasures and withdrawals, ends all its sessions, and journals the restore with the interval that is lost.
 * Returns its point after that. @throws when any of it fails: then the copy must not be used
 */
export async function adopt({ staged, migrations, backup, lost_from: from, settings, tombstones, actor, now }: Adoption): Promise<Point> {
  const engine = new Engine({
    store: openStore(staged, { migrations }),
    now,
    dice: () => 0, // nothing is drawn
    newKey: () => '',
    timeZone: 'UTC',
    log: () => {}, // errors are thrown instead
  });
  try {
    const adopted = await engine.write(actor, (write) => {
      const lost_from = from ?? readBackupName(backup ?? '')?.at ?? lastChangeAt(write.tx) ?? write.now;
      write.emit({ kind: 'database_restored' }, { backup, lost_from, lost_until: write.now });
      eraseAgain(write, tombstones.erased);
      for (const one of tombstones.withdrawn) withdrawAgain(write.tx, one);
      replaceSessions(write.tx, []);
      return settings ? saveSettings(write, settings) : ok(null);
    });
    if (!adopted.ok) throw new Error(adopted.problem.detail);
    return engine.point();
  } finally {
    engine.close(); // checkpoints the log: one file is left, without erased data
  }
}

/** Replaces the database by a backup before anything has opened it. */
export function restoreBeforeStart(places: Places, workerTasks: WorkerTasks, wish: RestoreWish, now: () => number): Promise<RestoredAtStart> {
  const { migrations } = places;
  return restoreAtStart(places, workerTasks, wish, now, async (staged, backup, tombstones) => {
    await adopt({ staged, migrations, backup, tombstones, actor: 'admin', now });
  });
}
