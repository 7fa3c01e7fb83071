/** A host that tries as many passwords as it is given. */
import { join } from 'node:path';
import { replace, startHost } from '../../faults/mutants/replace.ts';

replace('src-main/engine/access/guesses.ts', 'no-waits.ts', join(import.meta.dirname, 'parts'));
await startHost();
