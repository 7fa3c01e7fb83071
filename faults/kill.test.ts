import { describe, expect, test } from 'vitest';
import { isFoundOut, MUTANTS, survives } from './kill.ts';

const SEED = 20_261_122;

describe('a host that is killed at random moments', () => {
  test.concurrent('loses, doubles and overloads nothing that it acknowledged', async () => {
    expect(await survives({ seed: SEED, kills: 3, acknowledgements: 200 })).toMatchObject({ isSound: true, words: [] });
  });

  test.concurrent.for(MUTANTS)('would be found out: $entry', async (mutant) => {
    expect(await isFoundOut(mutant, { seed: SEED, kills: 1, acknowledgements: 0 })).toMatchObject({ isSound: true });
  });
});
