import { randomUUID } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { rename, rm } from 'node:fs/promises';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';

/** Beside its place and on the disk, then there in one step: whoever looks finds all of it or none. @throws what the disk or the stream did; then nothing is left */
export async function writeFile(path: string, stream: Readable): Promise<void> {
  const partial = `${path}.${randomUUID().slice(0, 8)}.part`; // of its own: somebody else may be writing a file of that name
  try {
    await pipeline(stream, createWriteStream(partial, { flags: 'wx', mode: 0o600, flush: true }));
    await rename(partial, path);
  } catch (error) {
    await rm(partial, { force: true }).catch(() => undefined); // on a disk that is gone
    throw error;
  }
}
