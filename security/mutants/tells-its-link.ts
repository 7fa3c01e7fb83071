/** A host that passes the link to the browser in the command line. */
import { join } from 'node:path';
import { replace, startHost } from '../../faults/mutants/replace.ts';

replace('src-main/shells/headless/open-browser.ts', 'telling-browser.ts', join(import.meta.dirname, 'parts'));
await startHost();
