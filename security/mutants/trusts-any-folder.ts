/** A host that opens anything in its data folder, whoever put it there. */
import { join } from 'node:path';
import { replace, startHost } from '../../faults/mutants/replace.ts';

replace('src-main/vault/own-files.ts', 'trusting-own-files.ts', join(import.meta.dirname, 'parts'));
replace('src-main/vault/worker-tasks.ts', 'worker-tasks-of-one-thread.ts', join(import.meta.dirname, 'parts'));
await startHost();
