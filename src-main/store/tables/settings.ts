import type { Reading, Writing } from '#store/sqlite/open.ts';

/** Stored values by key. Only settings that were ever set have one. */
export function allSettings(db: Reading): Record<string, unknown> {
  const rows = db.all<{ key: string; value: string }>('SELECT key, value FROM settings');
  return Object.fromEntries(rows.map(({ key, value }) => [key, parsed(value)]));
}

/** Stores a setting as JSON under its key. */
export function putSetting(tx: Writing, key: string, value: unknown): void {
  tx.run('INSERT INTO settings (key, value) VALUES (?, ?) ON CONFLICT DO UPDATE SET value = excluded.value', key, JSON.stringify(value));
}

function parsed(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    return undefined; // edited by hand: use the default
  }
}
