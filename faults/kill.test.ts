import { describe, expect, test } from 'vitest';
import { isFoundOut, MUTANTS, survives } from './kill.ts';

const SEED = 20_261_122;

describe('a host that is killed at random moments', () => {
  test.concurrent('loses and duplicates nothing that it acknowledged, and exceeds no limit', async () => {
    expect(await survives({ seed: SEED, kills: 3, acknowledgements: 200 })).toMatchObject({ isSound: true, words: [] });
  });

  test.concurrent.for(MUTANTS)('detects the broken host $entry', async (mutant) => {
    expect(await isFoundOut(mutant, { seed: SEED, kills: 1, acknowledgements: 0 })).toMatchObject({ isSound: true });
  });
});
