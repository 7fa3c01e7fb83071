/**
 * One process per data directory. The lock is SQLite's own lock on an empty file: the kernel releases it
 * however the process ends, on every system, which a pid file cannot guarantee. Opening that file with fs would release it.
 */
import { rmSync } from 'node:fs';
import Database from 'better-sqlite3';
import { z } from 'zod';
import { readOwn } from '#vault/own-files.ts';
import { type DataDir, replaceFile } from './data-dir.ts';

const holder = z.object({ pid: z.int(), api_url: z.string().nullable(), started_at: z.string() });
/** Content of `host.json` about the process that holds the lock; `api_url` is null until it listens. */
export type Holder = z.infer<typeof holder>;

export interface InstanceLock {
  /** Publishes this process's URL in `host.json`. */
  announce(api_url: string): void;
  release(): void;
}

export type Locked = { readonly ok: true; readonly lock: InstanceLock } | { readonly ok: false; readonly pid: number | null };

/** Locks the data directory for this process, or returns the process that holds it. */
export function lockDataDir(dir: DataDir, now: () => number): Locked {
  const db = new Database(dir.lock, { timeout: 0 });
  try {
    db.pragma('journal_mode = MEMORY'); // nothing is ever written, so no journal file is needed
    db.exec('BEGIN EXCLUSIVE');
  } catch (error) {
    db.close();
    if (error instanceof Database.SqliteError && error.code.startsWith('SQLITE_BUSY')) return { ok: false, pid: readHolder(dir)?.pid ?? null };
    throw error;
  }
  const started_at = new Date(now()).toISOString();
  const write = (api_url: string | null) => replaceFile(dir.holder, `${JSON.stringify({ pid: process.pid, api_url, started_at } satisfies Holder)}\n`);
  write(null);
  return {
    ok: true,
    lock: {
      announce: write,
      release() {
        rmSync(dir.holder, { force: true });
        db.close();
      },
    },
  };
}

/** The process that holds the lock, if it has published itself. A file left by a killed process does not count. */
export function readHolder(dir: DataDir): Holder | null {
  try {
    const found = holder.parse(JSON.parse(readOwn(dir.holder) ?? ''));
    process.kill(found.pid, 0);
    return found;
  } catch {
    return null;
  }
}
