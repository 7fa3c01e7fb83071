/** A host that refuses nothing: work that cannot be done now is queued without limit. */
import { join } from 'node:path';
import { replace, startHost } from '../../faults/mutants/replace.ts';

replace('src-main/intake/waiting-room.ts', 'endless-room.ts', join(import.meta.dirname, 'parts'));
replace('src-main/engine/core/writer.ts', 'endless-writer.ts', join(import.meta.dirname, 'parts'));
await startHost();
