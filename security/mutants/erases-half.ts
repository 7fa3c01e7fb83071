/** A host that deletes erased rows but leaves their data in the pages and the write-ahead log. */
import { join } from 'node:path';
import { replace, startHost } from '../../faults/mutants/replace.ts';

replace('src-main/store/sqlite/open.ts', 'careless-open.ts', join(import.meta.dirname, 'parts'));
await startHost();
