import { chmodSync, mkdirSync, readdirSync, renameSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import envPaths from 'env-paths';

/** Where everything lies inside the data directory. SQLite's files are named here and opened by SQLite only, never with fs. */
export interface DataDir {
  readonly path: string;
  readonly database: string;
  readonly backups: string;
  /** where damaged databases are moved */
  readonly quarantine: string;
  /** JSON: what is known of the database outside of it, see store/installation.ts */
  readonly installation: string;
  readonly lock: string;
  /** JSON: the process that holds the lock, see instance-lock.ts */
  readonly holder: string;
  readonly adminToken: string;
  readonly logs: string;
  /** what Electron keeps for itself, and the window's place */
  readonly window: string;
}

export function dataDirAt(asked: string | undefined): DataDir {
  const path = resolve(asked ?? envPaths('switchyard', { suffix: '' }).data);
  return {
    path,
    database: join(path, 'switchyard.db'),
    backups: join(path, 'backups'),
    quarantine: join(path, 'quarantine'),
    installation: join(path, 'installation.json'),
    lock: join(path, 'instance.lock'),
    holder: join(path, 'host.json'),
    adminToken: join(path, 'admin-token'),
    logs: join(path, 'logs'),
    window: join(path, 'window'),
  };
}

/**
 * Makes the directory with mode 0700 where it is missing, and closes one that is empty or of an earlier start; a folder that has other things
 * in it is left as it is. Whatever this process makes from then on is its user's alone.
 * @throws the system's error when it cannot be made or is no directory
 */
export function prepareDataDir({ path, logs }: DataDir): void {
  process.umask(0o077);
  mkdirSync(path, { recursive: true, mode: 0o700 });
  if (isOurs(path)) close(path);
  mkdirSync(logs, { recursive: true, mode: 0o700 });
}

const isOurs = (path: string): boolean => {
  const names = readdirSync(path);
  return names.length === 0 || names.includes('admin-token');
};

function close(path: string): void {
  try {
    chmodSync(path, 0o700);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EPERM') throw error; // another user's folder that we were given: its files are ours alone all the same
  }
}

/** Readers see the old file or the new one, never a half. */
export function replaceFile(path: string, text: string): void {
  writeFileSync(`${path}.new`, text, { mode: 0o600 });
  renameSync(`${path}.new`, path);
}
