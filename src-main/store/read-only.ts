/** A second connection that can only look: for threads beside the one that writes. */
import Database from 'better-sqlite3';
import { handlesOf } from './handles.ts';
import type { Reading } from './open.ts';

/** It waits for a writer that is checkpointing or ending; readers and writers do not block each other otherwise. */
const BUSY_TIMEOUT_MS = 5000;

export interface ReadOnly {
  readonly reading: Reading;
  /** Runs `work` on the database as it is at one moment. Keep it short: meanwhile the log cannot be emptied. */
  snapshot<T>(work: (reading: Reading) => T): T;
  close(): void;
}

/**
 * @param attached other databases, by the names that statements call them
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
