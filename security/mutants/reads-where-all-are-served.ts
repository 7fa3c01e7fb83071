/** A host that runs long page queries on the main thread. */
import { join } from 'node:path';
import { replace, startHost } from '../../faults/mutants/replace.ts';

replace('src-main/intake/contact-pages.ts', 'pages-at-once.ts', join(import.meta.dirname, 'parts'));
await startHost();
