/** A host for which every token is the admin's, and which says why it refuses the others. */
import { join } from 'node:path';
import { replace, startHost } from '../../faults/mutants/replace.ts';

replace('src-main/intake/caller.ts', 'any-caller.ts', join(import.meta.dirname, 'parts'));
await startHost();
