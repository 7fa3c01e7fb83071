/** File operations that survive a power cut: write to a temporary file, sync, rename, sync the folder. Not for an open database. */
import { closeSync, constants, copyFileSync, fsyncSync, openSync, renameSync, rmSync } from 'node:fs';
import { dirname } from 'node:path';
import { writeNew } from './own-files.ts';

/** Waits until the file's content is on the disk. @throws as `fsync` does */
export function syncFile(path: string): void {
  const file = openSync(path, 'r+');
  try {
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
}

/** Syncs a folder: a rename survives a power cut only after that. Windows has no such call and needs none. */
export function syncFolder(path: string): void {
  if (process.platform === 'win32') return;
  const folder = openSync(path, 'r');
  try {
    fsyncSync(folder);
  } finally {
    closeSync(folder);
  }
}

/** Replaces a file atomically: readers see the old content or the new one, also after a power cut. */
export function replaceDurably(path: string, text: string): void {
  const beside = `${path}.new`;
  writeNew(beside, text);
  syncFile(beside);
  renameSync(beside, path);
  syncFolder(dirname(path));
}

/** Copies a file that nobody has open; `to` is complete or absent. */
export function copyDurably(from: string, to: string): void {
  const beside = `${to}${UNFINISHED}`;
  try {
    rmSync(beside, { force: true });
    copyFileSync(from, beside, constants.COPYFILE_EXCL); // never write into an existing file
    syncFile(beside);
    renameSync(beside, to);
    syncFolder(dirname(to));
  } catch (error) {
    rmSync(beside, { force: true });
    throw error;
  }
}

/** Suffix of files that are still being written. */
export const UNFINISHED = '.part';
