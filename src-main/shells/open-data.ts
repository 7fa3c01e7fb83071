import { Engine } from '#engine/core/engine.ts';
import { Reader } from '#reports/reader.ts';
import { BackupKeeper } from '#vault/backups.ts';
import { watchDisk } from '#vault/disk-space.ts';
import { WorkerTasks } from '#vault/worker-tasks.ts';
import { appFile, readerFile, workerFile } from './app-root.ts';
import { openDatabase } from './database.ts';
import { forgetErased } from './forget-erased.ts';
import type { Log } from './log.ts';
import type { Opening } from './opening.ts';

/** Interval of saving when source keys were last used: the precision after a crash. */
const KEY_USE_WRITTEN_MS = 60_000;

/** Opens the database and starts what works on it: the engine, the reader thread, and backups. `wholly`: the database has been checked completely. */
export async function openData({ options, world, dataDir, closers }: Opening, log: Log['logger']) {
  const { now, dice, newKey, timeZone, every } = world;
  const workerTasks = new WorkerTasks(workerFile());
  closers.push(() => workerTasks.close());
  const places = { ...dataDir, migrations: appFile('drizzle') };
  const tell = (line: string) => process.stderr.write(`${line}\n`);
  const { store, installation, wholly } = await openDatabase({ options, dataDir, places, workerTasks, now, tell });

  const logFault = (message: string, err: unknown) => log.error({ err }, message);
  const engine = new Engine({ store, now, dice, newKey, timeZone, log: logFault });
  closers.push(() => engine.close());
  closers.push(every(KEY_USE_WRITTEN_MS, () => engine.saveKeyUse()));
  closers.push(watchDisk({ engine, space: () => world.space(dataDir.path), every, log: logFault }));

  const reader = new Reader({ entry: readerFile(), database: places.database });
  closers.push(() => reader.close());
  closers.push(forgetErased(engine, reader, places.database, (err) => log.warn({ err }, 'the search index could not be updated')));

  const backups = new BackupKeeper({
    engine,
    places,
    installation,
    workerTasks,
    whileClosed: (work) => reader.whileClosed(work),
    now,
    every,
    log: (message, detail) => log.warn({ detail }, message),
  });
  backups.start();
  closers.push(() => backups.close());
  return { store, engine, reader, backups, wholly };
}
