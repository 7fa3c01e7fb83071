import { chmodSync, lstatSync, mkdirSync, readdirSync, renameSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import envPaths from 'env-paths';
import { NotOurs, requireOwn, writeNew } from '#vault/own-files.ts';

/** Paths inside the data directory. SQLite's files are opened by SQLite only, never with fs. */
export interface DataDir {
  readonly path: string;
  readonly database: string;
  /** the full-text index */
  readonly search: string;
  readonly backups: string;
  /** where damaged databases are moved */
  readonly quarantine: string;
  /** JSON: the installation record, see vault/installation.ts */
  readonly installation: string;
  readonly lock: string;
  /** JSON: the process that holds the lock, see instance-lock.ts */
  readonly holder: string;
  /** JSON: when intake was last open, see intake-times.ts */
  readonly intake: string;
  readonly adminToken: string;
  /** the desk's own certificate and its key, for other machines */
  readonly tlsCert: string;
  readonly tlsKey: string;
  /** the key that seals backups, see vault/seal.ts */
  readonly backupKey: string;
  /** opens the console in a browser; exists only while one is being opened */
  readonly openConsole: string;
  readonly logs: string;
  /** temporary files of a printing browser; emptied at each start */
  readonly printing: string;
  /** Electron's own data and the window state */
  readonly window: string;
}

/** Paths inside the data directory. Without `asked` it is the system's usual place for application data. */
export function dataDirAt(asked: string | undefined): DataDir {
  const path = resolve(asked ?? envPaths('switchyard', { suffix: '' }).data);
  return {
    path,
    database: join(path, 'switchyard.db'),
    search: join(path, 'search.db'),
    backups: join(path, 'backups'),
    quarantine: join(path, 'quarantine'),
    installation: join(path, 'installation.json'),
    lock: join(path, 'instance.lock'),
    holder: join(path, 'host.json'),
    intake: join(path, 'intake.json'),
    adminToken: join(path, 'admin-token'),
    tlsCert: join(path, 'tls-cert.pem'),
    tlsKey: join(path, 'tls-key.pem'),
    backupKey: join(path, 'backup-key'),
    openConsole: join(path, 'open-console.html'),
    logs: join(path, 'logs'),
    printing: join(path, 'printing'),
    window: join(path, 'window'),
  };
}

/**
 * Creates the directory with mode 0700 if missing, and restricts an existing one that is empty or from an earlier start. A folder with other content
 * is left unchanged. Files that this process creates from then on are accessible only to its user.
 * @throws NotOurs when the directory, or anything in it that would be opened, belongs to another account or is a link; the system's error when
 *   it cannot be created or is not a directory
 */
export function prepareDataDir(dir: DataDir): void {
  const { path, logs } = dir;
  process.umask(0o077);
  mkdirSync(path, { recursive: true, mode: 0o700 });
  requireOwnAtItsEnd(path);
  const names = readdirSync(path);
  if (names.length === 0 || names.includes('admin-token')) chmodSync(path, 0o700);
  else if (process.platform !== 'win32' && (statSync(path).mode & 0o022) !== 0) throw new NotOurs(path, 'open_to_others');
  for (const name of names) requireOwnEntry(dir, join(path, name));
  mkdirSync(logs, { recursive: true, mode: 0o700 });
  for (const name of readdirSync(logs)) requireOwn(join(logs, name), 'file');
}

/** Checks ownership of the link's target. A link of this account or of the administrator may lead to the directory, since the user named it. */
function requireOwnAtItsEnd(path: string): void {
  const { uid } = lstatSync(path);
  if (uid !== 0) requireOwner(path, uid);
  requireOwner(path, statSync(path).uid);
}

function requireOwner(path: string, uid: number): void {
  const account = process.geteuid?.();
  if (account !== undefined && uid !== account) throw new NotOurs(path, 'owner');
}

/** Checks ownership of an entry that the program opens, including files beside it (`-wal`, `.new`, `.restoring`). */
function requireOwnEntry(
  { database, backups, quarantine, installation, lock, holder, intake, adminToken, tlsCert, tlsKey, logs, window, search, backupKey }: DataDir,
  entry: string,
): void {
  if ([backups, quarantine, logs, window].includes(entry)) {
    requireOwn(entry, 'folder');
    chmodSync(entry, 0o700);
  } else if (
    [database, search, installation, lock, holder, intake, adminToken, tlsCert, tlsKey, backupKey].some(
      (file) => entry === file || (/^[-.]/.test(entry.slice(file.length)) && entry.startsWith(file)),
    )
  )
    requireOwn(entry, 'file');
}

/** Replaces a file atomically: readers see the old content or the new one. */
export function replaceFile(path: string, text: string): void {
  writeNew(`${path}.new`, text);
  renameSync(`${path}.new`, path);
}
