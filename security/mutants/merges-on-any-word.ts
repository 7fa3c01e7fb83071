/** A host that merges leads of whoever is named by anybody, though it was set to ask. */
import { join } from 'node:path';
import { replace, startHost } from '../../faults/mutants/replace.ts';

replace('src-main/domain/identify.ts', 'credulous-identify.ts', join(import.meta.dirname, 'parts'));
await startHost();
