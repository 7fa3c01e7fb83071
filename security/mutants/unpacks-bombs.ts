/** A host that unpacks a body however large it becomes. */
import { join } from 'node:path';
import { replace, startHost } from '../../faults/mutants/replace.ts';

replace('src-main/intake/body.ts', 'bomb-body.ts', join(import.meta.dirname, 'parts'));
await startHost();
