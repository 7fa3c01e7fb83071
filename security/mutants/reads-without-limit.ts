/** A host that lets a key read as much as it likes. */
import { join } from 'node:path';
import { replace, startHost } from '../../faults/mutants/replace.ts';

replace('src-main/intake/rate-limiter.ts', 'endless-reads.ts', join(import.meta.dirname, 'parts'));
await startHost();
