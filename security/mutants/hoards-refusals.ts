/** A host that keeps every refused body. */
import { join } from 'node:path';
import { replace, startHost } from '../../faults/mutants/replace.ts';

replace('src-main/store/tables/refused-contacts.ts', 'endless-refusals.ts', join(import.meta.dirname, 'parts'));
await startHost();
