import { join } from 'node:path';
import Database from 'better-sqlite3';
import { expect, onTestFinished, test } from 'vitest';
import { addSourceKey, createSource } from '#engine/configuration/sources.ts';
import { Desk, value } from '#engine/testing/desk.ts';
import * as queries from '#engine/views/queries.ts';
import { folder } from '#store/testing/folder.ts';

const AT_START = '2026-11-22T09:15:00.000Z';

async function scene() {
  const file = join(folder(), 'desk.db');
  const desk = new Desk({ file });
  onTestFinished(() => desk.engine.close());
  const { id, api_key } = value(await desk.do((write) => createSource(write, { name: 'Bot', settings: {} })));
  const shown = () => value(queries.source(desk.engine.read, id)).keys.map((key) => key.last_used_at);
  const written = () => desk.rows<{ last_used_at: number | null }>('SELECT last_used_at FROM source_keys ORDER BY id').map((row) => row.last_used_at);
  return { desk, file, id, api_key, shown, written };
}

/** Resolves after all commands submitted before. */
const settled = (desk: Desk) => desk.do(() => ({ ok: true, value: null }));

test('the last use of a key is visible at once; the row is updated later, and nothing is journalled', async () => {
  const { desk, id, api_key, shown, written } = await scene();
  value(await desk.do((write) => addSourceKey(write, id)));
  const { revision } = desk.engine.board();
  expect(shown()).toEqual([null, null]);
  expect(desk.engine.sourceOfKey('sw_unknown')).toBe(null);
  expect(desk.engine.sourceOfKey(api_key)).toBe(id);
  expect([shown(), written()]).toEqual([
    [AT_START, null],
    [null, null],
  ]);

  desk.engine.saveKeyUse();
  await settled(desk);
  expect([shown(), written()]).toEqual([
    [AT_START, null],
    [desk.now, null],
  ]);
  desk.now += 5000;
  desk.engine.sourceOfKey(api_key);
  expect([shown(), written()]).toEqual([
    ['2026-11-22T09:15:05.000Z', null],
    [desk.now - 5000, null],
  ]);
  expect(desk.engine.board().revision).toBe(revision);
});

test('a use that could not be written is written the next time, and at the latest at exit', async () => {
  const { desk, file, api_key, shown, written } = await scene();
  const stranger = new Database(file);
  onTestFinished(() => void stranger.close());
  stranger.exec('BEGIN IMMEDIATE');
  desk.engine.sourceOfKey(api_key);
  desk.engine.saveKeyUse();
  await expect(settled(desk)).rejects.toThrow();
  stranger.exec('ROLLBACK');
  expect([shown(), written()]).toEqual([[AT_START], [null]]);

  desk.engine.close();
  expect(stranger.prepare('SELECT last_used_at FROM source_keys').pluck().all()).toEqual([desk.now]);
});
