import { spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { demoKeys } from '#demo/fill.ts';
import { Desk, MIGRATIONS, value } from '#engine/testing/desk.ts';
import { replay, undrawn } from '#shared/distribution/choose.ts';
import { advance, type Change } from '#shared/effects/effects.ts';
import { DAY_MS } from '#shared/time.ts';
import { dataDirAt } from '#shells/data-dir.ts';
import { lockDataDir } from '#shells/instance-lock.ts';
import { openStore, type Store } from '#store/sqlite/open.ts';
import { loadBoard } from '#store/tables/board.ts';
import { type DecisionRow, tableOf } from '#store/tables/decisions.ts';
import { folder } from '#store/testing/folder.ts';
import { type HistoryOptions, writeHistory } from './history.ts';

const UNTIL = Date.UTC(2026, 10, 22, 12);
const options: HistoryOptions = {
  contacts: 3000,
  operators: 15,
  sources: 6,
  seed: 5,
  language: 'ru',
  until: UNTIL,
  days: 40,
  timeZone: 'Europe/Moscow',
  newKey: () => randomBytes(32).toString('base64url'),
};
const file = join(folder(), 'switchyard.db');
let store: Store;

beforeAll(() => {
  store = openStore(file, { migrations: MIGRATIONS });
  writeHistory(store, options);
});
afterAll(() => store.close());

const one = (sql: string) => Object.values(store.reading.get<Record<string, unknown>>(sql) ?? {})[0];

test('has the requested length, operators, sources and number of contacts', () => {
  expect(one('SELECT COUNT(*) FROM contacts')).toBe(3000);
  expect(one('SELECT COUNT(*) FROM operators')).toBe(15);
  expect(one('SELECT COUNT(*) FROM sources')).toBe(6);
  expect(one('SELECT MIN(created_at) FROM contacts')).toBeLessThan(UNTIL - 39 * DAY_MS);
  expect(one('SELECT MAX(created_at) FROM contacts')).toBeGreaterThan(UNTIL - DAY_MS);
  expect(one("SELECT COUNT(*) FROM contacts WHERE status = 'closed'")).toBeGreaterThan(2900);
  expect(one("SELECT COUNT(*) FROM contacts WHERE status = 'assigned'")).toBeGreaterThan(0);
  expect(one('SELECT COUNT(*) FROM merges')).toBeGreaterThan(0);
  expect(one("SELECT COUNT(*) FROM decisions WHERE kind = 'manual'")).toBeGreaterThan(0);
});

test('passes the integrity check of SQLite', () => {
  expect(store.connection.pragma('integrity_check', { simple: true })).toBe('ok');
  expect(store.connection.pragma('foreign_key_check')).toEqual([]);
});

test('every load is the number of contacts assigned, none above its limit', () => {
  const wrong = `SELECT o.id FROM operators o WHERE o.current_load > o.max_load
    OR o.current_load <> (SELECT COUNT(*) FROM contacts c WHERE c.operator_id = o.id AND c.status = 'assigned')`;
  expect(store.reading.all(wrong)).toEqual([]);
});

test('revisions have no gaps and times go forward', () => {
  expect(one('SELECT MIN(revision) FROM journal')).toBe(1);
  expect(one('SELECT MAX(revision) - COUNT(*) FROM journal')).toBe(0);
  expect(one('SELECT COUNT(*) FROM journal a JOIN journal b ON b.revision = a.revision + 1 WHERE b.at < a.at')).toBe(0);
  expect(one(`SELECT COUNT(*) FROM journal WHERE at > ${UNTIL}`)).toBe(0);
});

test('every contact has decisions, the last of which names its holder, and lies within its times', () => {
  const wrong = `SELECT c.id FROM contacts c LEFT JOIN decisions d ON d.id = (SELECT MAX(id) FROM decisions WHERE contact_id = c.id)
    WHERE d.id IS NULL OR d.operator_id IS NOT c.operator_id OR d.at IS NOT coalesce(c.assigned_at, c.created_at)
      OR c.assigned_at < c.created_at OR c.closed_at < c.assigned_at`;
  expect(store.reading.all(wrong)).toEqual([]);
});

test('every draw can be replayed', () => {
  const rows = store.reading.all<DecisionRow>('SELECT d.*, t.members, t.source_id FROM decisions d JOIN rosters t ON t.id = d.roster_id');
  expect(rows.length).toBeGreaterThan(3000);
  const wrong = rows.filter((row) => {
    const table = tableOf(row);
    return undrawn(table).sum !== row.sum || (row.r !== null && replay(table, row, null) !== row.operator_id);
  });
  expect(wrong).toEqual([]);
});

test('leads keep the operator of their latest assignment, and every identifier belongs to a lead that was not merged', () => {
  const wrong = `SELECT l.id FROM leads l WHERE l.merged_into IS NULL AND l.operator_id IS NOT (SELECT d.operator_id FROM decisions d JOIN contacts c ON c.id = d.contact_id
    WHERE c.lead_id = l.id AND d.operator_id IS NOT NULL ORDER BY d.id DESC LIMIT 1)`;
  expect(store.reading.all(wrong)).toEqual([]);
  expect(one('SELECT COUNT(*) FROM lead_identifiers i JOIN leads l ON l.id = i.lead_id WHERE l.merged_into IS NOT NULL')).toBe(0);
});

test('is the same for the same seed, except for the keys', () => {
  const again = openStore(':memory:', { migrations: MIGRATIONS });
  writeHistory(again, options);
  const digest = (db: Store) =>
    ['contacts', 'decisions', 'leads', 'lead_identifiers', 'merges', 'operators', 'competences'].map((table) => db.reading.all(`SELECT * FROM ${table}`));
  expect(digest(again)).toEqual(digest(store));
  again.close();
});

test('the engine opens it, accepts a contact and drains a slot, and its board agrees with the rows', async () => {
  const desk = new Desk({ file });
  desk.now = UNTIL + 1000;
  const before = desk.engine.board();
  const heard: Change[] = [];
  desk.engine.watch((changes) => heard.push(...changes));
  const { contact } = value(await desk.submit(1, { phone: '8 (900) 000-00-01' }));
  expect(contact.status).toBe('assigned');
  expect((await demoKeys(desk.engine)).length).toBe(4);
  expect(advance(before, heard)).toEqual(desk.engine.board());
  expect(loadBoard(desk.engine.read.store.reading)).toEqual(desk.engine.board());
  expect(desk.errors).toEqual([]);
  desk.engine.close();
});

test('the command fills a directory once, and refuses while a host runs in it', () => {
  const where = join(folder(), 'data');
  const run = () =>
    spawnSync(process.execPath, [join(import.meta.dirname, '../seed.ts'), '--data-dir', where, '--contacts', '50', '--days', '3'], { encoding: 'utf8' });
  expect(run()).toMatchObject({ status: 0, stderr: '', stdout: expect.stringContaining('50 contacts') });
  expect(run()).toMatchObject({ status: 1, stderr: expect.stringContaining('already contains a workspace') });
  // oxlint-disable-next-line no-restricted-properties -- the clock it runs by, not a measurement
  const locked = lockDataDir(dataDirAt(where), Date.now);
  if (!locked.ok) throw new Error('the lock was not released');
  expect(run()).toMatchObject({ status: 1, stderr: expect.stringContaining(`in use by process ${process.pid}`) });
  locked.lock.release();
});
