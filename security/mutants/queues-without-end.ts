/** A host that says no to nobody: what cannot be done now is kept until it can. */
import { join } from 'node:path';
import { replace, startHost } from '../../faults/mutants/replace.ts';

replace('src-main/intake/waiting-room.ts', 'endless-room.ts', join(import.meta.dirname, 'parts'));
replace('src-main/engine/writer.ts', 'endless-writer.ts', join(import.meta.dirname, 'parts'));
await startHost();
