/**
 * The seal of a backup shows which desk made it and that it has not been changed since. It is a block of 1 KiB after the database's pages, where SQLite does not
 * look: a backup stays a single file that any SQLite opens.
 *
 * seal = HMAC-SHA256(key, JSON of [form, desk, machine, name, size, SHA-256 of the pages]). The key never leaves the data folder. Whether a seal is this
 * desk's can be verified from the block alone, for listings; the pages are verified when they are read for a restore.
 */
import { createHash, createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import { closeSync, fstatSync, fsyncSync, ftruncateSync, openSync, readSync, writeSync } from 'node:fs';
import { hostname } from 'node:os';
import { basename } from 'node:path';
import type { BackupOrigin, BackupSeal } from '#shared/contract/backups.ts';
import { replaceDurably } from './files.ts';
import { openPlain, readOwn } from './own-files.ts';

/** The identity and key that a desk seals with. */
export interface Sealer {
  /** the installation's id */
  readonly desk: string;
  /** null: the desk has no key yet, so no backup is its own */
  readonly key: string | null;
}

export interface Sealed {
  readonly seal: BackupSeal;
  /** as stated in the file, verifiable only by the desk that made it; null: no seal */
  readonly origin: BackupOrigin | null;
}

interface Block extends BackupOrigin {
  readonly name: string;
  /** size in bytes without the block */
  readonly size: number;
  readonly sha256: string;
  readonly seal: string;
}

const FORM = 'switchyard seal 1\n';
const BLOCK_BYTES = 1024;

/** The key in `file`; null when there is none. @throws NotOurs; Error when the key is truncated */
export function readKey(file: string): string | null {
  const key = readOwn(file)?.trim() ?? null;
  if (key !== null && !/^[\w-]{43}$/.test(key)) throw new Error(`${file} holds no usable key; delete it to get a new one`);
  return key;
}

/** Creates this desk's key, 32 random bytes, stores it durably and returns it. */
export function makeKey(file: string): string {
  const key = randomBytes(32).toString('base64url');
  replaceDurably(file, `${key}\n`);
  return key;
}

/** Appends the seal to a finished, closed backup, replacing an existing seal. @param name final file name */
export function putSeal(path: string, name: string, { desk, key }: Sealer): void {
  if (key === null) return;
  const file = openSync(path, 'r+');
  try {
    const size = sizeOfPages(file);
    const facts = { desk, machine: hostname(), name, size, sha256: digestOf(file, size) };
    const text = FORM + JSON.stringify({ ...facts, seal: macOf(facts, key).toString('base64url') } satisfies Block);
    ftruncateSync(file, size);
    writeSync(file, Buffer.concat([Buffer.from(text), Buffer.alloc(BLOCK_BYTES)]), 0, BLOCK_BYTES, size);
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
}

/** Reads and verifies the block, not the pages. @param name file name that the seal must be for; null: any */
export function readSeal(path: string, { desk, key }: Sealer, name: string | null = basename(path)): Sealed {
  const file = openPlain(path);
  try {
    return judged(blockOf(file), fstatSync(file).size, { desk, key }, name);
  } finally {
    closeSync(file);
  }
}

/**
 * Like `readSeal`, for a copy that will be used: verifies the pages too and removes the block. `why` is set when the seal is this desk's but the pages do not match it.
 */
export function takeSeal(path: string, sealer: Sealer): Sealed & { readonly why: string | null } {
  const file = openSync(path, 'r+');
  try {
    const block = blockOf(file);
    const sealed = judged(block, fstatSync(file).size, sealer, null);
    if (!block) return { ...sealed, why: null };
    const why = sealed.seal === 'own' && digestOf(file, block.size) !== block.sha256 ? 'its content is not what was sealed' : null;
    ftruncateSync(file, Math.max(0, fstatSync(file).size - BLOCK_BYTES));
    return { ...sealed, why };
  } finally {
    closeSync(file);
  }
}

function judged(block: Block | null, size: number, { desk, key }: Sealer, name: string | null): Sealed {
  if (!block) return { seal: 'none', origin: null };
  const origin = { desk: block.desk, machine: block.machine };
  const isOwn = key !== null && sameBytes(Buffer.from(block.seal, 'base64url'), macOf(block, key)) && size === block.size + BLOCK_BYTES;
  if (isOwn && (name === null || name === block.name)) return { seal: 'own', origin };
  return { seal: isOwn || block.desk === desk ? 'broken' : 'foreign', origin };
}

function macOf({ desk, machine, name, size, sha256 }: Omit<Block, 'seal'>, key: string): Buffer {
  return createHmac('sha256', Buffer.from(key, 'base64url'))
    .update(JSON.stringify([FORM, desk, machine, name, size, sha256]))
    .digest();
}

const sameBytes = (a: Buffer, b: Buffer): boolean => a.length === b.length && timingSafeEqual(a, b);

function blockOf(file: number): Block | null {
  const { size } = fstatSync(file);
  if (size < BLOCK_BYTES) return null;
  const bytes = Buffer.alloc(BLOCK_BYTES);
  readSync(file, bytes, 0, BLOCK_BYTES, size - BLOCK_BYTES);
  const end = bytes.indexOf(0);
  const text = bytes.toString('utf8', 0, end < 0 ? BLOCK_BYTES : end);
  if (!text.startsWith(FORM)) return null;
  try {
    const said = JSON.parse(text.slice(FORM.length)) as Partial<Record<keyof Block, unknown>>;
    const { desk, machine, name, size: pages, sha256, seal } = said;
    if (typeof desk !== 'string' || typeof machine !== 'string' || typeof name !== 'string') return null;
    if (typeof pages !== 'number' || typeof sha256 !== 'string' || typeof seal !== 'string') return null;
    return { desk: desk.slice(0, 64), machine: machine.slice(0, 255), name, size: pages, sha256, seal };
  } catch {
    return null;
  }
}

/** Size of the database in bytes according to its header, without appended data. */
function sizeOfPages(file: number): number {
  const header = Buffer.alloc(100);
  const { size } = fstatSync(file);
  if (readSync(file, header, 0, 100, 0) < 100) return size;
  const pageSize = header.readUInt16BE(16) === 1 ? 65_536 : header.readUInt16BE(16);
  const pages = header.readUInt32BE(28) * pageSize;
  return pages > 0 && pages <= size ? pages : size;
}

/** Whether two backups have the same pages, sealed or not. */
export function haveSamePages(a: string, b: string): boolean {
  const [one, other] = [a, b].map((path) => {
    const file = openPlain(path);
    try {
      return digestOf(file, sizeOfPages(file));
    } finally {
      closeSync(file);
    }
  });
  return one === other;
}

const AT_ONCE = 1024 * 1024;

function digestOf(file: number, size: number): string {
  const digest = createHash('sha256');
  const bytes = Buffer.alloc(AT_ONCE);
  for (let at = 0; at < size; ) {
    const read = readSync(file, bytes, 0, Math.min(AT_ONCE, size - at), at);
    if (read === 0) break;
    digest.update(bytes.subarray(0, read));
    at += read;
  }
  return digest.digest('base64url');
}
