import { expect, onTestFinished, test } from 'vitest';
import { closeContact } from '#engine/contacts/contacts.ts';
import { submitContact } from '#engine/contacts/submit-contact.ts';
import { NotNow } from '#engine/core/engine.ts';
import { Desk, value } from '#engine/testing/desk.ts';
import type { Condition } from '#shared/contract/desk.ts';
import { LOOK_EVERY_MS, levelOf, type Space, watchDisk } from './disk-space.ts';

const MIB = 1024 ** 2;
const GIB = 1024 * MIB;

/** A desk on a disk whose free space the test controls. */
async function scene() {
  const desk = new Desk();
  onTestFinished(() => desk.engine.close());
  const source_id = await desk.source('Bot');
  await desk.weights(source_id, { [await desk.operator('Анна')]: 1 });
  const conditions: Condition[] = [];
  desk.engine.watchCondition((condition) => conditions.push(condition));
  let free: number | Error = 500 * GIB;
  let look = () => {};
  const asked: number[] = [];
  const logged: string[] = [];
  const space = (): Promise<Space> => {
    asked.push(desk.now);
    return free instanceof Error ? Promise.reject(free) : Promise.resolve({ free, size: 1000 * GIB });
  };
  const every = (ms: number, call: () => void) => {
    expect(ms).toBe(LOOK_EVERY_MS);
    look = call;
    return () => {};
  };
  watchDisk({ engine: desk.engine, space, every, log: (message) => logged.push(message) });
  /** Sets the free space and lets the watch notice. */
  const has = async (room: number | Error) => {
    free = room;
    desk.now += LOOK_EVERY_MS;
    look();
    await new Promise((resolve) => setImmediate(resolve));
  };
  let n = 0;
  const submit = () => {
    const submission = { input: { external_id: `${n++}`, source_id }, idempotency_key: null, fingerprint: null };
    return desk.engine.takeIn(`source:${source_id}`, (write) => submitContact(write, submission));
  };
  return { desk, conditions, has, submit, asked, logged };
}

test('below 1 GiB consoles are warned, below 200 MiB no contacts are accepted, and both end by themselves', async () => {
  const { desk, conditions, has, submit } = await scene();
  value(await submit());
  await has(GIB);
  expect(conditions).toEqual([]);
  await has(GIB - 1);
  const low = { state: 'serving', space_low_since: desk.now };
  expect(conditions).toEqual([low]);
  value(await submit());
  await has(200 * MIB);
  expect(conditions).toEqual([low]);

  await has(200 * MIB - 1);
  const short = { state: 'refusing', cause: 'disk_full', since: desk.now };
  expect(conditions).toEqual([low, short]);
  await expect(submit()).rejects.toThrow(NotNow);
  value(await desk.do((write) => closeContact(write, 1))); // existing contacts can still be handled
  await has(100 * MIB);
  expect(conditions).toEqual([low, short]);

  await has(2 * GIB);
  expect(conditions).toEqual([low, short, { state: 'serving' }]);
  value(await submit());
  expect(desk.engine.condition()).toEqual({ state: 'serving' });
});

test('a disk whose free space cannot be read keeps its last level, and is logged once', async () => {
  const { conditions, has, submit, logged } = await scene();
  await has(100 * MIB);
  await has(new Error('gone'));
  await has(new Error('gone'));
  expect(conditions).toMatchObject([{ state: 'refusing', cause: 'disk_full' }]);
  await expect(submit()).rejects.toThrow(NotNow);
  expect(logged).toHaveLength(1);
});

test('the disk is queried on schedule and no more often, however many contacts arrive', async () => {
  const { has, submit, asked } = await scene();
  for (let n = 0; n < 50; n++) value(await submit());
  expect(asked).toHaveLength(1);
  await has(GIB);
  expect(asked).toHaveLength(2);
});

test.for([
  ['a large one', 1000 * GIB, 200 * MIB, GIB],
  ['one of a gigabyte', GIB, 0.1 * GIB, 0.2 * GIB],
  ['a very small one', 10 * MIB, MIB, 2 * MIB],
] as const)('the limits fit the disk: %s', ([, size, short, low]) => {
  expect([short - 1, short, low - 1, low].map((free) => levelOf({ free, size }))).toEqual(['short', 'low', 'low', 'enough']);
});
