/** A host that deletes what it was asked to forget, and leaves it standing in the pages and the log. */
import { join } from 'node:path';
import { replace, startHost } from '../../faults/mutants/replace.ts';

replace('src-main/store/open.ts', 'careless-open.ts', join(import.meta.dirname, 'parts'));
await startHost();
