/** A host whose links can be used repeatedly. */
import { join } from 'node:path';
import { replace, startHost } from '../../faults/mutants/replace.ts';

replace('src-main/engine/access/sessions.ts', 'lasting-links.ts', join(import.meta.dirname, 'parts'));
await startHost();
