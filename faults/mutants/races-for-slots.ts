/** A host that decides from a table it read a moment ago, and has no second lock on the limit. */
import { replace, startHost } from './replace.ts';

replace('src-main/store/operators.ts', 'operators-without-limit.ts');
replace('src-main/engine/write.ts', 'write-from-stale-table.ts');
await startHost();
