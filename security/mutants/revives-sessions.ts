/** A host that never deletes sessions from its database. */
import { join } from 'node:path';
import { replace, startHost } from '../../faults/mutants/replace.ts';

replace('src-main/store/tables/sessions.ts', 'growing-sessions.ts', join(import.meta.dirname, 'parts'));
await startHost();
