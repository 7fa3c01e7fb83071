import { describe, expect, test } from 'vitest';
import { SABOTAGES } from './sabotage.ts';
import { foundOut, playSeeds } from './seeds.ts';
import { simulate } from './simulate.ts';

const STEPS = 200;

describe('a simulated desk', () => {
  test('answers as the model predicts and keeps every rule, however often it crashes and whatever its clock says', async () => {
    const { broken, crashes, merges } = await playSeeds({ first: 1, count: 20, steps: STEPS });
    expect(broken).toEqual([]);
    expect(crashes).toBeGreaterThan(20);
    expect(merges).toBeGreaterThan(35);
  });

  test('does the same for the same seed, and something else for another', async () => {
    const [first, again, other] = [
      await simulate({ seed: 7, steps: STEPS }),
      await simulate({ seed: 7, steps: STEPS }),
      await simulate({ seed: 8, steps: STEPS }),
    ];
    expect(again).toEqual(first);
    expect(other.hash).not.toBe(first.hash);
  });

  test.for(SABOTAGES)('detects an engine that $name', async (sabotage) => {
    expect(await foundOut(sabotage, { first: 1, count: 20, steps: STEPS })).not.toBeNull();
  });
});
