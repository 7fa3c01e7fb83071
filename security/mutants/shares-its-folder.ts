/** A host that makes its files as the system would by itself. */
import { join } from 'node:path';
import { replace, startHost } from '../../faults/mutants/replace.ts';

replace('src-main/shells/data-dir.ts', 'shared-data-dir.ts', join(import.meta.dirname, 'parts'));
await startHost();
