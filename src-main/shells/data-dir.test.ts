import { chmodSync, mkdirSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { dataDirAt, prepareDataDir } from './data-dir.ts';

function folder(...names: string[]): string {
  const outer = mkdtempSync(join(tmpdir(), 'switchyard-'));
  onTestFinished(() => rmSync(outer, { recursive: true, force: true }));
  const path = join(outer, 'data');
  mkdirSync(path);
  chmodSync(path, 0o755);
  for (const name of names) writeFileSync(join(path, name), '');
  return path;
}

const modeOf = (path: string) => (statSync(path).mode & 0o777).toString(8);

test.skipIf(process.platform === 'win32').each([
  ['that is empty is closed to others', [], '700'],
  ['of an earlier start is closed to others', ['admin-token', 'switchyard.db'], '700'],
  ['that somebody uses for other things stays as it is', ['letter.txt'], '755'],
])('a data folder %s', (_, names, mode) => {
  const path = folder(...names);
  prepareDataDir(dataDirAt(path));
  expect([modeOf(path), modeOf(join(path, 'logs'))]).toEqual([mode, '700']);
});
