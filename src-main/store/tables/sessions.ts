import type { Reading, Writing } from '#store/sqlite/open.ts';

export interface SessionRow {
  id: number;
  /** SHA-256 of the secret */
  hash: Uint8Array;
  /** SHA-256 of the admin token at the time of opening */
  admin_token: Uint8Array;
  /** the address it was opened at and is valid for, such as `127.0.0.1:8000` */
  host: string;
  user_agent: string;
  created_at: number;
  last_used_at: number;
  /** who signed in; null: the administrator of the machine */
  person_id: number | null;
}

/** All console sessions, by id. */
export function allSessions(db: Reading): SessionRow[] {
  return db.all('SELECT id, hash, admin_token, host, user_agent, created_at, last_used_at, person_id FROM sessions ORDER BY id');
}

/** Replaces all stored sessions by these. */
export function replaceSessions(tx: Writing, rows: readonly SessionRow[]): void {
  tx.run('DELETE FROM sessions');
  for (const { id, hash, admin_token, host, user_agent, created_at, last_used_at, person_id } of rows)
    tx.run(
      'INSERT INTO sessions (id, hash, admin_token, host, user_agent, created_at, last_used_at, person_id) VALUES (?, ?, ?, ?, ?, ?, ?, ?)',
      id,
      hash,
      admin_token,
      host,
      user_agent,
      created_at,
      last_used_at,
      person_id,
    );
}
