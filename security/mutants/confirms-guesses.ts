/** A host that shows a source its guess at a lead's name among the attributes only if it is wrong. */
import { join } from 'node:path';
import { replace, startHost } from '../../faults/mutants/replace.ts';

replace('src-main/engine/views/source-view.ts', 'honest-attributes.ts', join(import.meta.dirname, 'parts'));
await startHost();
