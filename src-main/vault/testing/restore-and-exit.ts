/** A stand-alone program that restores a backup, for tests that kill it: `node restore-and-exit.ts DATA_DIR BACKUP`. */

import { restoreBeforeStart } from '#vault/restored.ts';
import { WorkerTasks } from '#vault/worker-tasks.ts';
import { placesIn, WORKER } from './places.ts';

const [dir = '', backup = ''] = process.argv.slice(2);
// oxlint-disable-next-line no-restricted-properties -- the clock it runs by, not a measurement
await restoreBeforeStart(placesIn(dir), new WorkerTasks(WORKER), { wanted: backup, acceptForeign: true }, Date.now);
