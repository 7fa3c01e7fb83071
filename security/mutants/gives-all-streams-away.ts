/** A host that gives the streams of events to whoever comes first. */
import { join } from 'node:path';
import { replace, startHost } from '../../faults/mutants/replace.ts';

replace('src-main/intake/event-streams.ts', 'first-come-streams.ts', join(import.meta.dirname, 'parts'));
await startHost();
