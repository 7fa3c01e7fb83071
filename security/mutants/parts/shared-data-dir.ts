import { chmodSync, mkdirSync, renameSync, writeFileSync } from 'node:fs';
import type { DataDir } from '../../../src-main/shells/data-dir.ts';

export * from '../../../src-main/shells/data-dir.ts';

export function prepareDataDir({ path, logs }: DataDir): void {
  process.umask(0o022);
  mkdirSync(logs, { recursive: true });
  chmodSync(path, 0o755);
}

export function replaceFile(path: string, text: string): void {
  writeFileSync(`${path}.new`, text);
  renameSync(`${path}.new`, path);
}
