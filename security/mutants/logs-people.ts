/** A host that logs errors unredacted, with all the text in them. */
import { join } from 'node:path';
import { replace, startHost } from '../../faults/mutants/replace.ts';

replace('src-main/shells/log.ts', 'talkative-log.ts', join(import.meta.dirname, 'parts'));
await startHost();
