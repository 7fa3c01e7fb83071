/** A host that serves a full group of requests between any two connections that it accepts. */
import { join } from 'node:path';
import { replace, startHost } from '../../faults/mutants/replace.ts';

replace('src-main/intake/arrivals.ts', 'ignored-arrivals.ts', join(import.meta.dirname, 'parts'));
await startHost();
