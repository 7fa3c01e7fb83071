import { cpSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { describe, expect, onTestFinished, test } from 'vitest';
import { addSourceKey, createSource, revokeSourceKey } from '#engine/configuration/sources.ts';
import { closeContact, reassignContact } from '#engine/contacts/contacts.ts';
import { submitContact } from '#engine/contacts/submit-contact.ts';
import { saveLead, undoMerge } from '#engine/leads/leads.ts';
import { Desk, value } from '#engine/testing/desk.ts';
import { Witness } from '#engine/testing/witness.ts';
import type { Condition } from '#shared/contract/desk.ts';
import { ok } from '#shared/contract/problems.ts';
import type { Change } from '#shared/effects/effects.ts';
import { loadBoard } from '#store/tables/board.ts';
import { folder } from '#store/testing/folder.ts';
import { NotNow, OutcomeUnknown } from './engine.ts';

const fileOfDesk = () => join(folder(), 'desk.db');

/** A desk on a disk with one source and one operator, and the announcements of its condition. */
async function scene(file = fileOfDesk()) {
  const desk = new Desk({ file });
  onTestFinished(() => desk.engine.close());
  const bot = await desk.source('Bot');
  const anna = await desk.operator('Анна', 1000);
  await desk.weights(bot, { [anna]: 1 });
  const witness = new Witness(desk);
  const runs: (readonly Change[])[] = [];
  desk.engine.watch((changes) => runs.push(changes));
  const conditions: Condition[] = [];
  desk.engine.watchCondition((condition) => conditions.push(condition));
  return { file, desk, bot, anna, witness, runs, conditions };
}

/** How each of these ended: the error's class or the answer. */
async function ends(work: readonly Promise<unknown>[]): Promise<unknown[]> {
  const settled = await Promise.allSettled(work);
  return settled.map((one) => (one.status === 'fulfilled' ? 'done' : one.reason instanceof Error ? one.reason.constructor : one.reason));
}

const contacts = (desk: Desk) => desk.rows<{ n: number }>('SELECT COUNT(*) AS n FROM contacts')[0]?.n;
const serving: Condition = { state: 'serving' };

class Bug extends Error {}

describe('a group of commands', () => {
  test('shares one commit and is announced as one run of changes', async () => {
    const { desk, bot, runs } = await scene();
    await Promise.all(Array.from({ length: 50 }, (_, i) => desk.submit(bot, { external_id: `tg-${i}` })));
    expect(runs.map((run) => run.map(({ kind }) => kind))).toEqual([Array.from({ length: 50 }, () => 'contact_assigned')]);
  });

  test('larger than one commit allows is done in order in several', async () => {
    const { desk, bot, runs, witness } = await scene();
    const answers = await Promise.all(Array.from({ length: 600 }, async (_, i) => value(await desk.submit(bot, { external_id: `tg-${i}` })).contact.id));
    witness.inspect();
    expect([answers, runs.map((run) => run.length), witness.violations]).toEqual([Array.from({ length: 600 }, (_, i) => i + 1), [256, 256, 88], []]);
  });

  test('beyond the queue limit is refused at once, and everything before it is done', async () => {
    const { desk, bot } = await scene();
    const results = await ends(Array.from({ length: 2100 }, (_, i) => desk.submit(bot, { external_id: `tg-${i}` })));
    expect([results.filter((one) => one === 'done').length, results.filter((one) => one === NotNow).length, contacts(desk)]).toEqual([2048, 52, 2048]);
  });

  test('in which one throws: only that one is rolled back, and the others are committed', async () => {
    const { desk, bot, anna, witness, runs } = await scene();
    const fails = desk.do((write) => {
      value(submitContact(write, { input: { source_id: bot, external_id: 'tg-3' }, idempotency_key: 'k', fingerprint: null }));
      closeContact(write, 1);
      throw new Bug();
    });
    const results = await ends([desk.submit(bot, { external_id: 'tg-1' }), fails, desk.submit(bot, { external_id: 'tg-2' }, 'k')]);
    witness.inspect();
    expect(results).toEqual(['done', Bug, 'done']);
    expect(desk.rows('SELECT id, lead_id, status, idempotency_key FROM contacts')).toEqual([
      { id: 1, lead_id: 1, status: 'assigned', idempotency_key: null },
      { id: 2, lead_id: 2, status: 'assigned', idempotency_key: 'k' },
    ]);
    expect([desk.rows('SELECT value FROM lead_identifiers'), desk.engine.board().operators[anna]?.load]).toEqual([[{ value: 'tg-1' }, { value: 'tg-2' }], 2]);
    expect([runs.map((run) => run.map(({ kind }) => kind)), desk.errors.length, witness.violations]).toEqual([
      [['contact_assigned', 'contact_assigned']],
      1,
      [],
    ]);
  });

  test('in which all throw changes nothing and announces nothing', async () => {
    const { desk, witness, runs } = await scene();
    const before = desk.engine.board();
    const fails = () =>
      desk.do((write) => {
        value(saveLead(write, { external_id: 'tg-1' }));
        throw new Bug();
      });
    expect(await ends([fails(), fails()])).toEqual([Bug, Bug]);
    witness.inspect();
    expect([desk.engine.board(), runs, desk.rows('SELECT * FROM leads'), witness.violations]).toEqual([before, [], [], []]);
  });

  test('in which a constraint rejects a command: it is rolled back like a bug', async () => {
    const { desk, bot, anna, witness } = await scene();
    const aboveTheLimit = desk.do((write) => {
      write.tx.run('UPDATE operators SET current_load = max_load + 1 WHERE id = ?', anna);
      return ok(null);
    });
    expect(await ends([aboveTheLimit, desk.submit(bot, { external_id: 'tg-1' })])).toEqual([Database.SqliteError, 'done']);
    witness.inspect();
    expect([desk.engine.board().operators[anna]?.load, witness.violations]).toEqual([1, []]);
  });

  test('is announced to every watcher, also when another throws, until it stops', async () => {
    const { desk, bot } = await scene();
    desk.engine.watch(() => {
      throw new Bug();
    });
    const heard: number[] = [];
    const stop = desk.engine.watch((changes) => heard.push(changes.length));
    await desk.submit(bot, { external_id: 'tg-1' });
    stop();
    await desk.submit(bot, { external_id: 'tg-2' });
    expect([heard, desk.errors.map((error) => error instanceof Bug)]).toEqual([[1], [true, true]]);
  });

  test('is announced before it is answered', async () => {
    const { desk, bot, runs } = await scene();
    const revision = desk.engine.board().revision;
    await desk.submit(bot, { external_id: 'tg-1' });
    expect([runs.flat().map((change) => change.revision), desk.engine.board().revision]).toEqual([[revision + 1], revision + 1]);
  });
});

describe('a commit that fails', () => {
  /** Inserts a row without its parent. The reference is only checked by COMMIT, so the database rejects the whole group. */
  const poison = (desk: Desk) =>
    desk.do((write) => {
      desk.engine.read.store.connection.pragma('defer_foreign_keys = ON');
      write.tx.run("INSERT INTO lead_identifiers (kind, value, lead_id, created_at) VALUES ('phone', 'poison', 999, 0)");
      return ok(null);
    });

  test('rejects the whole group, leaves nothing of it, and the next command works', async () => {
    const { desk, bot, anna, witness, runs, conditions } = await scene();
    await desk.submit(bot, { external_id: 'tg-0' });
    const before = desk.engine.board();
    const results = await ends([desk.submit(bot, { external_id: 'tg-1' }, 'k'), poison(desk), desk.submit(bot, { external_id: 'tg-2' })]);
    expect(results).toEqual([OutcomeUnknown, OutcomeUnknown, OutcomeUnknown]);
    expect([desk.engine.board(), loadBoard(desk.engine.read.store.reading), contacts(desk), runs.at(-1)]).toEqual([before, before, 1, []]);
    expect(value(await desk.submit(bot, { external_id: 'tg-1' }, 'k'))).toMatchObject({ replayed: false, contact: { status: 'assigned' } });
    witness.inspect();
    expect([desk.engine.board().operators[anna]?.load, witness.violations, conditions]).toEqual([2, [], []]);
  });

  test('does not cache a roster that was not stored', async () => {
    const { desk, bot, witness } = await scene();
    await ends([desk.submit(bot, { external_id: 'tg-1' }), poison(desk)]);
    await desk.submit(bot, { external_id: 'tg-1' });
    witness.inspect();
    expect([desk.rows('SELECT COUNT(*) AS n FROM decisions d JOIN rosters r ON r.id = d.roster_id'), witness.violations]).toEqual([[{ n: 1 }], []]);
  });

  test('does not accept a key that was not stored', async () => {
    const { desk } = await scene();
    let made = '';
    const create = desk.do((write) => {
      const result = createSource(write, { name: 'Site', settings: {} });
      made = value(result).api_key;
      return result;
    });
    expect([await ends([create, poison(desk)]), made.length > 20, desk.engine.sourceOfKey(made)]).toEqual([[OutcomeUnknown, OutcomeUnknown], true, null]);
  });

  test('because the disk is full: says so, keeps reading, and accepts writes again when there is space', async () => {
    const { desk, bot, witness, conditions } = await scene();
    const { connection } = desk.engine.read.store;
    await desk.submit(bot, { external_id: 'tg-0' });
    const before = desk.engine.board();
    connection.pragma(`max_page_count = ${Number(connection.pragma('page_count', { simple: true }))}`);
    const large = Array.from({ length: 20 }, (_, i) => desk.submit(bot, { external_id: `tg-${i}`, message: 'x'.repeat(16_000) }));
    expect(new Set(await ends(large))).toEqual(new Set([OutcomeUnknown]));
    expect([desk.engine.condition(), desk.engine.board(), contacts(desk)]).toEqual([{ state: 'refusing', cause: 'disk_full', since: desk.now }, before, 1]);
    expect(await ends([desk.submit(bot, { external_id: 'tg-1', message: 'x'.repeat(16_000) })])).toEqual([OutcomeUnknown]);
    connection.pragma('max_page_count = 100000');
    value(await desk.submit(bot, { external_id: 'tg-1', message: 'x'.repeat(16_000) }));
    witness.inspect();
    expect([conditions, desk.engine.condition(), witness.violations]).toEqual([
      [{ state: 'refusing', cause: 'disk_full', since: desk.now }, serving],
      serving,
      [],
    ]);
  });

  test('because another program locks the database: nothing was attempted, and it works again when the lock is released', async () => {
    const { file, desk, bot, witness, conditions } = await scene();
    const other = new Database(file);
    onTestFinished(() => {
      other.close();
    });
    const patienceMs = () => desk.engine.read.store.connection.pragma('busy_timeout', { simple: true });
    expect(patienceMs()).toBe(250);
    other.exec('BEGIN IMMEDIATE');
    expect(await ends([desk.submit(bot, { external_id: 'tg-1' }), desk.submit(bot, { external_id: 'tg-2' })])).toEqual([NotNow, NotNow]);
    expect([contacts(desk), conditions]).toEqual([0, [{ state: 'refusing', cause: 'database_locked', since: desk.now }]]);
    expect(patienceMs()).toBe(10); // further commands fail quickly
    other.exec('ROLLBACK');
    value(await desk.submit(bot, { external_id: 'tg-1' }));
    witness.inspect();
    expect([conditions.at(-1), witness.violations, patienceMs()]).toEqual([serving, [], 250]);
  });

  test('is followed by a reload: the board has what another program wrote', async () => {
    const { file, desk, bot, anna, witness } = await scene();
    const other = new Database(file);
    onTestFinished(() => {
      other.close();
    });
    other.exec('BEGIN IMMEDIATE; UPDATE operators SET max_load = 7');
    await ends([desk.submit(bot, { external_id: 'tg-1' })]);
    other.exec('COMMIT');
    await ends([poison(desk)]);
    witness.inspect();
    expect([desk.engine.board().operators[anna]?.max_load, witness.violations]).toEqual([7, []]);
  });
});

describe('a fault of the disk', () => {
  /** Injects an error as SQLite reports it; the recovery is real. */
  const fault = (desk: Desk, code = 'SQLITE_IOERR_FSYNC') =>
    desk.do((write) => {
      write.tx.run("INSERT INTO leads (name, created_at) VALUES ('half', 0)");
      throw new Database.SqliteError('disk I/O error', code);
    });

  test('rolls the whole group back, reopens the database with the same settings, and continues', async () => {
    const { desk, bot, witness, conditions } = await scene();
    await desk.submit(bot, { external_id: 'tg-0' });
    const before = desk.engine.board();
    const old = desk.engine.read.store.connection;
    expect(await ends([desk.submit(bot, { external_id: 'tg-1' }), fault(desk)])).toEqual([OutcomeUnknown, OutcomeUnknown]);
    const { connection } = desk.engine.read.store;
    expect([connection === old, old.open, connection.open]).toEqual([false, false, true]);
    const pragmas = ['synchronous', 'journal_mode', 'foreign_keys'].map((pragma) => connection.pragma(pragma, { simple: true }));
    expect([pragmas, desk.engine.board(), desk.rows('SELECT name FROM leads')]).toEqual([[2, 'wal', 1], before, [{ name: null }]]);
    value(await desk.submit(bot, { external_id: 'tg-1' }));
    witness.inspect();
    expect([conditions, witness.violations]).toEqual([[{ state: 'refusing', cause: 'disk_error', since: desk.now }, serving], []]);
  });

  test('three times in ten minutes: nothing more is written until a restart, not even queued commands; everything can be read', async () => {
    const { file, desk, bot, conditions } = await scene();
    await desk.submit(bot, { external_id: 'tg-0' });
    for (const code of ['SQLITE_IOERR_WRITE', 'SQLITE_CORRUPT']) await ends([fault(desk, code)]);
    expect(desk.engine.condition()).toEqual({ state: 'refusing', cause: 'database_damaged', since: desk.now });
    const handedIn = [fault(desk), ...Array.from({ length: 300 }, (_, i) => desk.submit(bot, { external_id: `tg-${i}` }))];
    expect(new Set(await ends(handedIn))).toEqual(new Set([OutcomeUnknown, NotNow]));
    expect([desk.engine.condition(), contacts(desk)]).toEqual([{ state: 'read_only', cause: 'disk_error', since: desk.now }, 1]);
    expect(await ends([desk.submit(bot, { external_id: 'tg-1' })])).toEqual([NotNow]);
    expect(conditions.at(-1)?.state).toBe('read_only');
    desk.engine.close();
    const again = new Desk({ file });
    value(await again.submit(bot, { external_id: 'tg-1' }));
    expect([again.engine.condition(), contacts(again)]).toEqual([serving, 2]);
    again.engine.close();
  });

  test('at longer intervals does not count as three in ten minutes', async () => {
    const { desk, bot } = await scene();
    for (let i = 0; i < 5; i++) {
      await ends([fault(desk)]);
      desk.now += 6 * 60_000;
    }
    value(await desk.submit(bot, { external_id: 'tg-1' }));
    expect(desk.engine.condition()).toEqual(serving);
  });
});

describe('closing', () => {
  test('finishes queued commands and accepts no more', async () => {
    const { file, desk, bot } = await scene();
    const handedIn = Array.from({ length: 300 }, (_, i) => desk.submit(bot, { external_id: `tg-${i}` }));
    desk.engine.close();
    const late = desk.submit(bot, { external_id: 'late' });
    expect(await ends([...handedIn, late])).toEqual([...handedIn.map(() => 'done'), NotNow]);
    const again = new Desk({ file });
    expect(contacts(again)).toBe(300);
    again.engine.close();
  });
});

describe('a restart', () => {
  test('has the same board, the same keys and the same answers', async () => {
    const { file, desk, bot, anna } = await scene();
    const boris = await desk.operator('Борис', 2);
    const site = value(await desk.do((write) => createSource(write, { name: 'Site', settings: {} })));
    const second = value(await desk.do((write) => addSourceKey(write, site.id)));
    value(await desk.do((write) => revokeSourceKey(write, site.id, second.id)));
    await desk.weights(site.id, { [boris]: 3 });
    await Promise.all(Array.from({ length: 130 }, (_, i) => desk.submit(site.id, { external_id: `tg-${i % 60}`, phone: `8 900 000-01-${10 + (i % 50)}` })));
    value(await desk.do((write) => reassignContact(write, 100, anna)));
    value(await desk.do((write) => closeContact(write, 1)));
    value(await desk.do((write) => undoMerge(write, 1)));
    await desk.submit(await desk.source('Nobody'), { external_id: 'x' });
    const first = value(await desk.submit(bot, { external_id: 'tg-1' }, 'key'));
    const board = desk.engine.board();
    desk.engine.close();

    const again = new Desk({ file });
    const witness = new Witness(again);
    expect(again.engine.board()).toEqual(board);
    expect([again.engine.sourceOfKey(site.api_key), again.engine.sourceOfKey(second.api_key)]).toEqual([site.id, null]);
    expect(value(await again.submit(bot, { external_id: 'tg-1' }, 'key'))).toEqual({ replayed: true, contact: first.contact });
    value(await again.do((write) => closeContact(write, 2)));
    witness.inspect();
    expect(witness.violations).toEqual([]);
    again.engine.close();
  });

  test('after a kill in the middle of a command has everything that was answered, and nothing of the rest', async () => {
    const { file, desk, bot } = await scene();
    await Promise.all(Array.from({ length: 40 }, (_, i) => desk.submit(bot, { external_id: `tg-${i}` })));
    const board = desk.engine.board();
    const left = `${file}.left`;
    const killed = desk.do((write) => {
      const result = submitContact(write, { input: { source_id: bot, external_id: 'half' }, idempotency_key: null, fingerprint: null });
      for (const part of ['', '-wal']) cpSync(`${file}${part}`, `${left}${part}`); // what a killed program leaves behind
      return result;
    });
    value(await killed);
    const again = new Desk({ file: left });
    expect([again.engine.board(), contacts(again), desk.engine.board().revision]).toEqual([board, 40, board.revision + 1]);
    again.engine.close();
  });
});
