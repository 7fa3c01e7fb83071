/** A host with Node's default timeouts for slow clients. */
import { join } from 'node:path';
import { replace, startHost } from '../../faults/mutants/replace.ts';

replace('src-main/intake/server.ts', 'patient-server.ts', join(import.meta.dirname, 'parts'));
await startHost();
