/** Temporary folders of tests. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const made: string[] = [];

/** A temporary folder, removed after the last test of the file: nothing that a test closes at its end writes into it any more. */
export function folder(): string {
  const path = mkdtempSync(join(tmpdir(), 'switchyard-'));
  made.push(path);
  return path;
}

/** Called by `scripts/each-file.ts`. */
export function removeFolders(): void {
  for (const path of made.splice(0)) rmSync(path, { recursive: true, force: true });
}
