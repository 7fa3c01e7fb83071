/** When backups are made, how many are kept, and how one is restored. The file work is done in threads. */

import { existsSync } from 'node:fs';
import { isAbsolute, join, resolve } from 'node:path';
import type { Engine } from '#engine/core/engine.ts';
import type { Backup, BackupKind, Backups, BackupTrouble, Replaced, Restored, RestoreInput } from '#shared/contract/backups.ts';
import type { Actor } from '#shared/contract/principal.ts';
import { fail, notFound, ok, type Result } from '#shared/contract/problems.ts';
import { DAY_MS, type Every } from '#shared/time.ts';
import type { Point } from '#store/journal/chain.ts';
import { firstChangeAt } from '#store/journal/journal.ts';
import { isTrusted, listBackups, pathOf, prepareFolder } from './backup-files.ts';
import { removeDatabase } from './copy.ts';
import { isOurs, type Places, sealerFor, sealerOf } from './guard.ts';
import { type Installation, secondFolderOf, writeInstallation } from './installation.ts';
import { swapIn } from './restore.ts';
import { adopt } from './restored.ts';
import type { Sealer } from './seal.ts';
import { isUnsealed } from './seal-old.ts';
import { removeExpired } from './second-folder.ts';
import { type Tombstones, tombstonesOf } from './tombstones.ts';
import type { WorkerTasks } from './worker-tasks.ts';

const MINUTE = 60_000;
/** A backup is made when the last one is this old and there were changes since. */
const EVERY = 15 * MINUTE;
/** Time until the next attempt after a failed backup. */
const RETRY = 5 * MINUTE;
/** Interval of recomputing the whole chain; in between, only rows since the last backup. */
const WHOLE_CHAIN_EVERY = DAY_MS;
/** After this time without a finished copy, the second folder counts as not responding. */
const COPIED_WITHIN = 10 * MINUTE;
/** Maximum time that shutdown waits for its backup. */
const AT_EXIT = 3000;

export interface BackupKeeperOptions {
  readonly engine: Engine;
  readonly places: Places;
  readonly installation: Installation;
  readonly workerTasks: WorkerTasks;
  /** runs `work` while nobody else has the database open */
  readonly whileClosed: <T>(work: () => Promise<T>) => Promise<T>;
  readonly now: () => number;
  readonly every: Every;
  readonly log: (message: string, detail: unknown) => void;
}

/** Makes, lists, prunes and restores backups of the running database. */
export class BackupKeeper {
  readonly #engine: Engine;
  readonly #places: Places;
  readonly #workerTasks: WorkerTasks;
  readonly #whileClosed: BackupKeeperOptions['whileClosed'];
  readonly #now: () => number;
  readonly #every: Every;
  readonly #log: BackupKeeperOptions['log'];
  readonly #stops: (() => void)[] = [];
  #installation: Installation;
  #sealer: Sealer;
  #hasChanged: boolean;
  #nextAt: number;
  /** revision up to which the chain has been verified */
  #chainedTo: number;
  #wholeChainAt = Number.NEGATIVE_INFINITY;
  #safeUntil: number | null;
  #troubles = new Map<BackupTrouble['kind'], BackupTrouble>();
  #second: readonly Backup[] = [];
  /** while a new second folder is tried: the previous one, which stays in force until the new one has a copy */
  #former: { readonly folder: string | null; readonly backups: readonly Backup[] } | null = null;
  /** the next backup to copy to the second folder, and since when the current copy has been running */
  #toCopy: Backup | null = null;
  #copying: { readonly since: number; readonly done: Promise<void> } | null = null;
  /** serialises operations; copying to the second folder runs concurrently */
  #doing: Promise<unknown> = Promise.resolve();

  constructor(options: BackupKeeperOptions) {
    this.#engine = options.engine;
    this.#places = options.places;
    this.#installation = options.installation;
    this.#workerTasks = options.workerTasks;
    this.#whileClosed = options.whileClosed;
    this.#now = options.now;
    this.#every = options.every;
    this.#log = options.log;
    try {
      prepareFolder(options.places.backups);
    } catch (error) {
      this.#trouble('not_made', error); // a failed backup does not stop intake
    }
    this.#sealer = sealerOf(options.places, options.installation);
    const isOwn = isOurs(options.places, options.installation, this.#sealer);
    const newest = this.#own().find((backup) => backup.verified && isOwn(backup));
    if (this.#sealer.key === null) this.#installation = { ...this.#installation, seals_backups: false };
    try {
      this.#sealer = sealerFor(options.places, options.installation);
    } catch (error) {
      this.#trouble('not_made', error);
    }
    if (!this.#own().some(isUnsealed)) this.#installation = { ...this.#installation, seals_backups: true };
    const { revision } = this.#engine.board();
    this.#chainedTo = Math.min(newest?.revision ?? 0, revision);
    this.#hasChanged = newest ? newest.revision !== revision : revision > 0;
    this.#safeUntil = newest?.at ?? null;
    this.#nextAt = (newest?.at ?? Number.NEGATIVE_INFINITY) + EVERY;
    this.#remember();
  }

  start(): void {
    this.#stops.push(
      this.#engine.watch(() => {
        this.#hasChanged = true;
      }),
      this.#every(MINUTE, () => void this.tick()),
    );
    const folder = this.#secondFolder();
    void this.#alone(() => this.#sealOld());
    if (folder === null) return;
    this.#workerTasks.run('listSecond', { folder, sealer: this.#sealer }).then(
      (found) => {
        this.#second = found;
      },
      (error: unknown) => this.#trouble('not_copied', error),
    );
  }

  /** Makes a backup if one is due. Never throws. */
  async tick(): Promise<void> {
    await this.#alone(async () => {
      if (this.#hasChanged && this.#now() >= this.#nextAt) await this.#make('scheduled');
    });
  }

  /** Checks the pages of a database that was too large to check before startup. When it is damaged, writing stops. Never throws. */
  lookAtAll(): Promise<void> {
    return this.#alone(async () => {
      const why = await this.#workerTasks.run('lookAtAll', this.#places.database).catch((error: unknown) => {
        this.#log('the database could not be looked at', error);
        return null;
      });
      if (why === null) return;
      this.#engine.refuseDamaged();
      this.#trouble('damaged', why);
    });
  }

  list(): Backups {
    const second = this.#former ?? { folder: this.#installation.second_backup_folder, backups: this.#second };
    return {
      items: [...this.#own(), ...second.backups].sort((a, b) => b.at - a.at),
      folder: this.#places.backups,
      second_folder: second.folder,
      safe_until: this.#hasChanged || this.#troubles.has('damaged') ? this.#safeUntil : this.#safeUntil && this.#now(),
      troubles: [...this.#troubles.values()],
    };
  }

  backUpNow(): Promise<Result<Backup>> {
    return this.#alone(async () => {
      const backup = await this.#make('manual');
      return backup ? ok(backup) : fail('backup_failed', this.#troubles.get('not_made')?.detail ?? 'The backup could not be made.');
    });
  }

  /** Sets the second folder, once the newest backup has been copied there. @param folder absolute path of an existing folder; null: none */
  setSecondFolder(folder: string | null): Promise<Result<null>> {
    return this.#alone(async () => {
      const former = this.#installation;
      const set = (to: Installation) => {
        this.#installation = to;
        this.#second = [];
        this.#troubles.delete('not_copied');
      };
      if (folder !== null && !isAbsolute(folder)) return fail('folder_unusable', 'The path is not absolute.');
      this.#former = { folder: former.second_backup_folder, backups: this.#second };
      set({ ...former, second_backup_folder: folder && resolve(folder) });
      const newest = this.#own().find(isTrusted) ?? (await this.#make('manual'));
      if (newest) await this.#copyToSecond(newest);
      const trouble = this.#troubles.get('not_copied');
      if (trouble) {
        set(former);
        this.#second = this.#former.backups;
      }
      this.#former = null;
      this.#remember();
      return trouble ? fail('folder_unusable', trouble.detail) : ok(null);
    });
  }

  /**
   * Replaces the database by a backup without a restart. The old database is kept as a backup, so that restoring that backup
   * undoes the restore; if it is too damaged, its files are moved into quarantine. A backup that this desk did not seal is refused
   * with `foreign_backup`, unless `accept_foreign` is set.
   */
  restore(actor: Actor, { name, folder, accept_foreign = false }: RestoreInput): Promise<Result<Restored>> {
    return this.#alone(async () => {
      const named = this.list().items.filter((item) => item.name === name && (folder === undefined || item.folder === folder));
      const backup = named.find(isTrusted) ?? named[0];
      if (!backup) return notFound('backup', name);
      const { database, migrations } = this.#places;
      const staged = `${database}.restoring`;
      const verdict = await this.#workerTasks.run('stage', { backup: pathOf(backup), to: staged, migrations, sealer: this.#sealer });
      if (!verdict.ok) return fail('restore_failed', verdict.why);
      if (!(verdict.seal === 'own' && backup.seal === 'own') && !accept_foreign) {
        removeDatabase(staged);
        return fail('foreign_backup', `The backup ${name} was not sealed by this desk.`);
      }
      const replaced = await this.#replaceBy(staged, (tombstones) => adopt({ staged, migrations, backup: name, tombstones, actor, now: this.#now }));
      if (!replaced.ok) return replaced;
      this.#log('restored', { from: name, revision: verdict.point.revision });
      return ok({ backup, ...replaced.value });
    });
  }

  /** Replaces the database by an empty one with the same settings. The old database is kept as by `restore`. */
  startOver(actor: Actor): Promise<Result<Replaced>> {
    return this.#alone(async () => {
      const { database, migrations } = this.#places;
      const staged = `${database}.restoring`;
      removeDatabase(staged);
      const lost_from = firstChangeAt(this.#engine.read.store.reading) ?? this.#now();
      const replaced = await this.#replaceBy(staged, (tombstones) => {
        const { settings } = this.#engine.board();
        return adopt({ staged, migrations, backup: null, lost_from, settings, tombstones, actor, now: this.#now });
      });
      if (replaced.ok) this.#log('started over', { before: replaced.value.before?.name });
      return replaced;
    });
  }

  /** Replaces the database by the one that `prepare` makes ready at `staged`. The old one is backed up first. */
  async #replaceBy(staged: string, prepare: (tombstones: Tombstones) => Promise<Point>): Promise<Result<Replaced>> {
    const { database } = this.#places;
    let before: Backup | null = null;
    let chainedTo = 0;
    const quarantine = join(this.#places.quarantine, new Date(this.#now()).toISOString().replaceAll(/[:.]/g, '-'));
    try {
      await this.#whileClosed(() =>
        this.#engine.replaceDatabase(async () => {
          before = await this.#make('before_restore');
          const isKept = before?.verified === true;
          const arriving = await prepare(tombstonesOf(this.#engine.read.store.reading));
          this.#installation = { ...this.#installation, arriving };
          writeInstallation(this.#places.installation, this.#installation);
          chainedTo = arriving.revision;
          return () => swapIn({ database, staged, isKept, quarantine });
        }),
      );
    } catch (error) {
      removeDatabase(staged);
      this.#log('the database could not be replaced', error);
      return fail('restore_failed', (error as Error).message);
    }
    this.#installation = { ...this.#installation, arriving: null };
    this.#chainedTo = chainedTo;
    this.#troubles.delete('damaged');
    this.#troubles.delete('not_made');
    this.#remember();
    return ok({ before, quarantine: existsSync(quarantine) ? quarantine : null });
  }

  /** Makes a last backup if time permits, and records the database's point. Call when the engine takes no more commands. */
  async close(): Promise<void> {
    for (const stop of this.#stops.splice(0)) stop();
    const late = this.#every(AT_EXIT, () => void this.#workerTasks.close());
    await this.#alone(async () => {
      if (this.#hasChanged) await this.#make('exit');
      await this.#copying?.done;
    });
    late();
    await this.#workerTasks.close();
    this.#remember();
  }

  #alone<T>(work: () => Promise<T>): Promise<T> {
    const done = this.#doing.then(work);
    this.#doing = done.catch(() => undefined);
    return done;
  }

  /** Seals backups from before seals. Those that cannot be sealed now are tried again at the next start. */
  async #sealOld(): Promise<void> {
    if (this.#installation.seals_backups) return;
    const { backups } = this.#places;
    await this.#workerTasks.run('sealOld', { folder: backups, sealer: this.#sealer, second: this.#secondFolder() }).then(
      () => {
        this.#installation = { ...this.#installation, seals_backups: true };
        this.#remember();
      },
      (error: unknown) => this.#log('the backups of before could not be sealed', error),
    );
  }

  /** Makes a backup. Null when it failed: then `not_made` says why. A copy that failed its checks is returned, and `damaged` says what is wrong. */
  async #make(kind: BackupKind): Promise<Backup | null> {
    const at = this.#now();
    const isWhole = this.#troubles.has('damaged') || (kind === 'scheduled' && at - this.#wholeChainAt >= WHOLE_CHAIN_EVERY);
    this.#hasChanged = false; // commits from here on may be missing from the backup
    try {
      const { database, backups } = this.#places;
      this.#sealer = sealerFor(this.#places, this.#installation);
      const input = { database, folder: backups, kind, at, chainAfter: isWhole ? 0 : this.#chainedTo, sealer: this.#sealer };
      const { backup, point, why } = await this.#workerTasks.run('backUp', input);
      this.#nextAt = at + EVERY;
      this.#troubles.delete('not_made');
      if (point) {
        this.#safeUntil = at;
        this.#chainedTo = point.revision;
        if (isWhole) this.#wholeChainAt = at;
        this.#troubles.delete('damaged');
      } else this.#trouble('damaged', why);
      this.#remember();
      void this.#copyToSecond(backup);
      removeExpired({ folder: backups, sealer: this.#sealer }, at, this.#engine.board().settings.backup_days);
      return backup;
    } catch (error) {
      this.#hasChanged = true;
      this.#nextAt = at + RETRY;
      this.#trouble('not_made', error);
      return null;
    }
  }

  /** Copies a backup to the second folder; resolves when that has succeeded or failed. During a copy, only the newest further backup is queued. */
  #copyToSecond(backup: Backup): Promise<void> {
    if (this.#secondFolder() === null) return Promise.resolve();
    this.#toCopy = backup;
    if (this.#copying) {
      if (this.#now() - this.#copying.since > COPIED_WITHIN) this.#trouble('not_copied', 'The folder does not answer.');
      return this.#copying.done;
    }
    const done = this.#copyAll().finally(() => {
      this.#copying = null;
    });
    this.#copying = { since: this.#now(), done };
    return done;
  }

  async #copyAll(): Promise<void> {
    for (let backup = this.#toCopy; backup; backup = this.#toCopy) {
      this.#toCopy = null;
      const folder = this.#secondFolder();
      if (folder === null) return;
      try {
        this.#second = await this.#workerTasks.run('duplicate', {
          from: pathOf(backup),
          folder,
          now: this.#now(),
          days: this.#engine.board().settings.backup_days,
          sealer: this.#sealer,
        });
        this.#troubles.delete('not_copied');
      } catch (error) {
        this.#trouble('not_copied', error);
      }
    }
  }

  #own(): Backup[] {
    return listBackups({ folder: this.#places.backups, sealer: this.#sealer });
  }

  #secondFolder(): string | null {
    return secondFolderOf(this.#installation);
  }

  #trouble(kind: BackupTrouble['kind'], reason: unknown): void {
    const detail = reason instanceof Error ? reason.message : String(reason);
    this.#log(`backup: ${kind}`, detail);
    this.#troubles.set(kind, { kind, since: this.#troubles.get(kind)?.since ?? this.#now(), detail });
  }

  #remember(): void {
    try {
      this.#installation = { ...this.#installation, reached: this.#engine.point() };
      writeInstallation(this.#places.installation, this.#installation);
    } catch (error) {
      this.#log('the installation file could not be written', error);
    }
  }
}
