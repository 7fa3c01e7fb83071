/** A host that restores a foreign backup with whatever triggers it brings, once it was told to. */
import { join } from 'node:path';
import { replace, startHost } from '../../faults/mutants/replace.ts';

replace('src-main/store/sqlite/migrate.ts', 'any-definition.ts', join(import.meta.dirname, 'parts'));
replace('src-main/vault/worker-tasks.ts', 'worker-tasks-of-one-thread.ts', join(import.meta.dirname, 'parts'));
await startHost();
