/** Stores for tests, with the real migrations. */
import { onTestFinished } from 'vitest';
import { openStore, type Store } from '#store/sqlite/open.ts';
import { MIGRATIONS } from './migrations.ts';

export { MIGRATIONS };

/** A store that is closed after the test; in memory unless a file is given. */
export function store(file = ':memory:', migrations = MIGRATIONS): Store {
  const opened = openStore(file, { migrations });
  onTestFinished(() => opened.close());
  return opened;
}
