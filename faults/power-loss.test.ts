import { describe, expect, test } from 'vitest';
import { noPowerSwitch, powerLoss } from './power-loss.ts';

const missing = noPowerSwitch();

describe(`a power cut${missing === null ? '' : ` (skipped: ${missing})`}`, () => {
  test.skipIf(missing !== null)('loses nothing that was acknowledged, but does if the host does not wait for the disk', async () => {
    expect(await powerLoss({ seed: 20_261_122, rounds: 1, controlRounds: 8, losing: 1 })).toMatchObject({ isSound: true, words: [] });
  });
});
