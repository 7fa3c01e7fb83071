import type { PresetContent } from '#shared/contract/presets.ts';
import { nameKey } from '#shared/plain-text.ts';
import type { Reading, Writing } from '#store/sqlite/open.ts';
import { idNamed } from './names.ts';

export interface PresetRow {
  id: number;
  name: string;
  content: PresetContent;
  created_at: number;
  updated_at: number;
}

type Stored = Omit<PresetRow, 'content'> & { content: string };
const decoded = (row: Stored): PresetRow => ({ ...row, content: JSON.parse(row.content) }); // written below

const COLUMNS = 'id, name, content, created_at, updated_at';

/** All presets, by name. */
export function allPresets(db: Reading): PresetRow[] {
  return db.all<Stored>(`SELECT ${COLUMNS} FROM presets ORDER BY name_key`).map(decoded);
}

/** Undefined when no preset has this id. */
export function presetById(db: Reading, id: number): PresetRow | undefined {
  const row = db.get<Stored>(`SELECT ${COLUMNS} FROM presets WHERE id = ?`, id);
  return row && decoded(row);
}

/** Id of the preset with this name. */
export function presetNamed(db: Reading, name: string): number | undefined {
  return idNamed(db, 'presets', name);
}

/** An id that no preset ever had: a removed preset may be restored under its own id. */
export function freePresetId(db: Reading): number {
  const kept = db.get<{ id: number | null }>('SELECT MAX(id) AS id FROM presets')?.id ?? 0;
  const journalled = db.get<{ id: number | null }>(
    "SELECT MAX(json_extract(data, '$.preset_id')) AS id FROM journal WHERE data IS NOT NULL AND kind = 'preset_saved'",
  )?.id;
  return Math.max(kept, journalled ?? 0) + 1;
}

/** Inserts the preset under its id, or replaces its name and content. */
export function putPreset(tx: Writing, row: Pick<PresetRow, 'id' | 'name' | 'content'> & { now: number }): void {
  tx.run(
    `INSERT INTO presets (id, name, name_key, content, created_at, updated_at) VALUES (?, ?, ?, ?, ?, ?)
     ON CONFLICT (id) DO UPDATE SET name = excluded.name, name_key = excluded.name_key, content = excluded.content, updated_at = excluded.updated_at`,
    row.id,
    row.name,
    nameKey(row.name),
    JSON.stringify(row.content),
    row.now,
    row.now,
  );
}

export function deletePreset(tx: Writing, id: number): void {
  tx.run('DELETE FROM presets WHERE id = ?', id);
}
