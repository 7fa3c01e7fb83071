/** A host that accepts whatever JSON.parse accepts. */
import { join } from 'node:path';
import { replace, startHost } from '../../faults/mutants/replace.ts';

replace('src-main/intake/body.ts', 'generous-body.ts', join(import.meta.dirname, 'parts'));
await startHost();
