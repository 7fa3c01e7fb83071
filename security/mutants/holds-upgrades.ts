/** A host that accepts every upgrade and lets refused clients decide when to disconnect. */
import { join } from 'node:path';
import { replace, startHost } from '../../faults/mutants/replace.ts';

replace('src-main/intake/upgrades.ts', 'patient-upgrades.ts', join(import.meta.dirname, 'parts'));
await startHost();
