/** A host that speaks plain HTTP to everybody. */
import { join } from 'node:path';
import { replace, startHost } from '../../faults/mutants/replace.ts';

replace('src-main/intake/tls.ts', 'no-tls.ts', join(import.meta.dirname, 'parts'));
await startHost();
