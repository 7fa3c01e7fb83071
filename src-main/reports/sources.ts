import { openReadOnly, type ReadOnly } from '#store/sqlite/read-only.ts';
import { openSearch, type Search } from './search.ts';

/** What questions read from. */
export interface Sources {
  readonly database: ReadOnly;
  /** opened at first use */
  readonly search: () => Search;
}

/** Opens the database for questions. @throws when there is no database at `file` */
export function openSources(file: string): Sources {
  let search: Search | undefined;
  return { database: openReadOnly(file), search: () => (search ??= openSearch(file)) };
}
