import { openReadOnly, type ReadOnly } from '#store/read-only.ts';
import { openSearch, type Search } from './search.ts';

/** Where questions look. */
export interface Sources {
  readonly database: ReadOnly;
  /** opened when it is first asked for */
  readonly search: () => Search;
}

/** @throws when there is no database at `file` */
export function openSources(file: string): Sources {
  let search: Search | undefined;
  return { database: openReadOnly(file), search: () => (search ??= openSearch(file)) };
}
