/** A host that merges leads on the word of any source, although it is set to ask. */
import { join } from 'node:path';
import { replace, startHost } from '../../faults/mutants/replace.ts';

replace('src-main/domain/identify.ts', 'credulous-identify.ts', join(import.meta.dirname, 'parts'));
await startHost();
