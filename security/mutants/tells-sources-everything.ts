/** A host that answers a source key as it answers the administrator. */
import { join } from 'node:path';
import { replace, startHost } from '../../faults/mutants/replace.ts';

replace('src-main/engine/views/source-view.ts', 'whole-view.ts', join(import.meta.dirname, 'parts'));
await startHost();
