/** A host that gives out event streams first come, first served. */
import { join } from 'node:path';
import { replace, startHost } from '../../faults/mutants/replace.ts';

replace('src-main/intake/event-streams.ts', 'first-come-streams.ts', join(import.meta.dirname, 'parts'));
await startHost();
