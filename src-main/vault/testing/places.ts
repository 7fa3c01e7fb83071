/** Paths in a data directory, and those of the checkout that tests need. */
import { join } from 'node:path';
import type { Places } from '#vault/guard.ts';

export const MIGRATIONS = join(import.meta.dirname, '../../../drizzle');
/** The entry of the reading thread. */
export const READER = join(import.meta.dirname, '../../reports/thread.ts');
export const WORKER = join(import.meta.dirname, '../worker.ts');

export function placesIn(dir: string): Places {
  return {
    database: join(dir, 'switchyard.db'),
    backups: join(dir, 'backups'),
    quarantine: join(dir, 'quarantine'),
    installation: join(dir, 'installation.json'),
    backupKey: join(dir, 'backup-key'),
    migrations: MIGRATIONS,
  };
}
