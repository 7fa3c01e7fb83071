/** A host that tells a source who the operator of a lead is, also when only others know it. */
import { join } from 'node:path';
import { replace, startHost } from '../../faults/mutants/replace.ts';

replace('src-main/store/tables/givers.ts', 'known-owners.ts', join(import.meta.dirname, 'parts'));
await startHost();
