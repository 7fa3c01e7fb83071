/** A program of its own that restores, for tests that kill it: `node restore-and-exit.ts DATA_DIR BACKUP`. */
import { restoreAtStart } from '#store/guard.ts';
import { Workshop } from '#store/work.ts';
import { placesIn, WORKER } from './places.ts';

const [dir = '', backup = ''] = process.argv.slice(2);
await restoreAtStart(placesIn(dir), new Workshop(WORKER), backup, Date.now);
