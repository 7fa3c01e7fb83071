/** A host whose pages examine any number of rows. */
import { join } from 'node:path';
import { replace, startHost } from '../../faults/mutants/replace.ts';

replace('src-main/intake/contact-pages.ts', 'endless-pages.ts', join(import.meta.dirname, 'parts'));
await startHost();
