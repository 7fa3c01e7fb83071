/** A read-only connection for other threads than the writing one. */
import Database from 'better-sqlite3';
import { handlesOf } from './handles.ts';
import type { Reading } from './open.ts';

/** Covers a writer that is checkpointing or closing; otherwise readers and writers do not block each other. */
const BUSY_TIMEOUT_MS = 5000;

export interface ReadOnly {
  readonly reading: Reading;
  /** Runs `work` on a consistent snapshot. Keep it short: the log cannot be truncated meanwhile. */
  snapshot<T>(work: (reading: Reading) => T): T;
  close(): void;
}

/**
 * @param attached further databases to attach, by schema name
 * @throws when there is no database at `file`
 */
export function openReadOnly(file: string, attached: Readonly<Record<string, string>> = {}): ReadOnly {
  const connection = new Database(file, { readonly: true, fileMustExist: true, timeout: BUSY_TIMEOUT_MS });
  connection.pragma('trusted_schema = OFF');
  connection.pragma('query_only = ON');
  connection.pragma('cache_size = -16384'); // KiB
  for (const [name, path] of Object.entries(attached)) connection.prepare(`ATTACH ? AS ${name}`).run(path);
  const { get, all } = handlesOf(connection);
  const reading: Reading = { get, all };
  return {
    reading,
    snapshot: <T>(work: (from: Reading) => T) => connection.transaction(() => work(reading))(),
    close: () => connection.close(),
  };
}
