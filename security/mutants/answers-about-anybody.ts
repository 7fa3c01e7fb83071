/** A host whose dry run answers a source about leads that only others know. */
import { join } from 'node:path';
import { replace, startHost } from '../../faults/mutants/replace.ts';

replace('src-main/engine/views/source-view.ts', 'any-own-part.ts', join(import.meta.dirname, 'parts'));
await startHost();
