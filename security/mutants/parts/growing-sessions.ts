import type { Writing } from '../../../src-main/store/sqlite/open.ts';
import { allSessions, replaceSessions as replace, type SessionRow } from '../../../src-main/store/tables/sessions.ts';

export * from '../../../src-main/store/tables/sessions.ts';

export function replaceSessions(tx: Writing, rows: readonly SessionRow[]): void {
  const ids = new Set(rows.map(({ id }) => id));
  replace(tx, [...allSessions(tx).filter(({ id }) => !ids.has(id)), ...rows]);
}
