/** A host that commits without waiting for the disk, which is the default of better-sqlite3. */
import { replace, startHost } from './replace.ts';

replace('src-main/store/sqlite/open.ts', 'open-syncs-normal.ts');
await startHost();
