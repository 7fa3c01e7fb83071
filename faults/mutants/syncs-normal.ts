/** A host that commits without waiting for the disk: what better-sqlite3 would do if nobody told it otherwise. */
import { replace, startHost } from './replace.ts';

replace('src-main/store/open.ts', 'open-syncs-normal.ts');
await startHost();
