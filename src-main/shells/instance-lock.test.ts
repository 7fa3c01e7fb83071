import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { folder } from '#store/testing/folder.ts';
import { adminToken } from './admin-token.ts';
import { dataDirAt, prepareDataDir } from './data-dir.ts';
import { lockDataDir, readHolder } from './instance-lock.ts';
import { blot } from './log.ts';

function freshDir() {
  const dir = dataDirAt(join(folder(), 'a', 'b'));
  prepareDataDir(dir);
  return dir;
}
const noon = () => Date.parse('2026-11-22T12:00:00.000Z');

test('the data directory is accessible to its owner only', () => {
  expect(statSync(freshDir().path).mode & 0o777).toBe(0o700);
});

test('a second holder is refused and told who holds the lock, in this process and in another', () => {
  const dir = freshDir();
  const first = lockDataDir(dir, noon);
  if (!first.ok) throw new Error('expected the lock');
  first.lock.announce('http://127.0.0.1:8000');
  expect(lockDataDir(dir, noon)).toEqual({ ok: false, pid: process.pid });
  expect(readHolder(dir)).toEqual({ pid: process.pid, api_url: 'http://127.0.0.1:8000', started_at: '2026-11-22T12:00:00.000Z' });

  const script = `import Database from 'better-sqlite3';
    const db = new Database(${JSON.stringify(dir.lock)}, { timeout: 0 });
    try { db.exec('BEGIN EXCLUSIVE'); console.log('taken') } catch (error) { console.log(error.code) }`;
  const other = spawnSync(process.execPath, ['--input-type=module', '-e', script], { encoding: 'utf8' });
  expect(other.stdout.trim(), other.stderr).toBe('SQLITE_BUSY');

  first.lock.release();
  expect(existsSync(dir.holder)).toBe(false);
  const second = lockDataDir(dir, noon);
  expect(second.ok).toBe(true);
  if (second.ok) second.lock.release();
});

test('the file of a killed process names no holder', () => {
  const dir = freshDir();
  const gone = spawnSync(process.execPath, ['-e', '']).pid;
  writeFileSync(dir.holder, JSON.stringify({ pid: gone, api_url: null, started_at: '2026-11-22T12:00:00.000Z' }));
  expect(readHolder(dir)).toBeNull();
});

test('the admin token is created once, readable by its owner only, and a damaged one is not accepted', () => {
  const { adminToken: file } = freshDir();
  const token = adminToken(file);
  expect(Buffer.from(token, 'base64url')).toHaveLength(32);
  expect(statSync(file).mode & 0o777).toBe(0o600);
  expect(adminToken(file)).toBe(token);
  expect(readFileSync(file, 'utf8')).toBe(`${token}\n`);
  writeFileSync(file, '');
  expect(() => adminToken(file)).toThrow('no valid token');
});

test('error texts lose anything that looks like personal data', () => {
  expect(blot('UNIQUE failed for anna.k@example.com, +7 (900) 123-45-67 and 89001234567 in contact 17')).toBe(
    'UNIQUE failed for [email], [phone] and [phone] in contact 17',
  );
});
