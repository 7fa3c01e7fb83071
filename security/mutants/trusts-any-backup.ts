/** A host that treats every backup as its own. */
import { join } from 'node:path';
import { replace, startHost } from '../../faults/mutants/replace.ts';

replace('src-main/vault/seal.ts', 'any-seal.ts', join(import.meta.dirname, 'parts'));
replace('src-main/vault/worker-tasks.ts', 'worker-tasks-of-one-thread.ts', join(import.meta.dirname, 'parts'));
await startHost();
