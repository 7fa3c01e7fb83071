import Database from 'better-sqlite3';
import type { Fault } from '#shared/contract/desk.ts';

/**
 * Classifies an error as a fault of the disk or database; null for bugs and violated constraints.
 * Codes: https://sqlite.org/rescode.html
 */
export function faultOf(error: unknown): Fault | null {
  if (!(error instanceof Database.SqliteError)) return null;
  const { code } = error;
  if (code.startsWith('SQLITE_FULL')) return 'disk_full';
  if (code.startsWith('SQLITE_BUSY') || code.startsWith('SQLITE_LOCKED')) return 'database_locked';
  if (code.startsWith('SQLITE_CORRUPT') || code.startsWith('SQLITE_NOTADB')) return 'database_damaged';
  if (code.startsWith('SQLITE_IOERR') || code.startsWith('SQLITE_CANTOPEN') || code.startsWith('SQLITE_READONLY')) return 'disk_error';
  return null;
}
