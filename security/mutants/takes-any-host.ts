/** A host that accepts any Host header and requests from any page. */
import { join } from 'node:path';
import { replace, startHost } from '../../faults/mutants/replace.ts';

replace('src-main/intake/door.ts', 'open-door.ts', join(import.meta.dirname, 'parts'));
await startHost();
