/** A host that begins every request on arrival, whether or not its responses are read. */
import { join } from 'node:path';
import { replace, startHost } from '../../faults/mutants/replace.ts';

replace('src-main/intake/connections.ts', 'eager-connections.ts', join(import.meta.dirname, 'parts'));
await startHost();
