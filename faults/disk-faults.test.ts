import { describe, expect, test } from 'vitest';
import { dyingInCalls, failingCalls, readOnlyAfterThree } from './disk-faults.ts';
import { dyingCommands } from './dying-commands.ts';
import { noStrace } from './harness/strace.ts';

const seed = 20_261_122;
const sound = { isSound: true, words: [] };
const missing = noStrace();

describe(`a call of the system that fails${missing === null ? '' : ` (skipped: ${missing})`}`, () => {
  test.skipIf(missing !== null).for(['fsync:error=EIO', 'pwrite64:error=ENOSPC'])(
    '%s is never answered with success, and the same key finishes it',
    async (fault) => {
      expect(await failingCalls(fault, { seed, last: 4, step: 3 })).toMatchObject(sound);
    },
  );

  test.skipIf(missing !== null)('and ends the host in it leaves all of the contact or nothing', async () => {
    expect(await dyingInCalls({ seed, last: 1 })).toMatchObject(sound);
  });

  test.skipIf(missing !== null)('and ends a command in it leaves the database as before it or as after it, row for row', async () => {
    expect(await dyingCommands({ step: 4, names: ['erase a lead'] })).toMatchObject(sound);
  });

  test.skipIf(missing !== null)('three times in ten minutes makes the host read-only, which consoles are told', async () => {
    expect(await readOnlyAfterThree({ seed })).toMatchObject(sound);
  });
});
