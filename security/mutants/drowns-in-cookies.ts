/** A host that counts cookies towards the header limit. */
import { join } from 'node:path';
import { replace, startHost } from '../../faults/mutants/replace.ts';

replace('src-main/intake/listen.ts', 'small-headers.ts', join(import.meta.dirname, 'parts'));
await startHost();
