/** A host that decides from a stale table and has no constraint that enforces the limit. */
import { replace, startHost } from './replace.ts';

replace('src-main/store/tables/operators.ts', 'operators-without-limit.ts');
replace('src-main/engine/core/write.ts', 'write-from-stale-table.ts');
await startHost();
