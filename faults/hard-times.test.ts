import { describe, expect, test } from 'vitest';
import { diskFull, foreignLock, noSmallDisk, stopsUnderLoad } from './hard-times.ts';

const seed = 20_261_122;
const sound = { isSound: true, words: [] };
const missing = noSmallDisk();

describe('under load', () => {
  const suffix = missing === null ? '' : ` (skipped: ${missing})`;
  test.skipIf(missing !== null)(`a host with a full disk refuses contacts, and accepts them again when there is space${suffix}`, async () => {
    expect(await diskFull({ seed, refusals: 110 })).toMatchObject(sound);
  });

  test('another program that locks the database makes bots retry, and nothing is lost', async () => {
    expect(await foreignLock({ seed, holdsMs: [1000] })).toMatchObject(sound);
  });

  test('SIGTERM ends it with code 0 and loses nothing', async () => {
    expect(await stopsUnderLoad({ seed, times: 1 })).toMatchObject(sound);
  });
});
