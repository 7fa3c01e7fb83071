import type { ExternalIds, Source } from '#shared/contract/entities.ts';
import { nameKey } from '#shared/plain-text.ts';
import type { Reading, Writing } from '#store/sqlite/open.ts';
import { idNamed, KEY_OF_NAME } from './names.ts';
import { withdraw } from './withdrawals.ts';

export interface SourceRow {
  id: number;
  name: string;
  settings: Source['settings'];
  created_at: number;
  archived_at: number | null;
  external_ids: ExternalIds;
}

export interface SourceKeyRow {
  id: number;
  source_id: number;
  hint: string;
  created_at: number;
  last_used_at: number | null;
}

type Stored = Omit<SourceRow, 'settings'> & { settings: string };
const decoded = (row: Stored): SourceRow => ({ ...row, settings: JSON.parse(row.settings) }); // written below

const COLUMNS = 'id, name, settings, created_at, archived_at, external_ids';

/** All sources by id, archived ones included. */
export function allSources(db: Reading): SourceRow[] {
  return db.all<Stored>(`SELECT ${COLUMNS} FROM sources ORDER BY id`).map(decoded);
}

/** Undefined when no source has this id. */
export function sourceById(db: Reading, id: number): SourceRow | undefined {
  const row = db.get<Stored>(`SELECT ${COLUMNS} FROM sources WHERE id = ?`, id);
  return row && decoded(row);
}

/** Names of the first sources in use. Works on a database of any version. */
export function someSourceNames(db: Reading, limit: number): string[] {
  return db.all<{ name: string }>('SELECT name FROM sources WHERE archived_at IS NULL ORDER BY id LIMIT ?', limit).map(({ name }) => name);
}

/** Id of the source in use with this name. */
export function sourceNamed(db: Reading, name: string): number | undefined {
  return idNamed(db, 'sources', name);
}

/** Adds a source and returns its id. */
export function insertSource(tx: Writing, row: { name: string; settings: Source['settings']; external_ids: ExternalIds; now: number }): number {
  const { lastInsertRowid } = tx.run(
    'INSERT INTO sources (name, name_key, settings, external_ids, created_at) VALUES (?, ?, ?, ?, ?)',
    row.name,
    nameKey(row.name),
    JSON.stringify(row.settings),
    row.external_ids,
    row.now,
  );
  return Number(lastInsertRowid);
}

/** Writes the fields that supervisors change. The name's key follows the name. */
export function updateSourceRow(tx: Writing, row: Pick<SourceRow, 'id' | 'name' | 'settings' | 'archived_at' | 'external_ids'>): void {
  tx.run(
    `UPDATE sources SET name = ?, name_key = ${KEY_OF_NAME}, settings = ?, archived_at = ?, external_ids = ? WHERE id = ?`,
    row.name,
    row.name,
    nameKey(row.name),
    JSON.stringify(row.settings),
    row.archived_at,
    row.external_ids,
    row.id,
  );
}

/** Live keys of all sources or of one. Keys of archived sources are not live. */
export function liveKeys(db: Reading, source_id: number | null = null): SourceKeyRow[] {
  return db.all(
    `SELECT id, source_id, hint, created_at, last_used_at FROM source_keys WHERE revoked_at IS NULL AND source_id = coalesce(?, source_id)
       AND source_id NOT IN (SELECT id FROM sources WHERE archived_at IS NOT NULL) ORDER BY id`,
    source_id,
  );
}

/** Hashes of all keys that are accepted: live keys of sources that are not archived. */
export function keyHashes(db: Reading): { id: number; source_id: number; hash: Buffer }[] {
  return db.all(
    `SELECT k.id, k.source_id, k.hash FROM source_keys k JOIN sources s ON s.id = k.source_id
     WHERE k.revoked_at IS NULL AND s.archived_at IS NULL`,
  );
}

/** Stores a key by its SHA-256 and returns its id. The key itself is stored nowhere. */
export function insertKey(tx: Writing, row: { source_id: number; hash: Uint8Array; hint: string; now: number }): number {
  const { lastInsertRowid } = tx.run(
    'INSERT INTO source_keys (source_id, hash, hint, created_at) VALUES (?, ?, ?, ?)',
    row.source_id,
    row.hash,
    row.hint,
    row.now,
  );
  return Number(lastInsertRowid);
}

/** Records when a key was last used, in epoch milliseconds. */
export function noteKeyUse(tx: Writing, id: number, at: number): void {
  tx.run('UPDATE source_keys SET last_used_at = ? WHERE id = ?', at, id);
}

/** Revokes a key permanently. False when the source has no such live key. */
export function revokeKey(tx: Writing, source_id: number, key_id: number, now: number): boolean {
  const sql = 'SELECT hash FROM source_keys WHERE id = ? AND source_id = ? AND revoked_at IS NULL';
  const key = tx.get<{ hash: Buffer }>(sql, key_id, source_id);
  if (key) withdraw(tx, 'source_key', key.hash, now);
  return key !== undefined;
}
