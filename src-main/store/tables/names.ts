/**
 * Unique names. A row's `name_key` is the key of its name. Rows from before the key took its present form may have names that now look the same: all but one
 * of them have the key with a line break and their id after it, keep their names, and block new rows like the others.
 */
import { nameKey } from '#shared/plain-text.ts';
import type { Reading } from '#store/sqlite/handles.ts';

type Table = 'operators' | 'sources' | 'presets';
const IN_USE: Readonly<Record<Table, string>> = { operators: 'archived_at IS NULL', sources: 'archived_at IS NULL', presets: '1' };

/** The id of the row in use with this name: the one with exactly this name, else one with the same key. */
export function idNamed(db: Reading, table: Table, name: string): number | undefined {
  const key = nameKey(name);
  const sql = `SELECT id FROM ${table} WHERE (name_key = ? OR (name_key >= ? AND name_key < ?)) AND ${IN_USE[table]} ORDER BY name = ? DESC, id LIMIT 1`;
  return db.get<{ id: number }>(sql, key, `${key}\n`, `${key}\v`, name)?.id;
}

/** SQL: the key of a changed row, which stays while the name does. Parameters: the name, and its key. */
export const KEY_OF_NAME = 'CASE WHEN name = ? THEN name_key ELSE ? END';
