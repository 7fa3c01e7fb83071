/** Files that survive a power cut: written beside, synced, renamed, and the folder synced. Never used on a database that is open. */
import { closeSync, constants, copyFileSync, fsyncSync, openSync, renameSync, rmSync } from 'node:fs';
import { dirname } from 'node:path';
import { writeNew } from './own-files.ts';

export function syncFile(path: string): void {
  const file = openSync(path, 'r+');
  try {
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
}

/** A rename is only there after a power cut when its folder was synced. Windows has no such call and needs none. */
export function syncFolder(path: string): void {
  if (process.platform === 'win32') return;
  const folder = openSync(path, 'r');
  try {
    fsyncSync(folder);
  } finally {
    closeSync(folder);
  }
}

/** Readers see the old file or the new one, never a half, also after a power cut. */
export function replaceDurably(path: string, text: string): void {
  const beside = `${path}.new`;
  writeNew(beside, text);
  syncFile(beside);
  renameSync(beside, path);
  syncFolder(dirname(path));
}

/** Copies a file that nobody has open; `to` is whole or not there. */
export function copyDurably(from: string, to: string): void {
  const beside = `${to}${UNFINISHED}`;
  try {
    rmSync(beside, { force: true });
    copyFileSync(from, beside, constants.COPYFILE_EXCL); // never into something that was put there
    syncFile(beside);
    renameSync(beside, to);
    syncFolder(dirname(to));
  } catch (error) {
    rmSync(beside, { force: true });
    throw error;
  }
}

/** How the name of a file ends that is still being written. */
export const UNFINISHED = '.part';
