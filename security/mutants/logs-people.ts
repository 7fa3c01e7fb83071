/** A host that logs errors whole: whatever was thrown, with the words in it. */
import { join } from 'node:path';
import { replace, startHost } from '../../faults/mutants/replace.ts';

replace('src-main/shells/log.ts', 'talkative-log.ts', join(import.meta.dirname, 'parts'));
await startHost();
