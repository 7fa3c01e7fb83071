/** A host that lists every error of a body. */
import { join } from 'node:path';
import { replace, startHost } from '../../faults/mutants/replace.ts';

replace('src-shared/contract/problems.ts', 'all-errors.ts', join(import.meta.dirname, 'parts'));
await startHost();
