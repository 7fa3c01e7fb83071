/** A host that sends the console whole bodies in a list. */
import { join } from 'node:path';
import { replace, startHost } from '../../faults/mutants/replace.ts';

replace('src-main/store/tables/refused-contacts.ts', 'uncut-refusals.ts', join(import.meta.dirname, 'parts'));
await startHost();
