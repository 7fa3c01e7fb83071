import { fc, test as property } from '@fast-check/vitest';
import { describe, expect, test } from 'vitest';
import { Luck, normalBelow } from './fairness.ts';

type Chances = readonly (readonly [p: number, draws: number])[];

function luckOf(chances: Chances): Luck {
  const sum = (of: (p: number) => number) => chances.reduce((all, [p, draws]) => all + of(p) * draws, 0);
  return new Luck({ expected: sum((p) => p), variance: sum((p) => p * (1 - p)), third: sum((p) => p * (1 - p) * (1 - 2 * p)), draws: sum(() => 1) });
}
const eachOf = (chances: Chances): number[] => chances.flatMap(([p, draws]) => Array<number>(draws).fill(p));
const exactly = (chances: Chances, drawn: number): number => luckOf(chances).twoSided(drawn, eachOf(chances));

/** The same p-value, computed by enumerating all possible outcomes. */
function enumerated(each: readonly number[], drawn: number): number {
  let [atMost, atLeast] = [0, 0];
  for (let outcome = 0; outcome < 2 ** each.length; outcome++) {
    let [probability, count] = [1, 0];
    each.forEach((p, i) => {
      const fell = (outcome >> i) & 1;
      probability *= fell ? p : 1 - p;
      count += fell;
    });
    if (count <= drawn) atMost += probability;
    if (count >= drawn) atLeast += probability;
  }
  return Math.min(1, 2 * Math.min(atMost, atLeast));
}

/** A seeded generator (mulberry32): the same numbers every time. */
function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}

property.prop([fc.array(fc.double({ min: 0.01, max: 0.99, noNaN: true }), { minLength: 1, maxLength: 10 }), fc.nat(10)])(
  'a few draws are tested against all possible outcomes',
  (each, far) => {
    const drawn = Math.min(far, each.length);
    expect(
      exactly(
        each.map((p) => [p, 1]),
        drawn,
      ),
    ).toBeCloseTo(enumerated(each, drawn), 10);
  },
);

test.each([
  {
    chances: [
      [0.3, 400],
      [0.05, 600],
    ] as const,
    drawn: 120,
  },
  {
    chances: [
      [0.3, 400],
      [0.05, 600],
    ] as const,
    drawn: 190,
  },
  { chances: [[0.02, 1500]] as const, drawn: 48 },
  {
    chances: [
      [0.5, 300],
      [0.9, 200],
    ] as const,
    drawn: 360,
  },
])('the approximation for many draws ($chances, $drawn) agrees with the exact value where both can be computed', ({ chances, drawn }) => {
  const exact = exactly(chances, drawn);
  expect(Math.abs(luckOf(chances).twoSided(drawn, null) - exact)).toBeLessThan(0.01 * exact + 0.0005);
});

test('is exact for many draws of a few operators and for a few draws of many, but not where a thousand are tested', () => {
  const luck = luckOf([[0.01, 15_000]]);
  expect([luck.canBeExact(100, 20), luck.canBeExact(200, 20), luck.canBeExact(100, 1000), luck.canBeExact(5, 1000)]).toEqual([true, false, false, true]);
});

test('the normal distribution agrees with published tables', () => {
  for (const [x, p] of [
    [0, 0.5],
    [1, 0.8413447],
    [1.959964, 0.975],
    [-2.575829, 0.005],
    [4, 0.9999683],
  ] as const)
    expect(normalBelow(x)).toBeCloseTo(p, 6);
});

describe('two thousand operators with fair dice', () => {
  const random = seeded(7);
  const tried = Array.from({ length: 2000 }, () => {
    const each = Array.from({ length: 60 }, () => 0.05 + 0.9 * random());
    const draw = (cheat: number) => each.filter((p) => random() < Math.min(1, p * cheat)).length;
    const chances = each.map((p) => [p, 1] as const);
    return { honest: exactly(chances, draw(1)), cheated: exactly(chances, draw(0.6)) };
  });

  test('are reported as unlucky at the stated level, and not more often', () => {
    expect(tried.filter(({ honest }) => honest < 0.01).length).toBeLessThanOrEqual(30); // 20 at the most on average; 5 standard deviations
    expect(tried.filter(({ honest }) => honest < 0.05).length).toBeGreaterThan(20);
  });

  test('are reported with dice that favour others', () => {
    expect(tried.filter(({ cheated }) => cheated < 0.01).length).toBeGreaterThan(1500);
  });
});
