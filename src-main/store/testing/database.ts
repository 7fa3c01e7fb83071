/** Stores for tests, with the real migrations. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { openStore, type Store } from '#store/sqlite/open.ts';
import { MIGRATIONS } from './migrations.ts';

export { MIGRATIONS };

/** A temporary folder, removed after the test. */
export function folder(): string {
  const path = mkdtempSync(join(tmpdir(), 'switchyard-'));
  onTestFinished(() => rmSync(path, { recursive: true, force: true }));
  return path;
}

/** A store that is closed after the test; in memory unless a file is given. */
export function store(file = ':memory:', migrations = MIGRATIONS): Store {
  const opened = openStore(file, { migrations });
  onTestFinished(() => opened.close());
  return opened;
}
