/** Steps before a database is opened for writing: check it, recognise it, back it up before a migration, or restore it. */
import { randomUUID } from 'node:crypto';
import { existsSync, statSync } from 'node:fs';
import { basename, dirname, isAbsolute, join, resolve } from 'node:path';
import type { Backup } from '#shared/contract/backups.ts';
import type { Point } from '#store/journal/chain.ts';
import { DatabaseFile } from '#store/sqlite/database-file.ts';
import { StoreError } from '#store/sqlite/store-error.ts';
import { listBackups, pathOf, prepareFolder } from './backup-files.ts';
import { inspect } from './check.ts';
import { filesOf, removeDatabase } from './copy.ts';
import { type Installation, readInstallation, secondFolderOf, writeInstallation } from './installation.ts';
import { isClosedToOthers } from './own-files.ts';
import { swapIn } from './restore.ts';
import { makeKey, readKey, type Sealed, type Sealer } from './seal.ts';
import { isUnsealed } from './seal-old.ts';
import { type Tombstones, tombstonesIn } from './tombstones.ts';
import type { WorkerTasks } from './worker-tasks.ts';

export interface Places {
  readonly database: string;
  readonly backups: string;
  readonly quarantine: string;
  readonly installation: string;
  /** the key that seals backups */
  readonly backupKey: string;
  /** the folder of the migrations, `drizzle/` */
  readonly migrations: string;
}

/** Why the host must not start on a data directory. */
export interface RefusedDatabase {
  /** `missing` and `empty`: the directory had a database before; `another`: a different database than last time, or an older state */
  readonly reason: 'missing' | 'empty' | 'damaged' | 'another';
  /** English, from SQLite or the checks */
  readonly detail: string;
  /** the newest backup that passes all checks now */
  readonly lastGood: Backup | null;
  /** epoch milliseconds: when the database was last written to, according to its files */
  readonly lastWrite: number | null;
}

export type Admission =
  /** `wholly`: false when the database is so large that its pages have yet to be checked */
  { readonly ok: true; readonly installation: Installation; readonly wholly: boolean } | { readonly ok: false; readonly refusal: RefusedDatabase };

/** Decides whether the host may start on a data directory. Returns the refusal, or the directory's installation record. Writes nothing to the database. */
export async function admit(places: Places, workerTasks: WorkerTasks, most?: number): Promise<Admission> {
  const remembered = readInstallation(places.installation);
  const installation = orNew(remembered);
  const found = inspect(places.database, places.migrations, expectedOf(installation), most);
  if (found.state === 'sound') return { ok: true, installation, wholly: found.wholly };
  const isBare = found.state === 'missing' || found.state === 'empty';
  if (isBare && remembered === null && !found.leftovers && listBackups({ folder: places.backups, sealer: sealerOf(places, installation) }).length === 0)
    return { ok: true, installation, wholly: true };
  const detail = found.state === 'damaged' ? found.why : '';
  const lastGood = await lastGoodBackup(places, installation, workerTasks);
  const writes = filesOf(places.database).map((file) => statSync(file, { throwIfNoEntry: false })?.mtimeMs ?? 0);
  const lastWrite = Math.max(...writes);
  return { ok: false, refusal: { reason: found.state, detail, lastGood, lastWrite: found.state === 'missing' || lastWrite === 0 ? null : lastWrite } };
}

/** Backs up an admitted database if opening it would migrate it. @throws when the backup fails: then the database must not be opened */
export async function backUpBeforeMigration(places: Places, workerTasks: WorkerTasks, now: () => number): Promise<Backup | null> {
  if ((statSync(places.database, { throwIfNoEntry: false })?.size ?? 0) === 0) return null;
  const database = DatabaseFile.toRead(places.database);
  try {
    if (database.pending(places.migrations) === 0) return null;
  } finally {
    database.close();
  }
  prepareFolder(places.backups);
  const sealer = sealerFor(places, orNew(readInstallation(places.installation)));
  const input = { database: places.database, folder: places.backups, kind: 'before_migration', at: now(), chainAfter: 0, sealer } as const;
  const { backup, why } = await workerTasks.run('backUp', input);
  if (why !== null) throw new StoreError(`The backup before the migration did not pass its checks (${why}); nothing was migrated.`);
  return backup;
}

export type RestoredAtStart =
  | {
      readonly ok: true;
      readonly from: string;
      readonly point: Point;
      readonly before: Backup | null;
      readonly quarantine: string | null;
      /** origin of a backup that this desk did not seal; null: this desk sealed it */
      readonly whose: Whose | null;
    }
  | { readonly ok: false; readonly reason: 'no_such_backup' | 'unusable'; readonly detail: string }
  | { readonly ok: false; readonly reason: 'foreign'; readonly detail: string; readonly whose: Whose };

/** What is known about a backup that this desk did not seal. */
export interface Whose extends Sealed {
  /** names of some of its sources, so that a person recognises the desk */
  readonly sources: readonly string[];
}

/** A restore requested at startup. */
export interface RestoreWish {
  /** `latest`, the name of a backup, or a path */
  readonly wanted: string;
  /** accept a backup that this desk did not seal; does not apply to `latest` */
  readonly acceptForeign: boolean;
}

/**
 * Replaces the database by a backup before anything has opened it. The old database is kept: as a backup when it is intact, otherwise in quarantine.
 * @param adopt receives the checked copy before it is used, and the tombstones of the present database
 */
export async function restoreAtStart(
  places: Places,
  workerTasks: WorkerTasks,
  { wanted, acceptForeign }: RestoreWish,
  now: () => number,
  adopt: (staged: string, backup: string, tombstones: Tombstones) => Promise<void>,
): Promise<RestoredAtStart> {
  const { database, backups, migrations } = places;
  let installation = orNew(readInstallation(places.installation));
  const from = await findBackup(places, installation, workerTasks, wanted);
  if (from === null) return { ok: false, reason: 'no_such_backup', detail: wanted };
  if (resolve(from) === resolve(database)) return { ok: false, reason: 'unusable', detail: 'that is the database itself' };
  const staged = `${database}.restoring`;
  const sealer = sealerOf(places, installation);
  const verdict = await workerTasks.run('stage', { backup: from, to: staged, migrations, sealer });
  if (!verdict.ok) return { ok: false, reason: 'unusable', detail: verdict.why };
  const { seal, origin, sources } = verdict;
  const whose = isOurs(places, installation, sealer)({ seal, folder: dirname(from) }) ? null : { seal, origin, sources };
  if (whose && (wanted === 'latest' || !acceptForeign)) {
    removeDatabase(staged);
    return { ok: false, reason: 'foreign', detail: from, whose };
  }

  try {
    await adopt(staged, basename(from), tombstonesIn(database));
  } catch (error) {
    removeDatabase(staged);
    return { ok: false, reason: 'unusable', detail: (error as Error).message };
  }
  const at = now();
  let before: Backup | null = null;
  if (inspect(database, migrations, expectedOf(installation)).state === 'sound') {
    prepareFolder(backups);
    const input = { database, folder: backups, kind: 'before_restore', at, chainAfter: 0, sealer: sealerFor(places, installation) } as const;
    const kept = await workerTasks.run('backUp', input).catch(() => null);
    before = kept?.backup ?? null;
    foldIn(database);
  }
  installation = { ...installation, arriving: verdict.point };
  writeInstallation(places.installation, installation);
  const quarantine = join(places.quarantine, new Date(at).toISOString().replaceAll(/[:.]/g, '-'));
  try {
    swapIn({ database, staged, isKept: before?.verified === true, quarantine });
  } catch (error) {
    removeDatabase(staged);
    throw error;
  }
  writeInstallation(places.installation, { ...installation, reached: verdict.point, arriving: null });
  return { ok: true, from, point: verdict.point, before, quarantine: existsSync(quarantine) ? quarantine : null, whose };
}

/** Checkpoints the write-ahead log into its database, so that one file is left. */
function foldIn(file: string): void {
  const database = DatabaseFile.toWrite(file);
  database.emptyLog();
  database.close();
}

async function findBackup(places: Places, installation: Installation, workerTasks: WorkerTasks, wanted: string): Promise<string | null> {
  if (wanted === 'latest') {
    const backup = await lastGoodBackup(places, installation, workerTasks);
    return backup && pathOf(backup);
  }
  const isOwn = isOurs(places, installation, sealerOf(places, installation));
  const named = (await allBackups(places, installation, workerTasks))
    .filter(({ name }) => name === wanted)
    .sort((a, b) => Number(isOwn(b)) - Number(isOwn(a)))[0];
  if (named && !existsSync(wanted)) return pathOf(named);
  const path = isAbsolute(wanted) || basename(wanted) !== wanted || existsSync(wanted) ? resolve(wanted) : null;
  return path !== null && statSync(path, { throwIfNoEntry: false })?.isFile() ? path : null;
}

/** The newest backup that a restore would accept. Backups that have decayed since or are not this desk's are skipped. */
async function lastGoodBackup(places: Places, installation: Installation, workerTasks: WorkerTasks): Promise<Backup | null> {
  const trial = `${places.database}.trial`;
  const sealer = sealerOf(places, installation);
  const isOwn = isOurs(places, installation, sealer);
  for (const backup of await allBackups(places, installation, workerTasks)) {
    if (!backup.verified || !isOwn(backup)) continue;
    const verdict = await workerTasks.run('stage', { backup: pathOf(backup), to: trial, migrations: places.migrations, sealer });
    removeDatabase(trial);
    if (verdict.ok && isOwn({ ...verdict, folder: backup.folder })) return backup;
  }
  return null;
}

async function allBackups(places: Places, installation: Installation, workerTasks: WorkerTasks): Promise<Backup[]> {
  const second = secondFolderOf(installation);
  const sealer = sealerOf(places, installation);
  const there = second === null ? [] : await workerTasks.run('listSecond', { folder: second, sealer }).catch(() => []);
  return [...listBackups({ folder: places.backups, sealer }), ...there].sort((a, b) => b.at - a.at);
}

/** The sealer that recognises the desk's own backups. Without a key there are none. */
export const sealerOf = ({ backupKey }: Places, { id }: Installation): Sealer => ({ desk: id, key: readKey(backupKey) });

/** The sealer for making backups. Creates a key when the desk has none. */
export function sealerFor(places: Places, { id }: Installation): Sealer {
  return { desk: id, key: readKey(places.backupKey) ?? makeKey(places.backupKey) };
}

/**
 * Recognises the desk's own backups: those that it sealed. Until backups from before seals, or from before a key was lost, have been sealed, also those in its own
 * folder, if nobody else may write there.
 */
export function isOurs(places: Places, { seals_backups }: Installation, { key }: Sealer): (backup: Pick<Backup, 'seal' | 'folder'>) => boolean {
  const folder = !(seals_backups && key !== null) && isClosedToOthers(places.backups) ? resolve(places.backups) : null;
  return (backup) => backup.seal === 'own' || (resolve(backup.folder) === folder && isUnsealed(backup));
}

function orNew(found: ReturnType<typeof readInstallation>): Installation {
  if (found !== null && found !== 'unreadable') return found;
  return { id: randomUUID(), reached: null, arriving: null, second_backup_folder: null, seals_backups: false };
}

const expectedOf = ({ reached, arriving }: Installation): Point[] => [reached, arriving].filter((point) => point !== null);
