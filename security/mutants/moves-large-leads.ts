/** A host whose merges move every row of a lead. */
import { join } from 'node:path';
import { replace, startHost } from '../../faults/mutants/replace.ts';

replace('src-main/engine/core/engine.ts', 'whole-merges.ts', join(import.meta.dirname, 'parts'));
await startHost();
