/** A host that creates its files with the system's default permissions. */
import { join } from 'node:path';
import { replace, startHost } from '../../faults/mutants/replace.ts';

replace('src-main/shells/data-dir.ts', 'shared-data-dir.ts', join(import.meta.dirname, 'parts'));
await startHost();
