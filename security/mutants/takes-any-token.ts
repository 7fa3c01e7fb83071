/** A host that accepts every token as the admin's, and says why it refuses the other requests. */
import { join } from 'node:path';
import { replace, startHost } from '../../faults/mutants/replace.ts';

replace('src-main/intake/authenticate.ts', 'any-token.ts', join(import.meta.dirname, 'parts'));
await startHost();
