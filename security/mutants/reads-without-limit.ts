/** A host without a limit on what a key reads. */
import { join } from 'node:path';
import { replace, startHost } from '../../faults/mutants/replace.ts';

replace('src-main/intake/rate-limiter.ts', 'endless-reads.ts', join(import.meta.dirname, 'parts'));
await startHost();
