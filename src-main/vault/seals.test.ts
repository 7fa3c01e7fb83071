import {
  chmodSync,
  copyFileSync,
  cpSync,
  existsSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { basename, dirname, join } from 'node:path';
import Database from 'better-sqlite3';
import { describe, expect, test } from 'vitest';
import { value } from '#engine/testing/desk.ts';
import type { Backup } from '#shared/contract/backups.ts';
import { folder } from '#store/testing/folder.ts';
import { backupName, pathOf } from './backup-files.ts';
import { admit } from './guard.ts';
import { readInstallation, writeInstallation } from './installation.ts';
import { restoreBeforeStart } from './restored.ts';
import { type dataDir, KeptDesk } from './testing/keeper.ts';
import { WORKER } from './testing/places.ts';
import { WorkerTasks } from './worker-tasks.ts';

const MINUTE = 60_000;
const SEAL_BYTES = 1024;
const workerTasks = new WorkerTasks(WORKER);

/** A desk with this number of contacts, and a backup of it. */
async function desk(contacts = 3): Promise<{ kept: KeptDesk; backup: Backup }> {
  const kept = await (await KeptDesk.open()).filled(contacts);
  return { kept, backup: value(await kept.keeper.backUpNow()) };
}

const unseal = (path: string) => truncateSync(path, statSync(path).size - SEAL_BYTES);
/** The file name of a backup newer than all others. */
const newest = (backup: Backup) => backupName({ ...backup, at: backup.at + 60 * MINUTE, verified: true });
/** The listed seal of one backup. */
const sealOf = (kept: KeptDesk, { name, folder: where }: Pick<Backup, 'name' | 'folder'>) =>
  kept.keeper.list().items.find((item) => item.name === name && item.folder === where)?.seal;
const sealsIn = (kept: KeptDesk) => kept.keeper.list().items.map(({ name, folder: where, seal }) => ({ name, where, seal }));

describe('a seal', () => {
  test('says which desk made a backup, in both folders, and leaves it one file that any SQLite opens', async () => {
    const { kept, backup } = await desk();
    const share = folder();
    value(await kept.keeper.setSecondFolder(share));
    const installation = readInstallation(kept.places.installation);
    const origin = { desk: typeof installation === 'object' ? installation?.id : undefined, machine: expect.any(String) };
    expect(kept.keeper.list().items).toMatchObject([
      { name: backup.name, seal: 'own', origin },
      { name: backup.name, seal: 'own', origin },
    ]);
    const connection = new Database(pathOf(backup), { readonly: true });
    expect(connection.pragma('integrity_check', { simple: true })).toBe('ok');
    connection.close();
    expect(statSync(kept.places.backupKey).mode & 0o777).toBe(0o600);
    expect(readFileSync(pathOf(backup)).includes(readFileSync(kept.places.backupKey, 'utf8').trim())).toBe(false);
  });

  test.each([
    ['taken off', 'none', unseal],
    ['of a page that was changed', 'own', (path: string) => writeAt(path, 5000, 'x')],
    ['of a file under another name', 'broken', (path: string, other: string) => renameSync(path, other)],
    ['whose own words were changed', 'broken', (path: string) => writeAt(path, readFileSync(path).lastIndexOf('"name":"s') + 8, 'S')],
    ['with bytes behind its pages', 'broken', (path: string) => insertBefore(path, SEAL_BYTES)],
  ])('%s is detected: the backup is not restored as the latest, nor without confirmation', async (_, seal, harm) => {
    const { kept, backup } = await desk();
    const other = join(backup.folder, newest(backup));
    harm(pathOf(backup), other);
    await kept.add(1);
    expect(kept.keeper.list().items).toMatchObject([{ seal }]);
    const name = kept.keeper.list().items[0]?.name ?? '';
    expect(await kept.keeper.restore('console', { name })).toMatchObject({ ok: false });
    kept.engine.close();
    expect(await restoreBeforeStart(kept.places, workerTasks, { wanted: 'latest', acceptForeign: true }, () => kept.now)).toMatchObject({
      ok: false,
      reason: 'no_such_backup',
    });
  });
});

function writeAt(path: string, at: number, text: string): void {
  const bytes = readFileSync(path);
  bytes.write(text, at);
  writeFileSync(path, bytes);
}

function insertBefore(path: string, fromEnd: number): void {
  const bytes = readFileSync(path);
  writeFileSync(path, Buffer.concat([bytes.subarray(0, -fromEnd), Buffer.alloc(4096), bytes.subarray(-fromEnd)]));
}

describe('a backup of another desk', () => {
  test('in the second folder is shown as such, is never the latest, displaces none, and is restored when it is accepted', async () => {
    const { kept, backup } = await desk();
    const share = folder();
    value(await kept.keeper.setSecondFolder(share));
    const stranger = await desk(7);
    const own = kept.keeper.list().items.find(({ folder: where }) => where !== kept.places.backups)?.folder ?? '';
    const forged = newest(backup);
    cpSync(pathOf(stranger.backup), join(own, forged));
    await kept.add(1);
    kept.now += MINUTE;
    const later = value(await kept.keeper.backUpNow());
    await kept.pass(0);
    await kept.keeper.setSecondFolder(share);
    expect(sealsIn(kept).filter(({ where }) => where === own)).toEqual([
      { name: forged, where: own, seal: 'foreign' },
      { name: later.name, where: own, seal: 'own' },
      { name: backup.name, where: own, seal: 'own' },
    ]);

    expect(await kept.keeper.restore('console', { name: forged })).toMatchObject({ ok: false, problem: { code: 'foreign_backup' } });
    expect(kept.contacts()).toBe(4);
    expect(value(await kept.keeper.restore('console', { name: forged, folder: own, accept_foreign: true }))).toMatchObject({ backup: { seal: 'foreign' } });
    expect(kept.contacts()).toBe(7);
    expect(existsSync(`${kept.places.database}.restoring`)).toBe(false);
  });

  test('is refused at a start, naming its desk, and accepted with --accept-foreign', async () => {
    const stranger = await desk(7);
    const { kept } = await desk();
    await kept.end();
    const restore = (acceptForeign: boolean) =>
      restoreBeforeStart(kept.places, workerTasks, { wanted: pathOf(stranger.backup), acceptForeign }, () => kept.now);
    const whose = { seal: 'foreign', origin: stranger.backup.origin, sources: ['Сайт'] };
    expect(await restore(false)).toEqual({ ok: false, reason: 'foreign', detail: pathOf(stranger.backup), whose });
    expect((await KeptDesk.open(kept.places)).contacts()).toBe(3);
    kept.engine.close();
    expect(await restore(true)).toMatchObject({ ok: true, whose });
    expect((await KeptDesk.open(kept.places)).contacts()).toBe(7);
  });

  test.for([
    [
      'trigger back_door',
      `CREATE TRIGGER back_door AFTER UPDATE OF revoked_at ON source_keys WHEN NEW.revoked_at IS NOT NULL
       BEGIN UPDATE source_keys SET revoked_at = NULL WHERE id = NEW.id; END`,
    ],
    ['table source_keys', 'ALTER TABLE source_keys ADD COLUMN kept INTEGER GENERATED ALWAYS AS (revoked_at IS NULL) VIRTUAL'],
    ['trigger operators_capacity', ''],
  ])('is not restored when its database has other definitions than a desk creates (%s), even when it is accepted', async ([name, sql]) => {
    const stranger = await desk();
    const path = pathOf(stranger.backup);
    unseal(path);
    const connection = new Database(path);
    connection.exec(sql || `DROP ${name}`);
    connection.close();
    const { kept } = await desk();
    await kept.end();
    const restored = await restoreBeforeStart(kept.places, workerTasks, { wanted: path, acceptForeign: true }, () => kept.now);
    expect(restored).toEqual({ ok: false, reason: 'unusable', detail: `its database is not defined as a desk's is (${name})` });
    expect(existsSync(`${kept.places.database}.restoring`)).toBe(false);
  });

  test('is what a new desk finds of the old one on the remaining disk', async () => {
    const share = folder();
    const lost = await desk(7);
    value(await lost.kept.keeper.setSecondFolder(share));
    const { kept } = await desk();
    value(await kept.keeper.setSecondFolder(share));
    const found = kept.keeper.list().items.find(({ seal }) => seal === 'foreign');
    expect(found).toMatchObject({ name: lost.backup.name, origin: lost.backup.origin });
    value(await kept.keeper.restore('console', { name: lost.backup.name, folder: found?.folder, accept_foreign: true }));
    expect(kept.contacts()).toBe(7);
  });
});

test('a write-ahead log placed beside a sealed backup is not read', async () => {
  const { kept, backup } = await desk();
  const stranger = await (await KeptDesk.open()).filled(5);
  copyFileSync(`${stranger.places.database}-wal`, `${pathOf(backup)}-wal`);
  await kept.add(2);
  value(await kept.keeper.restore('console', backup));
  expect(kept.contacts()).toBe(3);
});

describe('backups from before seals', () => {
  /** A data directory of the previous version: no key, no seals, and no mention of them in its installation record. */
  async function earlierDesk(): Promise<{ places: ReturnType<typeof dataDir>; backup: Backup; second: string }> {
    const { kept, backup } = await desk();
    const share = folder();
    value(await kept.keeper.setSecondFolder(share));
    await kept.end();
    const second = kept.keeper.list().items.find(({ folder: where }) => where !== backup.folder)?.folder ?? '';
    for (const where of [backup.folder, second]) unseal(join(where, backup.name));
    rmSync(kept.places.backupKey);
    const remembered = readInstallation(kept.places.installation);
    if (remembered === null || remembered === 'unreadable') throw new Error('nothing is remembered');
    writeInstallation(kept.places.installation, { ...remembered, seals_backups: false });
    return { places: kept.places, backup, second };
  }

  test('are sealed at the first start, as are identical copies in the second folder', async () => {
    const { places, backup, second } = await earlierDesk();
    writeFileSync(join(second, newest(backup)), readFileSync(join(second, backup.name)));
    const kept = await KeptDesk.open(places);
    await kept.pass(0); // waits for pending work
    expect(sealOf(kept, backup)).toBe('own');
    await kept.end();
    const again = await KeptDesk.open(places);
    await again.keeper.setSecondFolder(dirname(second));
    expect(sealOf(again, { name: backup.name, folder: second })).toBe('own');
    expect(sealOf(again, { name: newest(backup), folder: second })).toBe('none');
    expect(readInstallation(places.installation)).toMatchObject({ seals_backups: true });
  });

  test("count as the desk's own until then, and a refused start writes nothing to them", async () => {
    const { places, backup } = await earlierDesk();
    truncateSync(places.database, 8192);
    const bytes = readFileSync(pathOf(backup));
    expect(await admit(places, workerTasks)).toMatchObject({ ok: false, refusal: { lastGood: { name: backup.name, folder: places.backups } } });
    expect(readFileSync(pathOf(backup)).equals(bytes)).toBe(true);
    expect(await restoreBeforeStart(places, workerTasks, { wanted: 'latest', acceptForeign: false }, () => backup.at)).toMatchObject({ ok: true, whose: null });
  });

  test.skipIf(process.platform === 'win32')('are not trusted in a folder that others may write to', async () => {
    const { places, backup } = await earlierDesk();
    chmodSync(places.backups, 0o777);
    const kept = await KeptDesk.open(places);
    await kept.pass(0);
    expect(sealOf(kept, backup)).toBe('none');
  });

  test('found by a later start belong to nobody', async () => {
    const { kept, backup } = await desk();
    await kept.end();
    unseal(pathOf(backup));
    const again = await KeptDesk.open(kept.places);
    await again.pass(0);
    expect(sealOf(again, backup)).toBe('none');
  });
});

test.skipIf(process.platform === 'win32')('a link in place of a backup is not a backup', async () => {
  const { kept, backup } = await desk();
  const moved = join(folder(), basename(pathOf(backup)));
  renameSync(pathOf(backup), moved);
  symlinkSync(moved, pathOf(backup));
  mkdirSync(join(backup.folder, newest(backup)));
  expect(kept.keeper.list().items).toEqual([]);
});
