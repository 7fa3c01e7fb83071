import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { describe, expect, test } from 'vitest';
import { addSourceKey, archiveSource, createSource, revokeSourceKey } from '#engine/configuration/sources.ts';
import { closeContact } from '#engine/contacts/contacts.ts';
import { NotNow } from '#engine/core/writer.ts';
import { eraseLead } from '#engine/leads/erase-lead.ts';
import { undoMerge } from '#engine/leads/leads.ts';
import { value } from '#engine/testing/desk.ts';
import { folder } from '#store/testing/folder.ts';
import { pathOf } from './backup-files.ts';
import { KeptDesk } from './testing/keeper.ts';

const MINUTE = 60_000;

function rowsOf(file: string, sql: string): unknown[] {
  const connection = new Database(file, { readonly: true });
  const rows = connection.prepare(sql).all();
  connection.close();
  return rows;
}

const kinds = (desk: KeptDesk) => desk.keeper.list().items.map(({ kind }) => kind);

describe('a backup', () => {
  test('is made every fifteen minutes, when something has changed', async () => {
    const desk = await KeptDesk.open();
    await desk.pass(20 * MINUTE);
    expect(desk.keeper.list()).toMatchObject({ items: [], safe_until: null });
    await desk.filled();
    await desk.pass(MINUTE);
    const first = desk.now;
    expect(desk.keeper.list()).toMatchObject({ items: [{ kind: 'scheduled', at: first, verified: true }], safe_until: first });
    await desk.add(1);
    await desk.pass(14 * MINUTE);
    expect(desk.keeper.list()).toMatchObject({ items: [{ at: first }], safe_until: first });
    await desk.pass(MINUTE);
    await desk.pass(60 * MINUTE);
    expect(desk.keeper.list()).toMatchObject({ items: [{ at: first + 15 * MINUTE }, { at: first }], safe_until: desk.now, troubles: [] });
  });

  test('is made at exit, when something has changed, and the next start knows it', async () => {
    const desk = await (await KeptDesk.open()).filled();
    await desk.end();
    const again = await KeptDesk.open(desk.places);
    expect(kinds(again)).toEqual(['exit']);
    await again.pass(60 * MINUTE);
    await again.end();
    expect(kinds(again)).toEqual(['exit']);
  });

  test('is one sound file with everything acknowledged before it began, whatever is written meanwhile', async () => {
    const desk = await (await KeptDesk.open()).filled(2000);
    let written = 0;
    let isDone = false;
    const writing = (async () => {
      while (!isDone) {
        await desk.add(20);
        written += 20;
      }
    })();
    while (written < 40) await new Promise((resolve) => setImmediate(resolve));
    const acknowledged = desk.engine.board().revision;
    const backup = value(await desk.keeper.backUpNow());
    isDone = true;
    await writing;
    expect(backup.verified).toBe(true);
    expect(backup.revision).toBeGreaterThanOrEqual(acknowledged);
    expect(desk.engine.board().revision).toBeGreaterThan(backup.revision);
    expect(readdirSync(desk.places.backups)).toEqual([backup.name]);
    expect(rowsOf(pathOf(backup), 'SELECT MAX(revision) AS revision, COUNT(*) AS n FROM journal')).toEqual([{ revision: backup.revision, n: backup.revision }]);
    expect(rowsOf(pathOf(backup), 'PRAGMA integrity_check')).toEqual([{ integrity_check: 'ok' }]);
    expect(desk.errors).toEqual([]);
  });

  test('that fails is reported, retried after five minutes, and its unfinished file is removed', async () => {
    const desk = await (await KeptDesk.open()).filled();
    rmSync(desk.places.backups, { recursive: true });
    writeFileSync(desk.places.backups, 'in the way');
    expect(await desk.keeper.backUpNow()).toMatchObject({ ok: false, problem: { code: 'backup_failed' } });
    expect((await KeptDesk.open(desk.places)).contacts()).toBe(3); // a failed backup does not stop intake
    rmSync(desk.places.backups);
    expect(desk.keeper.list()).toMatchObject({ safe_until: null, troubles: [{ kind: 'not_made', since: desk.now }] });
    await desk.pass(4 * MINUTE);
    expect(kinds(desk)).toEqual([]);
    await desk.pass(MINUTE);
    expect(desk.keeper.list()).toMatchObject({ items: [{ kind: 'scheduled' }], troubles: [] });
    writeFileSync(join(desk.places.backups, 'exit.part'), 'half');
    writeFileSync(join(desk.places.backups, 'exit.part-journal'), 'half');
    await desk.end();
    await (await KeptDesk.open(desk.places)).end();
    expect(readdirSync(desk.places.backups).filter((name) => name.includes('.part'))).toEqual([]);
  });

  test('that finds the database damaged reports it, is kept as suspect, and does not count as safe', async () => {
    const desk = await (await KeptDesk.open()).filled();
    const good = value(await desk.keeper.backUpNow());
    desk.now += MINUTE;
    desk.engine.read.store.connection.exec("UPDATE journal SET actor = 'nobody' WHERE revision = 2");
    await desk.add(1);
    await desk.pass(15 * MINUTE);
    expect(desk.keeper.list()).toMatchObject({
      items: [
        { kind: 'scheduled', verified: false },
        { name: good.name, verified: true },
      ],
      safe_until: good.at,
      troubles: [{ kind: 'damaged', since: desk.now, detail: 'revision 2: the journal row or its decision was changed' }],
    });
    const since = desk.now;
    await desk.add(1);
    await desk.pass(15 * MINUTE); // not detected again by the short check, and not forgotten either
    expect(desk.keeper.list()).toMatchObject({ items: [{ verified: false }, { verified: false }, {}], troubles: [{ kind: 'damaged', since }] });
  });
});

describe('a second folder', () => {
  test('receives every backup, byte for byte, in a folder of its own', async () => {
    const desk = await (await KeptDesk.open()).filled();
    const path = folder();
    expect(await desk.keeper.setSecondFolder(path)).toEqual({ ok: true, value: null });
    desk.now += MINUTE;
    await desk.add(1);
    await desk.end();
    const [own] = readdirSync(path);
    const names = readdirSync(desk.places.backups);
    expect(names).toHaveLength(2);
    for (const name of names) expect(readFileSync(join(path, own ?? '', name)).equals(readFileSync(join(desk.places.backups, name)))).toBe(true);

    const again = await KeptDesk.open(desk.places);
    expect(again.keeper.list().second_folder).toBe(path);
    expect(await again.keeper.setSecondFolder(null)).toMatchObject({ ok: true });
    expect(again.keeper.list()).toMatchObject({ second_folder: null });
  });

  test('that cannot receive a backup is refused and not stored', async () => {
    const desk = await (await KeptDesk.open()).filled();
    const file = join(folder(), 'file');
    writeFileSync(file, '');
    for (const path of ['relative', '/nowhere/at/all', file]) {
      expect(await desk.keeper.setSecondFolder(path)).toMatchObject({ ok: false, problem: { code: 'folder_unusable' } });
    }
    expect(desk.keeper.list()).toMatchObject({ second_folder: null, troubles: [] });
  });

  test('is not shown before it has received a copy: until then the previous one counts', async () => {
    const desk = await (await KeptDesk.open()).filled();
    const [first, second] = [folder(), folder()];
    await desk.keeper.setSecondFolder(first);
    const shown = () => [desk.keeper.list().second_folder, new Set(desk.keeper.list().items.map((item) => item.folder)).size];
    for (const [path, expected] of [
      ['/nowhere/at/all', first],
      [second, second],
    ] as const) {
      const seen: unknown[] = [];
      let isTrying = true;
      const trying = desk.keeper.setSecondFolder(path).finally(() => {
        isTrying = false;
      });
      while (isTrying) {
        seen.push(shown());
        await new Promise((resolve) => setImmediate(resolve));
      }
      await trying;
      expect(seen.slice(0, -1).filter((one) => JSON.stringify(one) !== JSON.stringify([first, 2]))).toEqual([]);
      expect(seen.length).toBeGreaterThan(1);
      expect(shown()).toEqual([expected, 2]);
    }
  });

  test('that is gone is reported, and does not delay local backups', async () => {
    const desk = await (await KeptDesk.open()).filled();
    const path = folder();
    await desk.keeper.setSecondFolder(path);
    rmSync(path, { recursive: true });
    await desk.add(1);
    desk.now += MINUTE;
    expect(await desk.keeper.backUpNow()).toMatchObject({ ok: true });
    await desk.keeper.close();
    expect(desk.keeper.list().troubles).toMatchObject([{ kind: 'not_copied' }]);
  });
});

describe('a restore', () => {
  test('brings back the earlier state, makes everybody reload, and is undone by restoring the state before', async () => {
    const desk = await (await KeptDesk.open()).filled(5);
    const then = value(await desk.keeper.backUpNow());
    const boardThen = desk.engine.board();
    desk.now += MINUTE;
    await desk.add(5);
    await desk.do((write) => closeContact(write, 1));
    const boardBefore = desk.engine.board();
    const heard: number[] = [];
    desk.engine.watch((changes) => heard.push(changes.length));

    const restored = value(await desk.keeper.restore('console', then));
    expect(restored).toMatchObject({ backup: then, before: { kind: 'before_restore', verified: true, revision: boardBefore.revision }, quarantine: null });
    expect(heard).toEqual([0]);
    expect(desk.engine.board()).toEqual({ ...boardThen, revision: boardThen.revision + 1 });
    expect(desk.rows('SELECT actor, kind, data FROM journal ORDER BY revision DESC LIMIT 1')).toEqual([
      { actor: 'console', kind: 'database_restored', data: JSON.stringify({ backup: then.name, lost_from: then.at, lost_until: desk.now }) },
    ]);
    expect(desk.contacts()).toBe(5);

    desk.now += MINUTE;
    expect(value(await desk.keeper.restore('console', { name: restored.before?.name ?? '' }))).toMatchObject({ before: { revision: boardThen.revision + 1 } });
    expect(desk.engine.board()).toEqual({ ...boardBefore, revision: boardBefore.revision + 1 });
    expect(desk.contacts()).toBe(10);
    await desk.add(1);
    expect(desk.contacts()).toBe(11);
    expect(desk.engine.read.store.connection.pragma('synchronous', { simple: true })).toBe(2);
    await desk.end();
    const again = await KeptDesk.open(desk.places);
    expect(again.contacts()).toBe(11);
    expect(desk.errors).toEqual([]);
  });

  test('repeats erasures made since the backup, also of leads that had been merged or separated by then', async () => {
    const desk = await (await KeptDesk.open()).filled(0);
    const lead = async (input: { phone?: string; email?: string; external_id?: string }) =>
      value(await desk.submit(1, { ...input, name: 'Canary', message: 'Canary message' })).contact.lead_id;
    const alone = await lead({ phone: '+79000000001' });
    const [one, other] = [await lead({ phone: '+79000000002' }), await lead({ email: 'canary2@example.com' })];
    const [survivor, part] = [await lead({ phone: '+79000000003' }), await lead({ email: 'canary3@example.com' })];
    await lead({ phone: '+79000000003', email: 'canary3@example.com' }); // both are one lead in the backup
    const stays = await lead({ external_id: 'stays' });
    desk.now += MINUTE;
    const then = value(await desk.keeper.backUpNow());
    await lead({ phone: '+79000000002', email: 'canary2@example.com' }); // one of two merged leads
    value(await desk.do((write) => undoMerge(write, 1)));
    for (const id of [alone, one, part]) value(await eraseLead(desk.engine, 'console', id));
    const late = await lead({ external_id: 'late' });
    value(await eraseLead(desk.engine, 'console', late));

    desk.now += MINUTE;
    value(await desk.keeper.restore('console', then));
    const identifiers = desk.rows<{ lead_id: number; value: string }>('SELECT lead_id, value FROM lead_identifiers ORDER BY id');
    expect(identifiers).toEqual([
      { lead_id: survivor, value: '+79000000003' },
      { lead_id: stays, value: 'stays' },
    ]);
    expect(desk.rows('SELECT lead_id FROM contacts WHERE message IS NOT NULL ORDER BY id')).toEqual(
      [survivor, survivor, stays].map((lead_id) => ({ lead_id })),
    );
    expect(desk.rows<{ n: number }>('SELECT lead_id AS n FROM erased_leads ORDER BY lead_id').map(({ n }) => n)).toEqual([alone, one, other, part, late]);
    const needles = ['+79000000001', '+79000000002', 'canary2@example.com', 'canary3@example.com'];
    const bytes = [desk.places.database, `${desk.places.database}-wal`].flatMap((file) => (existsSync(file) ? [readFileSync(file)] : []));
    expect(needles.filter((needle) => bytes.some((of) => of.includes(needle)))).toEqual([]);

    // the id of an erased lead is reused for another lead, which stays
    const next = await lead({ external_id: 'another' });
    expect(next).toBe(late);
    desk.now += MINUTE;
    const newer = value(await desk.keeper.backUpNow());
    desk.now += MINUTE;
    value(await desk.keeper.restore('console', newer));
    expect(desk.rows(`SELECT value FROM lead_identifiers WHERE lead_id = ${next}`)).toEqual([{ value: 'another' }]);
    expect(desk.errors).toEqual([]);
  });

  test('revives no credential that was withdrawn since, nor does a restore of the state in between', async () => {
    const desk = await (await KeptDesk.open()).filled(1);
    const revoked = value(await desk.do((write) => addSourceKey(write, 1)));
    const archived = value(await desk.do((write) => createSource(write, { name: 'Telegram', settings: {} })));
    const stays = value(await desk.do((write) => createSource(write, { name: 'Форма', settings: {} })));
    const then = value(await desk.keeper.backUpNow());
    value(await desk.do((write) => revokeSourceKey(write, 1, revoked.id)));
    value(await desk.do((write) => archiveSource(write, archived.id)));
    const late = value(await desk.do((write) => createSource(write, { name: 'Поздний', settings: {} })));
    desk.now += MINUTE;
    const between = value(await desk.keeper.backUpNow());
    value(await desk.do((write) => revokeSourceKey(write, late.id, late.keys[0]?.id ?? 0)));
    const open = () => [revoked, archived, late, stays].map(({ api_key }) => desk.engine.sourceOfKey(api_key));
    expect(open()).toEqual([null, null, null, stays.id]);

    desk.now += MINUTE;
    value(await desk.keeper.restore('console', then));
    expect(open()).toEqual([null, null, null, stays.id]);
    expect(desk.engine.board().sources[archived.id]).toMatchObject({ is_archived: false }); // the source itself is restored, without a key

    desk.now += MINUTE;
    value(await desk.keeper.restore('console', between)); // its key was revoked in a state that the desk no longer has
    expect(desk.engine.board().sources[late.id]).toMatchObject({ name: 'Поздний' });
    expect(open()).toEqual([null, null, null, stays.id]);
    expect(desk.errors).toEqual([]);
  });

  test('accepts nothing meanwhile, and loses nothing that was acknowledged before', async () => {
    const desk = await (await KeptDesk.open()).filled(50);
    const then = value(await desk.keeper.backUpNow());
    let isOver = false;
    const outcomes = { kept: 0, refused: 0 };
    const bot = async () => {
      while (!isOver) {
        try {
          await desk.add(1);
          outcomes.kept++;
        } catch (error) {
          if (!(error instanceof NotNow)) throw error;
          outcomes.refused++;
          await new Promise((resolve) => setImmediate(resolve));
        }
      }
    };
    const bots = bot();
    while (outcomes.kept < 20) await new Promise((resolve) => setImmediate(resolve));
    const revisions: number[] = [];
    desk.engine.watch((changes) => revisions.push(...(changes.length === 0 ? [-1] : changes.map(({ revision }) => revision))));
    const { before } = value(await desk.keeper.restore('console', then));
    const keptAfter = outcomes.kept;
    while (outcomes.kept < keptAfter + 5) await new Promise((resolve) => setImmediate(resolve));
    isOver = true;
    await bots;
    const swapAt = revisions.indexOf(-1);
    expect(before?.revision).toBe(swapAt > 0 ? revisions[swapAt - 1] : before?.revision);
    expect(revisions[swapAt + 1]).toBe(then.revision + 2); // follows the revision of the restore itself
    expect(outcomes.refused).toBeGreaterThan(0);
  });

  test('of a damaged or missing backup changes nothing', async () => {
    const desk = await (await KeptDesk.open()).filled(300);
    const backup = value(await desk.keeper.backUpNow());
    const bytes = readFileSync(pathOf(backup));
    bytes.fill(0, 4096 * 3, 4096 * 5);
    writeFileSync(pathOf(backup), bytes);
    await desk.add(1);
    const board = desk.engine.board();
    expect(await desk.keeper.restore('console', backup)).toMatchObject({ ok: false, problem: { code: 'restore_failed' } });
    expect(await desk.keeper.restore('console', { name: '../switchyard.db' })).toMatchObject({ ok: false, problem: { code: 'not_found' } });
    expect(desk.engine.board()).toEqual(board);
    expect(readdirSync(join(desk.places.database, '..')).toSorted()).toEqual([
      'backup-key',
      'backups',
      'installation.json',
      'switchyard.db',
      'switchyard.db-shm',
      'switchyard.db-wal',
    ]);
    await desk.add(1);
  });

  test('over a damaged database moves it into quarantine, and the desk continues', async () => {
    const desk = await (await KeptDesk.open()).filled(5);
    const then = value(await desk.keeper.backUpNow());
    desk.engine.read.store.connection.exec("UPDATE journal SET actor = 'nobody' WHERE revision = 2");
    desk.now += 25 * 60 * MINUTE;
    await desk.add(1);
    await desk.pass(0);
    expect(desk.keeper.list().troubles).toMatchObject([{ kind: 'damaged' }]);
    const { before, quarantine } = value(await desk.keeper.restore('console', then));
    expect(before).toMatchObject({ kind: 'before_restore', verified: false });
    expect(readdirSync(quarantine ?? '')).toContain('switchyard.db');
    expect(desk.keeper.list().troubles).toEqual([]);
    await desk.add(1);
    expect(desk.contacts()).toBe(6);
    await desk.end();
    expect(existsSync(desk.places.installation)).toBe(true);
    expect((await KeptDesk.open(desk.places)).contacts()).toBe(6);
  });
});
