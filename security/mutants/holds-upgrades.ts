/** A host that takes every upgrade up, and leaves it to whoever is refused when to go. */
import { join } from 'node:path';
import { replace, startHost } from '../../faults/mutants/replace.ts';

replace('src-main/intake/upgrades.ts', 'patient-upgrades.ts', join(import.meta.dirname, 'parts'));
await startHost();
