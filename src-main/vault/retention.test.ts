import { fc, test as property } from '@fast-check/vitest';
import { describe, expect, test } from 'vitest';
import type { BackupKind } from '#shared/contract/backups.ts';
import { backupName, readBackupName } from './backup-files.ts';
import { expired } from './retention.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const NOW = Date.UTC(2026, 10, 22, 12, 7);

const backup = (at: number, kind: BackupKind = 'scheduled', verified = true) => ({ at, kind, verified });
type Dated = ReturnType<typeof backup>;
const keptOf = (all: readonly Dated[], now = NOW) => {
  const gone = new Set(expired(all, now, 14));
  return all.filter((one) => !gone.has(one));
};

describe('of backups', () => {
  test('made every quarter of an hour for two months, 8 recent, 24 hourly and 14 daily ones are kept', () => {
    const all = Array.from({ length: 60 * 24 * 4 }, (_, i) => backup(NOW - i * 15 * MINUTE));
    const kept = keptOf(all).map(({ at }) => at);
    const recent = all.slice(0, 8).map(({ at }) => at);
    const hours = Array.from({ length: 24 }, (_, i) => Math.floor(NOW / HOUR) - i);
    const days = Array.from({ length: 14 }, (_, i) => Math.floor(NOW / DAY) - i);
    const newestIn = (span: number, ms: number) => all.find(({ at }) => Math.floor(at / ms) === span)?.at;
    const expected = new Set([...recent, ...hours.map((hour) => newestIn(hour, HOUR)), ...days.map((day) => newestIn(day, DAY))]);
    expect(new Set(kept)).toEqual(expected);
    expect(kept.length).toBe(8 + 21 + 12); // three of the hours are among the newest 8; today and yesterday are among the hours
  });

  test('backups made before a restore or a migration outlive the backups of their hour, for 14 days', () => {
    const way = backup(NOW - 3 * HOUR - MINUTE, 'before_restore');
    const all = [...Array.from({ length: 40 }, (_, i) => backup(NOW - i * 15 * MINUTE)), way];
    expect(keptOf(all)).toContain(way);
    const later = NOW + 13 * DAY;
    const moreDays = Array.from({ length: 13 * 96 }, (_, i) => backup(later - i * 15 * MINUTE));
    expect(keptOf([...all, ...moreDays], later)).toContain(way);
    expect(keptOf([...all, ...moreDays], later + 2 * DAY)).not.toContain(way);
  });

  test('the two newest that failed their checks are kept, and displace no other', () => {
    const sound = Array.from({ length: 8 }, (_, i) => backup(NOW - HOUR - i * MINUTE));
    const suspect = Array.from({ length: 50 }, (_, i) => backup(NOW - i * MINUTE, 'scheduled', false));
    expect(keptOf([...sound, ...suspect])).toEqual([...sound, ...suspect.slice(0, 2)]);
  });

  test('none is older than 30 days, except the newest verified one', () => {
    const old = [1, 2, 3].map((i) => backup(NOW - (30 + i) * DAY));
    expect(keptOf(old)).toEqual([old[0]]);
    expect(keptOf([backup(NOW - DAY), ...old])).toEqual([backup(NOW - DAY)]);
  });
});

const anyBackup = fc.record({
  at: fc.integer({ min: NOW - 60 * DAY, max: NOW + DAY }),
  kind: fc.constantFrom<BackupKind>('scheduled', 'manual', 'exit', 'before_migration', 'before_restore'),
  verified: fc.boolean(),
});

property.prop([fc.array(anyBackup, { maxLength: 300 })])('of any set, the newest verified ones stay, few are kept, and a second run deletes nothing', (all) => {
  const kept = keptOf(all);
  const sound = all.filter(({ verified }) => verified).toSorted((a, b) => b.at - a.at);
  for (const one of sound.slice(0, 8)) if (NOW - one.at <= 30 * DAY) expect(kept).toContain(one);
  if (sound[0]) expect(kept).toContain(sound[0]);
  expect(kept.length).toBeLessThanOrEqual(8 + 24 + 14 + 5 + 2);
  expect(keptOf(kept)).toEqual(kept);
});

property.prop([anyBackup, fc.nat()])('a file name describes its backup', (one, revision) => {
  const name = backupName({ ...one, revision });
  expect(readBackupName(name)).toEqual({ ...one, revision, name });
});

test.each(['switchyard.db', 'notes.txt', 'scheduled.part', 'switchyard_2026-11-22T12-07-00-000Z_r1_whim.db', 'switchyard_2026-13-45T99-07-00-000Z_r1_exit.db'])(
  '%s is not a backup',
  (name) => {
    expect(readBackupName(name)).toBeNull();
  },
);
