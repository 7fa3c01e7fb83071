/** A host that accepts requests first come, first served, and refuses everybody else while it is full. */
import { join } from 'node:path';
import { replace, startHost } from '../../faults/mutants/replace.ts';

replace('src-main/intake/waiting-room.ts', 'first-come-room.ts', join(import.meta.dirname, 'parts'));
await startHost();
