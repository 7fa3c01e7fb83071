/** A stand-alone program that backs up a database in a loop, for tests that kill it: `node back-up-again.ts DATABASE FOLDER`. */
import { join } from 'node:path';
import { WorkerTasks } from '#vault/worker-tasks.ts';

const [database = '', folder = ''] = process.argv.slice(2);
const sealer = { desk: 'test', key: 'A'.repeat(43) };
const workerTasks = new WorkerTasks(join(import.meta.dirname, '../worker.ts'));
// oxlint-disable-next-line no-restricted-properties -- names the backups; nothing is measured
for (let at = Date.now(); ; at++) {
  process.stdout.write(`began ${at}\n`);
  const { backup } = await workerTasks.run('backUp', { database, folder, kind: 'scheduled', at, chainAfter: 0, sealer });
  process.stdout.write(`made ${backup.name}\n`);
}
