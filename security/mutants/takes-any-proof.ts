/** A host that lets in whoever proves something, wherever and whenever it was proved. */
import { join } from 'node:path';
import { replace, startHost } from '../../faults/mutants/replace.ts';

replace('src-shared/session-proof.ts', 'any-proof.ts', join(import.meta.dirname, 'parts'));
await startHost();
