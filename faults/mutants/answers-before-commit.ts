/** A host that answers 201 first and commits a little later. */
import { replace, startHost } from './replace.ts';

replace('src-main/store/sqlite/open.ts', 'open-commits-late.ts');
await startHost();
