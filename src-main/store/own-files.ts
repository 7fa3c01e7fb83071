/**
 * Files and folders of this account alone. What another account of the computer made, or a link that it put in a file's place, is
 * refused before it is read or written. Windows has no owner that could be asked for here: the rights of the folder keep others out.
 */
import { randomBytes } from 'node:crypto';
import { closeSync, constants, fstatSync, lstatSync, openSync, readFileSync, rmSync, type Stats, writeFileSync } from 'node:fs';
import { join } from 'node:path';

export type NotOursReason = 'link' | 'owner' | 'kind' | 'open_to_others';

/** Something that must not be used: it may be somebody else's. */
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

/** The user id that new files get; undefined on Windows. */
const account = (): number | undefined => process.geteuid?.();

const isOwn = ({ uid }: Stats): boolean => account() === undefined || uid === account();

function requireKind(path: string, stat: Stats, kind: Kind): void {
  if (stat.isSymbolicLink()) throw new NotOurs(path, 'link');
  if (kind === 'file' ? !stat.isFile() : !stat.isDirectory()) throw new NotOurs(path, 'kind');
}

/** Whether it is there. @throws NotOurs when it is a link, another account's, or no `kind` */
export function requireOwn(path: string, kind: Kind): boolean {
  const stat = lstatSync(path, { throwIfNoEntry: false });
  if (!stat) return false;
  requireKind(path, stat, kind);
  if (!isOwn(stat)) throw new NotOurs(path, 'owner');
  return true;
}

/**
 * The same for a folder on another disk or a share, which may show one owner for all files, whoever made them. Then a new file
 * in it has the same owner as the folder.
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

/** Whether only this account may write into the folder. Windows answers by the folder's rights, which are not asked for here. */
export function isClosedToOthers(folder: string): boolean {
  const stat = lstatSync(folder, { throwIfNoEntry: false });
  return stat?.isDirectory() === true && isOwn(stat) && (account() === undefined || (stat.mode & 0o022) === 0);
}

const NO_LINKS = (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0); // a pipe in a file's place must not hold us up; Windows has neither

/** Opens a plain file to be read, whoever owns it. @throws NotOurs when it is a link or something else; the system's error when it is missing */
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

/** The text of a file of this account; null when there is none. @throws NotOurs */
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

/** Writes a new file. What was left under its name is removed, never followed or written into. */
export function writeNew(path: string, text: string): void {
  rmSync(path, { force: true });
  writeFileSync(path, text, { mode: 0o600, flag: 'wx' });
}
