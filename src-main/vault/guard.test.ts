/** Starting on a data directory with a damaged or replaced database. */
import { execFile, spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { copyFileSync, cpSync, existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import Database from 'better-sqlite3';
import { beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { eraseLead } from '#engine/leads/erase-lead.ts';
import { value } from '#engine/testing/desk.ts';
import { openStore, StoreError } from '#store/sqlite/open.ts';
import { folder } from '#store/testing/folder.ts';
import { firstMigrations } from '#store/testing/migrations.ts';
import { listBackups, pathOf, prepareFolder } from './backup-files.ts';
import { admit, backUpBeforeMigration, type Places } from './guard.ts';
import { readInstallation, writeInstallation } from './installation.ts';
import { restoreBeforeStart } from './restored.ts';
import { putSeal, readKey, type Sealer } from './seal.ts';
import { dataDir, KeptDesk } from './testing/keeper.ts';
import { placesIn, WORKER } from './testing/places.ts';
import { WorkerTasks } from './worker-tasks.ts';

const workerTasks = new WorkerTasks(WORKER);
const now = () => Date.UTC(2026, 10, 22, 18);
let original: string;
let other: string;

/** A data directory after a clean exit and a backup with 400 contacts, and the data directory of another desk. */
beforeAll(async () => {
  original = folder();
  other = folder();
  const build = async (dir: string, contacts: number) => {
    const desk = await (await KeptDesk.start(placesIn(dir))).filled(contacts);
    await desk.end();
  };
  await build(original, 400);
  await build(other, 500);
});

function copyOf(dir: string): Places {
  const places = dataDir();
  cpSync(dir, dirname(places.database), { recursive: true });
  return places;
}

/** Contents of a database and its log; reading leaves an empty log. */
const contentsOf = ({ database }: Places) =>
  [database, `${database}-wal`]
    .filter((file) => (statSync(file, { throwIfNoEntry: false })?.size ?? 0) > 0)
    .map((file) => `${basename(file)} ${createHash('sha256').update(readFileSync(file)).digest('hex')}`);

const sealerAt = (places: Places): Sealer => ({ desk: 'x', key: readKey(places.backupKey) });
const backupsIn = (places: Places) => listBackups({ folder: places.backups, sealer: sealerAt(places) });

function contactsIn({ database, migrations }: Places): number | undefined {
  const store = openStore(database, { migrations });
  onTestFinished(() => store.close());
  return store.reading.get<{ n: number }>('SELECT COUNT(*) AS n FROM contacts')?.n;
}

function changed(file: string, change: (bytes: Buffer) => void): void {
  const bytes = readFileSync(file);
  change(bytes);
  writeFileSync(file, bytes);
}

const PAGE = 4096;
const pageOf = (file: string, name: string): number => {
  const connection = new Database(file, { readonly: true });
  const page = connection.prepare('SELECT rootpage FROM sqlite_schema WHERE name = ?').pluck().get(name) as number | undefined;
  connection.close();
  if (page === undefined) throw new Error(`there is no ${name}`);
  for (const rest of ['-wal', '-shm']) rmSync(file + rest, { force: true });
  return page;
};

/** The write-ahead log of a desk that is still open. */
async function strangeLog(to: string): Promise<void> {
  const desk = await (await KeptDesk.open()).filled(20);
  copyFileSync(`${desk.places.database}-wal`, to);
}

const DAMAGES: [name: string, reason: string, damage: (places: Places) => void | Promise<void>][] = [
  ['is cut in half', 'damaged', ({ database }) => truncateSync(database, Math.floor(statSync(database).size / PAGE / 2) * PAGE)],
  ['is cut in the middle of a page', 'damaged', ({ database }) => truncateSync(database, statSync(database).size - 1000)],
  ['has its header zeroed', 'damaged', ({ database }) => changed(database, (bytes) => bytes.fill(0, 0, 100))],
  ['is a text', 'damaged', ({ database }) => writeFileSync(database, 'Дорогой дневник, сегодня звонили сорок раз.\n'.repeat(500))],
  ['has its second page zeroed', 'damaged', ({ database }) => changed(database, (bytes) => bytes.fill(0, PAGE, 2 * PAGE))],
  [
    'has a page of noise',
    'damaged',
    ({ database }) =>
      changed(database, (bytes) =>
        bytes.set(
          Uint8Array.from({ length: PAGE }, (_, i) => (i * 197 + 31) % 251),
          9 * PAGE,
        ),
      ),
  ],
  [
    'has a byte flipped in a row',
    'damaged',
    ({ database }) =>
      changed(database, (bytes) => {
        const at = bytes.lastIndexOf('contact_assigned') + 15;
        bytes[at] = (bytes[at] ?? 0) ^ 1;
      }),
  ],
  [
    'has a byte flipped in an index',
    'damaged',
    ({ database }) => {
      const end = pageOf(database, 'contacts_source') * PAGE - 3;
      changed(database, (bytes) => {
        bytes[end] = (bytes[end] ?? 0) ^ 4;
      });
    },
  ],
  ['is an empty file', 'empty', ({ database }) => truncateSync(database, 0)],
  ['is gone', 'missing', ({ database }) => rmSync(database)],
  [
    'is gone and left its write-ahead log',
    'missing',
    async (places) => {
      rmSync(places.database);
      await strangeLog(`${places.database}-wal`);
    },
  ],
  ['has the write-ahead log of another beside it', 'any', ({ database }) => strangeLog(`${database}-wal`)],
  ['is that of another desk', 'another', ({ database }) => copyFileSync(join(other, 'switchyard.db'), database)],
  [
    'is a fresh one without rows',
    'another',
    ({ database, migrations }) => {
      rmSync(database);
      openStore(database, { migrations }).close();
    },
  ],
];

describe.each(DAMAGES)('a database that %s', (_, reason, damage) => {
  test('is refused and not changed, and restored from the last verified backup on request', async () => {
    const places = copyOf(original);
    await damage(places);
    const before = contentsOf(places);
    const [backup] = backupsIn(places);

    const admitted = await admit(places, workerTasks);
    expect(admitted).toMatchObject({ ok: false, refusal: { lastGood: backup, ...(reason !== 'any' && { reason }) } });
    expect(contentsOf(places)).toEqual(before);
    expect(existsSync(places.quarantine)).toBe(false);

    const restored = await restoreBeforeStart(places, workerTasks, { wanted: 'latest', acceptForeign: false }, now);
    expect(restored).toMatchObject({ ok: true, from: backup && pathOf(backup), point: { revision: backup?.revision }, before: null });
    const kept = restored.ok && restored.quarantine !== null ? contentsOf(placesIn(restored.quarantine)) : [];
    expect(kept).toEqual(before);
    expect(await admit(places, workerTasks)).toMatchObject({ ok: true });
    expect(contactsIn(places)).toBe(400);
  });
});

describe('a start', () => {
  test('on a sound database succeeds, also after a kill that left its log, and when it is not recorded yet', async () => {
    const places = copyOf(original);
    expect(await admit(places, workerTasks)).toMatchObject({ ok: true });
    const desk = await KeptDesk.open();
    await desk.filled(7);
    const killed = dataDir();
    for (const rest of ['', '-wal']) copyFileSync(desk.places.database + rest, killed.database + rest);
    expect(await admit(killed, workerTasks)).toMatchObject({ ok: true });
    expect(contactsIn(killed)).toBe(7);
  });

  test('in an empty directory succeeds, and in one that has only backups does not', async () => {
    expect(await admit(dataDir(), workerTasks)).toMatchObject({ ok: true, installation: { reached: null } });
    const places = copyOf(original);
    rmSync(places.database);
    rmSync(places.installation);
    expect(await admit(places, workerTasks)).toMatchObject({ ok: false, refusal: { reason: 'missing' } });
  });

  test('without a readable record of the database succeeds with a sound one, but not without one', async () => {
    const places = copyOf(original);
    writeFileSync(places.installation, '{"id":');
    expect(await admit(places, workerTasks)).toMatchObject({ ok: true });
    rmSync(places.backups, { recursive: true });
    rmSync(places.database);
    expect(await admit(places, workerTasks)).toMatchObject({ ok: false, refusal: { reason: 'missing', lastGood: null, lastWrite: null } });
  });

  test('skips a damaged backup, and says when none is left', async () => {
    const places = copyOf(original);
    const [backup] = backupsIn(places);
    const older = backup && { ...backup, name: backup.name.replace('2026-11-22', '2026-11-21') };
    if (!backup || !older) throw new Error('no backup');
    copyFileSync(pathOf(backup), pathOf(older));
    putSeal(pathOf(older), older.name, sealerAt(places));
    changed(pathOf(backup), (bytes) => bytes.fill(7, 5 * PAGE, 6 * PAGE));
    truncateSync(places.database, PAGE);
    expect(await admit(places, workerTasks)).toMatchObject({ ok: false, refusal: { lastGood: { name: older.name } } });
    rmSync(pathOf(older));
    expect(await admit(places, workerTasks)).toMatchObject({ ok: false, refusal: { lastGood: null } });
    expect(await restoreBeforeStart(places, workerTasks, { wanted: 'latest', acceptForeign: false }, now)).toMatchObject({
      ok: false,
      reason: 'no_such_backup',
    });
    expect(await restoreBeforeStart(places, workerTasks, { wanted: backup.name, acceptForeign: false }, now)).toMatchObject({ ok: false, reason: 'unusable' });
    expect(existsSync(places.quarantine)).toBe(false);
  });

  test('after a killed restore continues with the old database or with the new one', async () => {
    const places = copyOf(original);
    const remembered = readInstallation(places.installation);
    if (remembered === null || remembered === 'unreadable') throw new Error('no installation');
    const arriving = { revision: 3, chain: null };
    writeInstallation(places.installation, { ...remembered, arriving });
    expect(await admit(places, workerTasks)).toMatchObject({ ok: true });
    rmSync(places.database);
    const desk = await (await KeptDesk.open()).filled(2);
    await desk.end();
    copyFileSync(desk.places.database, places.database);
    expect(await admit(places, workerTasks)).toMatchObject({ ok: true });
  });
});

describe('a restore at the start', () => {
  test('of any file keeps a sound database as a backup, and restoring that backup undoes it', async () => {
    const places = copyOf(original);
    const elsewhere = join(dirname(places.database), 'from-a-stick.db');
    copyFileSync(join(other, 'switchyard.db'), elsewhere);
    const restored = await restoreBeforeStart(places, workerTasks, { wanted: elsewhere, acceptForeign: true }, now);
    expect(restored).toMatchObject({ ok: true, before: { kind: 'before_restore', verified: true, at: now() }, quarantine: null });
    expect(contactsIn(places)).toBe(500);
    expect(await admit(places, workerTasks)).toMatchObject({ ok: true });
    const back = await restoreBeforeStart(
      places,
      workerTasks,
      { wanted: restored.ok ? (restored.before?.name ?? '') : '', acceptForeign: false },
      () => now() + 1,
    );
    expect(back).toMatchObject({ ok: true });
    expect(contactsIn(places)).toBe(400);
  });

  test.each([
    ['nothing', 'nowhere.db', 'no_such_backup'],
    ['a folder', tmpdir(), 'no_such_backup'],
    ['a text', import.meta.filename, 'unusable'],
  ])('of %s changes nothing', async (_, wanted, reason) => {
    const places = copyOf(original);
    const before = contentsOf(places);
    expect(await restoreBeforeStart(places, workerTasks, { wanted, acceptForeign: true }, now)).toMatchObject({ ok: false, reason });
    expect(contentsOf(places)).toEqual(before);
    expect(readdirSync(dirname(places.database)).toSorted()).toEqual(readdirSync(original).toSorted());
  });

  test('of a database from a newer version changes nothing and names that version', async () => {
    const places = copyOf(original);
    const newer = join(dirname(places.database), 'newer.db');
    copyFileSync(places.database, newer);
    const connection = new Database(newer);
    connection.exec("INSERT INTO migrations VALUES (99, '0099_future', 'x')");
    connection.close();
    expect(await restoreBeforeStart(places, workerTasks, { wanted: newer, acceptForeign: true }, now)).toMatchObject({
      ok: false,
      reason: 'unusable',
      detail: expect.stringContaining('0099_future'),
    });
    renameSync(newer, places.database);
    await expect(admit(places, workerTasks)).rejects.toThrow(StoreError);
  });
});

const strace = spawnSync('strace', ['-V']).status === 0;
test.skipIf(!strace).each([
  ['sound', () => undefined, ['400', '500']],
  ['damaged', ({ database }: Places) => truncateSync(database, 2 * PAGE), ['damaged', 'missing', '500']],
])(
  `a restore over a %s database, killed at any of its renames, leaves the old one, the new one or none${strace ? '' : ' (needs strace)'}`,
  async (_, damage, expected) => {
    const program = join(import.meta.dirname, 'testing/restore-and-exit.ts');
    /** What a start finds after a restore was killed at its nth rename: the number of contacts, or a refusal, after which the restore is repeated. */
    const leftBy = async (n: number): Promise<{ killed: boolean; found: string; contacts: number | undefined }> => {
      const places = copyOf(original);
      damage(places);
      const backup = join(dirname(places.database), 'other.db');
      copyFileSync(join(other, 'switchyard.db'), backup);
      const trace = ['-qq', '-o', '/dev/null', '-e', 'trace=rename', '-e', `inject=rename:signal=SIGKILL:when=${n}`];
      const options = [...trace, process.execPath, program, dirname(places.database), backup];
      const env = { ...process.env, NODE_DISABLE_COMPILE_CACHE: '1' }; // Node.js renames each file of its cache, and would be killed at those too
      const killed = await new Promise<boolean>((resolve) => execFile('strace', options, { env }, (error) => resolve(error !== null)));
      const admitted = await admit(places, workerTasks);
      if (!admitted.ok) await restoreBeforeStart(places, workerTasks, { wanted: backup, acceptForeign: true }, now);
      const contacts = contactsIn(places);
      return { killed, found: admitted.ok ? `${contacts}` : admitted.refusal.reason, contacts };
    };
    const left = [await leftBy(1)];
    while (left.at(-1)?.killed) left.push(await leftBy(left.length + 1));
    expect(new Set(left.map(({ found }) => found))).toEqual(new Set(expected));
    expect(left.filter(({ found, contacts }) => contacts !== 500 && found !== '400')).toEqual([]);
    expect(left.length).toBeGreaterThan(3);
  },
);

test('a restore at the start is journalled, and repeats the erasures of the present database', async () => {
  const desk = await (await KeptDesk.open()).filled(3);
  const backup = value(await desk.keeper.backUpNow());
  value(await eraseLead(desk.engine, 'console', 2));
  await desk.end();
  expect(await restoreBeforeStart(desk.places, workerTasks, { wanted: backup.name, acceptForeign: false }, now)).toMatchObject({
    ok: true,
    point: { revision: backup.revision },
  });
  const restored = await KeptDesk.open(desk.places);
  expect(restored.rows('SELECT actor, kind, data FROM journal WHERE revision > ? ORDER BY revision', backup.revision)).toEqual([
    { actor: 'admin', kind: 'database_restored', data: JSON.stringify({ backup: backup.name, lost_from: backup.at, lost_until: now() }) },
    { actor: 'admin', kind: 'lead_erased', data: JSON.stringify({ lead_id: 2 }) },
  ]);
  expect(restored.rows('SELECT lead_id FROM lead_identifiers ORDER BY id')).toEqual([{ lead_id: 1 }, { lead_id: 3 }]);
});

test('a restore at the start repeats the withdrawals of a database from before the withdrawals table', async () => {
  const rows = (places: Places, revoked: string) => {
    const old = openStore(places.database, { migrations: firstMigrations(3, join(dirname(places.database), 'old')) });
    old.connection.exec(`INSERT INTO sources (id, name, name_key, settings, created_at) VALUES (1, 'Сайт', 'сайт', '{}', 1);
      INSERT INTO source_keys (id, source_id, hash, hint, created_at, revoked_at) VALUES (1, 1, X'01', 'a', 1, ${revoked}), (2, 1, X'02', 'b', 1, NULL)`);
    old.close();
    return places.database;
  };
  const backup = rows(dataDir(), 'NULL');
  const places = dataDir();
  rows(places, '5');
  expect(await restoreBeforeStart(places, workerTasks, { wanted: backup, acceptForeign: true }, now)).toMatchObject({ ok: true });
  const restored = await KeptDesk.open(places);
  expect(restored.rows('SELECT id, revoked_at FROM source_keys ORDER BY id')).toEqual([
    { id: 1, revoked_at: 5 },
    { id: 2, revoked_at: null },
  ]);
});

describe('before a migration', () => {
  test('the database is backed up, and the backup can be restored', async () => {
    const places = dataDir();
    const old = openStore(places.database, { migrations: firstMigrations(1, join(dirname(places.database), 'old')) });
    old.transaction((tx) => tx.run("INSERT INTO leads (name, created_at) VALUES ('Анна', 1)"));
    old.close();
    expect(await admit(places, workerTasks)).toMatchObject({ ok: true });
    const backup = await backUpBeforeMigration(places, workerTasks, now);
    expect(backup).toMatchObject({ kind: 'before_migration', verified: true });
    openStore(places.database, { migrations: places.migrations }).close();
    expect(await backUpBeforeMigration(places, workerTasks, now)).toBeNull();
    expect(await restoreBeforeStart(places, workerTasks, { wanted: backup?.name ?? '', acceptForeign: false }, now)).toMatchObject({
      ok: true,
      point: { revision: 0, chain: null },
    });
    expect(await admit(places, workerTasks)).toMatchObject({ ok: true });
    expect(openStore(places.database, { migrations: places.migrations }).reading.all('SELECT name FROM leads')).toEqual([{ name: 'Анна' }]);
  });

  test('nothing is migrated if the backup fails; a new directory needs no backup', async () => {
    const places = dataDir();
    expect(await backUpBeforeMigration(places, workerTasks, now)).toBeNull();
    openStore(places.database, { migrations: firstMigrations(1, join(dirname(places.database), 'old')) }).close();
    writeFileSync(places.backups, 'in the way');
    await expect(backUpBeforeMigration(places, workerTasks, now)).rejects.toThrow();
  });
});

/** Size in bytes of the backup being written; -1: none. */
function partOf(backups: string): number {
  const part = readdirSync(backups).find((name) => name.includes('.part'));
  return part === undefined ? -1 : (statSync(join(backups, part), { throwIfNoEntry: false })?.size ?? -1);
}

/** How often a backup is killed half-way, each time later in its course. */
const ROUNDS = process.env.LONG_FORM ? 20 : 5;
/** Maximum attempts when the kill missed the middle: on a busy machine it comes late. */
const MOST_ROUNDS = 60;

test('existing backups stay intact when the program is killed while it makes another', async () => {
  const places = dataDir();
  const store = openStore(places.database, { migrations: places.migrations });
  store.transaction((tx) => {
    for (let i = 0; i < 8000; i++) tx.run('INSERT INTO leads (name, created_at) VALUES (?, 1)', `${i}`.repeat(300));
  });
  onTestFinished(() => store.close());
  mkdirSync(places.backups);
  const program = join(import.meta.dirname, 'testing/back-up-again.ts');
  let halves = 0;
  const whole = statSync(places.database).size;
  const made: string[] = [];
  for (let round = 0; round < ROUNDS || (halves === 0 && round < MOST_ROUNDS); round++) {
    const child = spawn(process.execPath, [program, places.database, places.backups], { stdio: ['ignore', 'pipe', 'inherit'] });
    const ended = new Promise((resolve) => child.once('close', resolve));
    let isLooking = false;
    for await (const line of createInterface({ input: child.stdout })) {
      if (line.startsWith('made ')) made.push(line.slice(5));
      if (made.length === 0 || isLooking) continue; // let the first backup finish
      isLooking = true;
      const looking = setInterval(() => {
        if (partOf(places.backups) >= (whole * (round % ROUNDS)) / ROUNDS) child.kill('SIGKILL');
      }, 1);
      void ended.finally(() => clearInterval(looking));
    }
    await ended;
    if (readdirSync(places.backups).some((name) => name.includes('.part'))) halves++;
    prepareFolder(places.backups);
  }
  const kept = backupsIn(places);
  expect(made.filter((name) => !kept.some((backup) => backup.name === name))).toEqual([]);
  expect(halves).toBeGreaterThan(0); // otherwise nothing was killed half-way
  expect(readdirSync(places.backups).length).toBe(kept.length);
  for (const backup of kept) {
    const connection = new Database(pathOf(backup), { readonly: true });
    expect([connection.pragma('integrity_check', { simple: true }), connection.prepare('SELECT COUNT(*) FROM leads').pluck().get()]).toEqual(['ok', 8000]);
    connection.close();
  }
});

describe('a database that is too large to be checked before the start', () => {
  const SMALL = 4096;

  test('is opened when its end, its length and its identity are right, and refused when they are not', async () => {
    expect(await admit(copyOf(original), workerTasks, SMALL)).toMatchObject({ ok: true, wholly: false });
    expect(await admit(copyOf(original), workerTasks)).toMatchObject({ ok: true, wholly: true });
    const short = copyOf(original);
    truncateSync(short.database, Math.floor(statSync(short.database).size / PAGE / 2) * PAGE);
    expect(await admit(short, workerTasks, SMALL)).toMatchObject({ ok: false, refusal: { reason: 'damaged' } });
    const strange = copyOf(original);
    copyFileSync(placesIn(other).database, strange.database);
    expect(await admit(strange, workerTasks, SMALL)).toMatchObject({ ok: false, refusal: { reason: 'another' } });
  });

  test('accepts nothing more when a damaged page is found afterwards, until a backup replaces it', async () => {
    const places = copyOf(original);
    const root = pageOf(places.database, 'lead_identifiers_lead');
    changed(places.database, (bytes) => bytes.fill(7, (root - 1) * PAGE + 8, root * PAGE));
    expect(await admit(places, workerTasks, SMALL)).toMatchObject({ ok: true, wholly: false });
    const desk = await KeptDesk.open(places, SMALL);
    await desk.keeper.lookAtAll();
    expect(desk.engine.condition()).toMatchObject({ state: 'read_only', cause: 'database_damaged' });
    expect(desk.keeper.list().troubles).toMatchObject([{ kind: 'damaged' }]);
    await expect(desk.submit(1, { external_id: 'x' })).rejects.toThrow('may not be written');
    const [backup] = backupsIn(places);
    value(await desk.keeper.restore('console', { name: backup?.name ?? '' }));
    expect(desk.engine.condition()).toMatchObject({ state: 'serving' });
    value(await desk.submit(1, { external_id: 'x' }));
  });

  test('continues when every page is sound', async () => {
    const desk = await KeptDesk.open(copyOf(original), SMALL);
    await desk.keeper.lookAtAll();
    expect([desk.engine.condition(), desk.keeper.list().troubles, desk.log]).toEqual([{ state: 'serving' }, [], []]);
  });
});
