/** A host that revokes keys only in the current database. */
import { join } from 'node:path';
import { replace, startHost } from '../../faults/mutants/replace.ts';

replace('src-main/store/tables/withdrawals.ts', 'half-withdrawals.ts', join(import.meta.dirname, 'parts'));
await startHost();
