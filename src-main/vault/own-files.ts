/**
 * Files and folders owned by this account. A file that another account of the computer created, or a link in its place, is
 * refused before it is read or written. Windows offers no owner to check here: the folder's permissions keep others out.
 */
import { randomBytes } from 'node:crypto';
import { closeSync, constants, fstatSync, lstatSync, openSync, readFileSync, rmSync, type Stats, writeFileSync } from 'node:fs';
import { join } from 'node:path';

export type NotOursReason = 'link' | 'owner' | 'kind' | 'open_to_others';

/** A file or folder must not be used because it may belong to another account. */
export class NotOurs extends Error {
  readonly path: string;
  readonly reason: NotOursReason;

  constructor(path: string, reason: NotOursReason) {
    super(`${path} must not be used: ${WHY[reason]}`);
    this.path = path;
    this.reason = reason;
  }
}

const WHY: Record<NotOursReason, string> = {
  link: 'it is a link',
  owner: 'it belongs to another account',
  kind: 'it is not what its name says',
  open_to_others: 'other accounts may write to it',
};

type Kind = 'file' | 'folder';

/** The user id that owns new files; undefined on Windows. */
const account = (): number | undefined => process.geteuid?.();

const isOwn = ({ uid }: Stats): boolean => account() === undefined || uid === account();

function requireKind(path: string, stat: Stats, kind: Kind): void {
  if (stat.isSymbolicLink()) throw new NotOurs(path, 'link');
  if (kind === 'file' ? !stat.isFile() : !stat.isDirectory()) throw new NotOurs(path, 'kind');
}

/** Whether the path exists. @throws NotOurs when it is a link, belongs to another account, or is not of `kind` */
export function requireOwn(path: string, kind: Kind): boolean {
  const stat = lstatSync(path, { throwIfNoEntry: false });
  if (!stat) return false;
  requireKind(path, stat, kind);
  if (!isOwn(stat)) throw new NotOurs(path, 'owner');
  return true;
}

/**
 * Like `requireOwn`, for a folder on another disk or share. A share may report one owner for all files, whoever created them;
 * then a new file in the folder has the folder's owner.
 */
export function requireOwnOnShare(folder: string): void {
  const stat = lstatSync(folder);
  requireKind(folder, stat, 'folder');
  if (isOwn(stat)) return;
  const probe = join(folder, `.owner-${randomBytes(8).toString('hex')}`);
  try {
    writeFileSync(probe, '', { mode: 0o600, flag: 'wx' });
    if (lstatSync(probe).uid !== stat.uid) throw new NotOurs(folder, 'owner');
  } finally {
    rmSync(probe, { force: true });
  }
}

/** Whether only this account may write into the folder. Windows decides by the folder's permissions, which are not checked here. */
export function isClosedToOthers(folder: string): boolean {
  const stat = lstatSync(folder, { throwIfNoEntry: false });
  return stat?.isDirectory() === true && isOwn(stat) && (account() === undefined || (stat.mode & 0o022) === 0);
}

const NO_LINKS = (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0); // a pipe in a file's place must not block the open; Windows has neither flag

/** Opens a regular file for reading, whoever owns it. @throws NotOurs when it is a link or no regular file; the system's error when it is missing */
export function openPlain(path: string): number {
  requireKind(path, lstatSync(path), 'file');
  const file = openSync(path, constants.O_RDONLY | NO_LINKS);
  try {
    requireKind(path, fstatSync(file), 'file');
    return file;
  } catch (error) {
    closeSync(file);
    throw error;
  }
}

/** Reads a text file owned by this account; null when it does not exist. @throws NotOurs */
export function readOwn(path: string): string | null {
  if (!requireOwn(path, 'file')) return null;
  const file = openPlain(path);
  try {
    if (!isOwn(fstatSync(file))) throw new NotOurs(path, 'owner');
    return readFileSync(file, 'utf8');
  } finally {
    closeSync(file);
  }
}

/** Writes a new file. An existing file of that name is removed, never followed or overwritten in place. */
export function writeNew(path: string, text: string): void {
  rmSync(path, { force: true });
  writeFileSync(path, text, { mode: 0o600, flag: 'wx' });
}
