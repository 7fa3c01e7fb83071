import { describe, expect, test } from 'vitest';
import type { Backup } from '#shared/contract/backups.ts';
import { causeOf, concernOf, isAllSafe, linesOf } from './list.ts';

const HOUR = 3_600_000;
const backup = (over: Partial<Backup> = {}): Backup => ({
  name: 'a.db',
  folder: '/data/backups',
  kind: 'scheduled',
  at: 1_000,
  revision: 7,
  size: 4096,
  verified: true,
  seal: 'own',
  origin: null,
  ...over,
});

test('a backup in both folders is one line, and each line shows its folders', () => {
  const [both, here, second] = [backup({ at: 3_000 }), backup({ name: 'b.db', at: 2_000 }), backup({ name: 'c.db', folder: '/share' })];
  const items = [both, { ...both, folder: '/share' }, here, second];
  expect(linesOf({ items, folder: '/data/backups' })).toEqual([
    { ...both, place: 'both' },
    { ...here, place: 'here' },
    { ...second, place: 'second' },
  ]);
  expect(linesOf({ items: [{ ...both, folder: '/share' }, both], folder: '/data/backups' }).map(({ place }) => place)).toEqual(['both']);
});

test('a backup in the second folder with the name but not the seal of one here is a separate line', () => {
  const here = backup();
  const forged = backup({ folder: '/share', seal: 'none' });
  expect(linesOf({ items: [forged, here], folder: '/data/backups' })).toEqual([
    { ...forged, place: 'second' },
    { ...here, place: 'here' },
  ]);
  expect(isAllSafe({ items: [forged], safe_until: 2_000 })).toBe(false);
});

describe('what needs attention', () => {
  const trouble = { kind: 'not_copied', since: 0, detail: '' } as const;
  test.each([
    ['nothing is known yet', null, 'none'],
    ['there is no backup and nothing failed', { safe_until: null, troubles: [] }, 'none'],
    ['an hour has passed', { safe_until: HOUR, troubles: [] }, 'none'],
    ['more than an hour has passed', { safe_until: HOUR - 1, troubles: [] }, 'overdue'],
    ['something fails', { safe_until: 2 * HOUR, troubles: [trouble] }, 'trouble'],
  ] as const)('%s: %o is %s', (_, backups, concern) => {
    expect(concernOf(backups, 2 * HOUR)).toBe(concern);
  });
});

test('everything is safe when the host says so for a time after the newest verified backup', () => {
  const items = [backup({ at: 5_000, verified: false }), backup({ at: 1_000 })];
  expect(isAllSafe({ items, safe_until: 6_000 })).toBe(true);
  expect(isAllSafe({ items, safe_until: 1_000 })).toBe(false);
  expect(isAllSafe({ items: [], safe_until: null })).toBe(false);
});

test.each([
  ["ENOENT: no such file or directory, mkdir '/mnt/x'", 'missing'],
  ["ENOTDIR: not a directory, mkdir '/etc/hosts/x'", 'no_folder'],
  ["EACCES: permission denied, mkdir '/root/x'", 'forbidden'],
  ['EROFS: read-only file system', 'forbidden'],
  ['ENOSPC: no space left on device, write', 'full'],
  ['database or disk is full', 'full'],
  ['The path is not absolute.', 'not_absolute'],
  ['The folder does not answer.', 'silent'],
  ['EIO: i/o error, read', 'unknown'],
])('%s is read as %s', (detail, cause) => {
  expect(causeOf(detail)).toBe(cause);
});
