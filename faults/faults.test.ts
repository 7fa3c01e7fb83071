import { describe, expect, test } from 'vitest';
import { dyingInCalls, failingCalls, readOnlyAfterThree } from './disk-faults.ts';
import { diskFull, foreignLock, noSmallDisk, stopsUnderLoad } from './hard-times.ts';
import { noStrace } from './harness/strace.ts';
import { noPowerSwitch, powerLoss } from './power-loss.ts';

const seed = 20_261_122;
const sound = { isSound: true, words: [] };
const unless = (reason: string | null): string => (reason === null ? '' : ` (skipped: ${reason})`);
const timeout = 120_000;

const power = noPowerSwitch();
describe(`a power cut${unless(power)}`, () => {
  test.skipIf(power !== null)('loses nothing that was acknowledged, but would if the host did not wait for the disk', { timeout }, async () => {
    expect(await powerLoss({ seed, rounds: 1, controlRounds: 2 })).toMatchObject(sound);
  });
});

const strace = noStrace();
describe(`a call of the system that fails${unless(strace)}`, () => {
  test.skipIf(strace !== null).for(['fsync:error=EIO', 'pwrite64:error=ENOSPC'])(
    '%s is never answered with success, and the same key finishes it',
    { timeout },
    async (fault) => {
      expect(await failingCalls(fault, { seed, last: 4, step: 3 })).toMatchObject(sound);
    },
  );

  test.skipIf(strace !== null)('and ends the host in it leaves all of the contact or nothing', { timeout }, async () => {
    expect(await dyingInCalls({ seed, last: 1 })).toMatchObject(sound);
  });

  test.skipIf(strace !== null)('three times in ten minutes makes the host read-only, which consoles are told', { timeout }, async () => {
    expect(await readOnlyAfterThree({ seed })).toMatchObject(sound);
  });
});

const smallDisk = noSmallDisk();
describe('under load', () => {
  test.skipIf(smallDisk !== null)(`a full disk refuses contacts, and takes them in again when there is room${unless(smallDisk)}`, { timeout }, async () => {
    expect(await diskFull({ seed, refusals: 110 })).toMatchObject(sound);
  });

  test('another program that holds the database makes bots come again and loses nothing', { timeout }, async () => {
    expect(await foreignLock({ seed, holdsMs: [1000] })).toMatchObject(sound);
  });

  test('the order to stop ends it within 5 s with code 0 and loses nothing', { timeout }, async () => {
    expect(await stopsUnderLoad({ seed, times: 1 })).toMatchObject(sound);
  });
});
