/** The real migrations, or only the first ones. */
import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

export const MIGRATIONS = join(import.meta.dirname, '../../../drizzle');

/** Recreates in `folder` the contents of drizzle/ when it had `count` migrations. */
export function firstMigrations(count: number, folder: string): string {
  cpSync(MIGRATIONS, folder, { recursive: true });
  const index = join(folder, 'meta', '_journal.json');
  const journal = JSON.parse(readFileSync(index, 'utf8')) as { entries: unknown[] };
  writeFileSync(index, JSON.stringify({ ...journal, entries: journal.entries.slice(0, count) }));
  return folder;
}
