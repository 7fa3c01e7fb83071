/**
 * One process per data directory. The lock is SQLite's own on a file that holds nothing: the kernel gives it back
 * however the process ends, on every system, which a pid file cannot promise. Opening that file with fs would drop it.
 */
import { rmSync } from 'node:fs';
import Database from 'better-sqlite3';
import { z } from 'zod';
import { readOwn } from '#store/own-files.ts';
import { type DataDir, replaceFile } from './data-dir.ts';

const holder = z.object({ pid: z.int(), api_url: z.string().nullable(), started_at: z.string() });
/** What `host.json` says about the process that holds the lock; `api_url` is null until it listens. */
export type Holder = z.infer<typeof holder>;

export interface InstanceLock {
  /** Tells others where this process answers. */
  announce(api_url: string): void;
  release(): void;
}

export type Locked = { readonly ok: true; readonly lock: InstanceLock } | { readonly ok: false; readonly pid: number | null };

/** Takes the data directory for this process, or names the one that has it. */
export function lockDataDir(dir: DataDir, now: () => number): Locked {
  const db = new Database(dir.lock, { timeout: 0 });
  try {
    db.pragma('journal_mode = MEMORY'); // nothing is ever written, so no journal file either
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

/** The process that holds the lock, as far as it has said so. A file that a killed process left behind names nobody. */
export function readHolder(dir: DataDir): Holder | null {
  try {
    const found = holder.parse(JSON.parse(readOwn(dir.holder) ?? ''));
    process.kill(found.pid, 0);
    return found;
  } catch {
    return null;
  }
}
