import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { value } from '#engine/testing/desk.ts';
import { KeptDesk } from '#vault/testing/keeper.ts';
import type { Answer, Input, Question } from './questions.ts';
import { NotAnswered, Reader } from './reader.ts';

/** The same thread with test-only questions. */
const TEST_THREAD = join(import.meta.dirname, 'testing', 'test-thread.ts');

function testReader(database: string): {
  ask: (name: string, input: unknown, asking?: object) => Promise<unknown>;
  stream: (name: string, input: unknown, write: (chunk: Uint8Array) => Promise<void>, asking?: object) => Promise<unknown>;
  reader: Reader;
} {
  const reader = new Reader({ entry: TEST_THREAD, database });
  onTestFinished(() => reader.close());
  return {
    reader,
    ask: (name, input, asking) => reader.ask(name as Question, input as Input<Question>, asking) as Promise<Answer<Question>>,
    stream: (name, input, write, asking) => reader.stream(name as Question, input as Input<Question>, write, asking) as Promise<Answer<Question>>,
  };
}

test('sees every commit, from a connection of its own', async () => {
  const desk = await (await KeptDesk.open()).filled(2);
  expect(await desk.reader.ask('revision', null)).toBe(desk.engine.board().revision);
  await desk.add(3);
  expect(await desk.reader.ask('revision', null)).toBe(desk.engine.board().revision);
});

test('follows the database when a backup is restored, and does not prevent the restore', async () => {
  const desk = await (await KeptDesk.open()).filled(2);
  const backup = value(await desk.keeper.backUpNow());
  await desk.add(3);
  const before = desk.engine.board().revision;
  expect(await desk.reader.ask('revision', null)).toBe(before);
  const asked = desk.reader.ask('revision', null).catch((error: unknown) => error);
  const { quarantine } = value(await desk.keeper.restore('console', backup));
  expect(quarantine).toBe(null); // a log held open would have been moved there
  const after = backup.revision + 1; // the restore itself is a revision
  expect(['not answered', before, after]).toContain(await asked.then((answer) => (answer instanceof NotAnswered ? 'not answered' : answer)));
  expect(await desk.reader.ask('revision', null)).toBe(after);
});

test('leaves no log behind when the desk is closed', async () => {
  const desk = await (await KeptDesk.open()).filled(1);
  await desk.reader.ask('revision', null);
  await desk.reader.close();
  desk.engine.close();
  expect(existsSync(`${desk.places.database}-wal`)).toBe(false);
  await expect(desk.reader.ask('revision', null)).rejects.toThrow(NotAnswered);
});

test('answers a short question while a long one is in progress, and reports the progress of that one', async () => {
  const desk = await (await KeptDesk.open()).filled(1);
  const { ask } = testReader(desk.places.database);
  const heard: number[] = [];
  const order: string[] = [];
  const long = ask('count', 30, { onProgress: (progress: number) => heard.push(progress) }).then((sum) => order.push(`long ${String(sum)}`));
  const short = ask('echo', 'short').then((said) => order.push(String(said)));
  await Promise.all([long, short]);
  expect(order).toEqual(['short', 'long 30']);
  expect(heard).toEqual(Array.from({ length: 30 }, (_, i) => (i + 1) / 30));
});

test('a cancelled question stops, and its caller gets the reason', async () => {
  const desk = await (await KeptDesk.open()).filled(1);
  const { ask } = testReader(desk.places.database);
  const abort = new AbortController();
  const endless = ask('count', Number.MAX_SAFE_INTEGER, { signal: abort.signal, onProgress: () => abort.abort(new Error('enough')) });
  await expect(endless).rejects.toThrow('enough');
  expect(await ask('working', null)).toEqual([]);
  await expect(ask('echo', 1, { signal: abort.signal })).rejects.toThrow('enough');
});

test('a slow consumer slows the producer down: never more than a few chunks are in flight', async () => {
  const desk = await (await KeptDesk.open()).filled(1);
  const { ask, stream } = testReader(desk.places.database);
  let taken = 0;
  let furthest = 0;
  const sum = await stream('chunks', 40, async (chunk) => {
    expect(chunk).toEqual(Uint8Array.of(taken));
    taken += 1;
    furthest = Math.max(furthest, Number(await ask('made', null)) - taken);
  });
  expect({ sum, taken }).toEqual({ sum: 40, taken: 40 });
  expect(furthest).toBeLessThanOrEqual(4);
  expect(furthest).toBeGreaterThan(0);
});

test('a consumer that fails ends the question', async () => {
  const desk = await (await KeptDesk.open()).filled(1);
  const { ask, stream } = testReader(desk.places.database);
  await expect(stream('chunks', 1_000_000, () => Promise.reject(new Error('disk full')))).rejects.toThrow('disk full');
  expect(await ask('working', null)).toEqual([]);
});

test('an error of a question reaches its caller, and the thread continues', async () => {
  const desk = await (await KeptDesk.open()).filled(1);
  const { ask } = testReader(desk.places.database);
  await expect(ask('fail', 'at once')).rejects.toThrow('at once');
  await expect(ask('failLater', 'later')).rejects.toThrow('later');
  await expect(ask('nothing', null)).rejects.toThrow('there is no question nothing');
  expect(await ask('echo', 'still here')).toBe('still here');
});

test('a thread that cannot start is reported, and the next question starts another', async () => {
  const desk = await (await KeptDesk.open()).filled(1);
  const { ask } = testReader(`${desk.places.database}.not-there`);
  await expect(ask('echo', 1)).rejects.toThrow();
  await expect(ask('echo', 1)).rejects.toThrow();
});
