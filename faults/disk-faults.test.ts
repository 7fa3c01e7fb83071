import { describe, expect, test } from 'vitest';
import { dyingInCalls, failingCalls, readOnlyAfterThree } from './disk-faults.ts';
import { dyingCommands } from './dying-commands.ts';
import { noStrace } from './harness/strace.ts';

const seed = 20_261_122;
const sound = { isSound: true, words: [] };
const missing = noStrace();

describe(`a failing system call${missing === null ? '' : ` (skipped: ${missing})`}`, () => {
  test.skipIf(missing !== null).for(['fsync:error=EIO', 'pwrite64:error=ENOSPC'])(
    '%s is never reported as success, and a retry with the same key completes the contact',
    async (fault) => {
      expect(await failingCalls(fault, { seed, last: 4, step: 3 })).toMatchObject(sound);
    },
  );

  test.skipIf(missing !== null)('during which the host is killed leaves the whole contact or nothing', async () => {
    expect(await dyingInCalls({ seed, last: 1 })).toMatchObject(sound);
  });

  test.skipIf(missing !== null)('during which a command is killed leaves the database as before or as after it, row for row', async () => {
    expect(await dyingCommands({ step: 4, names: ['erase a lead'] })).toMatchObject(sound);
  });

  test.skipIf(missing !== null)('makes the host read-only when it happens three times in ten minutes, and consoles are told', async () => {
    expect(await readOnlyAfterThree({ seed })).toMatchObject(sound);
  });
});
