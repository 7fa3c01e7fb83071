import { chmodSync, chownSync, mkdirSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { folder } from '#store/testing/folder.ts';
import { dataDirAt, prepareDataDir } from './data-dir.ts';

function folderWith(...names: string[]): string {
  const path = join(folder(), 'data');
  mkdirSync(path);
  chmodSync(path, 0o755);
  for (const name of names) writeFileSync(join(path, name), '');
  return path;
}

test.skipIf(process.platform === 'win32').each([
  ['a link', 'link', (path: string) => symlinkSync('/etc/hostname', join(path, 'admin-token'))],
  ['a link in the place of a folder', 'link', (path: string) => symlinkSync('/etc', join(path, 'backups'))],
  ['a folder in the place of a file', 'kind', (path: string) => mkdirSync(join(path, 'switchyard.db-wal'))],
  [
    'a link among the logs',
    'link',
    (path: string) => {
      mkdirSync(join(path, 'logs'));
      symlinkSync('/etc/hostname', join(path, 'logs', 'a.log'));
    },
  ],
])('a data folder with %s is refused', (_, reason, plant) => {
  const path = folderWith('admin-token.txt');
  plant(path);
  expect(() => prepareDataDir(dataDirAt(path))).toThrow(expect.objectContaining({ reason }));
});

test.skipIf(process.platform === 'win32')('a data folder that others may write to and that has other content is refused', () => {
  const path = folderWith('letter.txt');
  chmodSync(path, 0o775);
  expect(() => prepareDataDir(dataDirAt(path))).toThrow(expect.objectContaining({ path, reason: 'open_to_others' }));
});

test.skipIf(process.getuid?.() !== 0)('a data folder of another account, or with a token of another account, is refused (needs root)', () => {
  const [of_nobody, with_token] = [folderWith(), folderWith('admin-token')];
  chownSync(of_nobody, 65_534, 65_534);
  chownSync(join(with_token, 'admin-token'), 65_534, 65_534);
  expect(() => prepareDataDir(dataDirAt(of_nobody))).toThrow(expect.objectContaining({ path: of_nobody, reason: 'owner' }));
  expect(() => prepareDataDir(dataDirAt(with_token))).toThrow(expect.objectContaining({ path: join(with_token, 'admin-token'), reason: 'owner' }));
  expect(modeOf(of_nobody)).toBe('755');
});

test('a data folder behind a link of this account is used', () => {
  const path = folderWith();
  const link = `${path}-link`;
  symlinkSync(path, link);
  prepareDataDir(dataDirAt(link));
  expect(modeOf(path)).toBe('700');
});

const modeOf = (path: string) => (statSync(path).mode & 0o777).toString(8);

test.skipIf(process.platform === 'win32').each([
  ['that is empty is closed to others', [], '700'],
  ['of an earlier start is closed to others', ['admin-token', 'switchyard.db'], '700'],
  ['that somebody uses for other things stays as it is', ['letter.txt'], '755'],
])('a data folder %s', (_, names, mode) => {
  const path = folderWith(...names);
  prepareDataDir(dataDirAt(path));
  expect([modeOf(path), modeOf(join(path, 'logs'))]).toEqual([mode, '700']);
});
