import { describe, expect, test } from 'vitest';
import { diskFull, foreignLock, noSmallDisk, stopsUnderLoad } from './hard-times.ts';

const seed = 20_261_122;
const sound = { isSound: true, words: [] };
const missing = noSmallDisk();

describe('under load', () => {
  const suffix = missing === null ? '' : ` (skipped: ${missing})`;
  test.skipIf(missing !== null)(`a full disk refuses contacts, and takes them in again when there is room${suffix}`, async () => {
    expect(await diskFull({ seed, refusals: 110 })).toMatchObject(sound);
  });

  test('another program that holds the database makes bots come again and loses nothing', async () => {
    expect(await foreignLock({ seed, holdsMs: [1000] })).toMatchObject(sound);
  });

  test('the order to stop ends it with code 0 and loses nothing', async () => {
    expect(await stopsUnderLoad({ seed, times: 1 })).toMatchObject(sound);
  });
});
