import { randomUUID } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { rename, rm } from 'node:fs/promises';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';

/** Writes a stream to a file atomically: to a temporary file, synced, then renamed. @throws the disk's or stream's error; then nothing is left */
export async function writeFile(path: string, stream: Readable): Promise<void> {
  const partial = `${path}.${randomUUID().slice(0, 8)}.part`; // a unique name: another export may be writing the same file
  try {
    await pipeline(stream, createWriteStream(partial, { flags: 'wx', mode: 0o600, flush: true }));
    await rename(partial, path);
  } catch (error) {
    await rm(partial, { force: true }).catch(() => undefined); // fails when the disk is gone
    throw error;
  }
}
