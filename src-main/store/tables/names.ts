/**
 * Unique names. A row's `name_key` is the key of its name. Rows from before the key took its present form keep their names and block new rows like the others:
 * some of them have the key with a line break and their id after it, others a key of an earlier form, which is looked up here.
 */
import { nameKey } from '#shared/plain-text.ts';
import type { Reading } from '#store/sqlite/handles.ts';

type Table = 'operators' | 'sources' | 'presets';
const IN_USE: Readonly<Record<Table, string>> = { operators: 'archived_at IS NULL', sources: 'archived_at IS NULL', presets: '1' };

/** The id of the row in use with this name: the one with exactly this name, else one with the same key. */
export function idNamed(db: Reading, table: Table, name: string): number | undefined {
  const key = nameKey(name);
  const inRange = 'name_key >= ? AND name_key < ?'; // said first, because SQLite would scan the whole index for the OR
  const sql = `SELECT id FROM ${table} WHERE ${inRange} AND (name_key = ? OR name_key >= ?) AND ${IN_USE[table]} ORDER BY name = ? DESC, id LIMIT 1`;
  return db.get<{ id: number }>(sql, key, `${key}\v`, key, `${key}\n`, name)?.id ?? idWithFormerKey(db, table, key);
}

interface Former {
  readonly id: number;
  readonly name: string;
}
const formerOf = new WeakMap<Reading, Map<Table, ReadonlyMap<string, readonly Former[]>>>();

/** A row whose stored key has an earlier form. There are no new ones, so they are looked for once. */
function idWithFormerKey(db: Reading, table: Table, key: string): number | undefined {
  const tables = formerOf.get(db) ?? new Map<Table, ReadonlyMap<string, readonly Former[]>>();
  formerOf.set(db, tables);
  let former = tables.get(table);
  if (!former) {
    const rows = db.all<Former & { name_key: string }>(`SELECT id, name, name_key FROM ${table} ORDER BY id`);
    former = Map.groupBy(
      rows.filter((row) => row.name_key.split('\n', 1)[0] !== nameKey(row.name)),
      (row) => nameKey(row.name),
    );
    tables.set(table, former);
  }
  return former.get(key)?.find(({ id, name }) => db.get(`SELECT 1 FROM ${table} WHERE id = ? AND name = ? AND ${IN_USE[table]}`, id, name) !== undefined)?.id;
}

/** SQL: the key of a changed row, which stays while the name does. Parameters: the name, and its key. */
export const KEY_OF_NAME = 'CASE WHEN name = ? THEN name_key ELSE ? END';
