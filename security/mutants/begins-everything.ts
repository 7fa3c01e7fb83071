/** A host that begins every request as soon as it is there, whether or not anybody reads its answers. */
import { join } from 'node:path';
import { replace, startHost } from '../../faults/mutants/replace.ts';

replace('src-main/intake/connections.ts', 'eager-connections.ts', join(import.meta.dirname, 'parts'));
await startHost();
