/** A host that ends the session that another one claims to replace. */
import { join } from 'node:path';
import { replace, startHost } from '../../faults/mutants/replace.ts';

replace('src-main/engine/access/sessions.ts', 'replaced-unproved.ts', join(import.meta.dirname, 'parts'));
await startHost();
