/** A host that accepts a proof made for any address and any challenge. */
import { join } from 'node:path';
import { replace, startHost } from '../../faults/mutants/replace.ts';

replace('src-shared/session-proof.ts', 'any-proof.ts', join(import.meta.dirname, 'parts'));
await startHost();
