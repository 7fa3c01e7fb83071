/** A host that listens on every address of the machine. */
import { join } from 'node:path';
import { replace, startHost } from '../../faults/mutants/replace.ts';

replace('src-main/intake/listen.ts', 'public-listen.ts', join(import.meta.dirname, 'parts'));
await startHost();
